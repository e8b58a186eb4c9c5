import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { hourMinute, longDay } from '../../ui/time.ts'
import type { OrderDetail } from './model.ts'

const names = { advance: '预付款', earnest: '定金' } as const
const moment = (at: string): string => `${longDay(at)} ${hourMinute(at)}`

/** What was agreed about goods that are yet to come; nothing for other orders. */
export const PresaleCard = ({ order: { presale } }: { order: OrderDetail }) => {
  if (!presale) return null
  const facts: [name: string, value: string][] = []
  if (presale.called !== null && presale.balanceFrom && presale.balanceUntil) {
    facts.push([names[presale.called], formatFen(presale.depositFen ?? 0)])
    facts.push(['尾款', formatFen(presale.balanceFen ?? 0)])
    facts.push(['付尾款', `${moment(presale.balanceFrom)} 到 ${moment(presale.balanceUntil)}`])
  }
  facts.push(['自己取消', `${moment(presale.cutoff)} 前全退`])
  if (presale.arrivedAt) facts.push(['到货', moment(presale.arrivedAt)])
  else facts.push(['最晚到货', moment(presale.promisedBy)])
  if (presale.owedFen > 0)
    facts.push([
      '定金另赔',
      `${formatFen(presale.owedFen)}，${presale.owedPaidAt ? '已付给顾客' : '还没付给顾客'}`,
    ])
  return (
    <Card title="预售">
      <dl className="sums presale-sums">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
