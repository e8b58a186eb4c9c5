import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { InputNumber } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import { Scan } from '../stock/scan.tsx'
import type { CouponInput, RuleInput, Trial } from './model.ts'
import '../stock/documents.css'

interface Wanted {
  skuId: string
  name: string
  quantity: number
}

const Basket = ({
  lines,
  priced,
  change,
}: {
  lines: readonly Wanted[]
  priced: Trial | undefined
  change: (lines: Wanted[]) => void
}) => (
  <table className="plain-table">
    <thead>
      <tr>
        <th>商品</th>
        <th className="num">件数</th>
        <th className="num">减</th>
        <th className="num">实付</th>
        <th aria-label="改" />
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => {
        const sum = priced?.lines.find(({ skuId }) => skuId === line.skuId)
        const off = sum ? sum.amountFen - sum.payFen : 0
        return (
          <tr key={line.skuId}>
            <td className="clip">{line.name}</td>
            <td className="num">
              <InputNumber
                size="small"
                min={1}
                max={999}
                precision={0}
                value={line.quantity}
                aria-label={`${line.name} 件数`}
                onChange={(quantity) =>
                  change(lines.map((each) => (each === line ? { ...line, quantity: quantity ?? 1 } : each)))
                }
              />
            </td>
            <td className="num up">{off > 0 ? formatFen(-off) : '—'}</td>
            <td className="num strong">{sum ? formatFen(sum.payFen) : '…'}</td>
            <td className="num">
              <button
                type="button"
                className="bare"
                aria-label={`去掉 ${line.name}`}
                onClick={() => change(lines.filter((each) => each !== line))}
              >
                <Trash2 size={15} />
              </button>
            </td>
          </tr>
        )
      })}
    </tbody>
  </table>
)

/** What each rule did, or why it did nothing, in the sentence that the shopper reads. */
const Reasons = ({ trial }: { trial: Trial }) => (
  <ul className="trial-reasons">
    {trial.explanation.map((each) => (
      <li key={each.rule} className={each.why === 'applied' ? 'trial-acted' : ''}>
        <b className="clip">{each.label}</b>
        <span>{each.words}</span>
        <span className="num">{each.offFen > 0 ? formatFen(-each.offFen) : '—'}</span>
      </li>
    ))}
    {trial.explanation.length === 0 && <li className="quiet">这家店现在没有促销。</li>}
  </ul>
)

/** 试算: a basket of this store priced as the shop would price it, with the rule or the coupon being written as if it were live. */
export const TrialCard = ({
  rule = null,
  coupon = null,
  beside = false,
}: {
  rule?: RuleInput | null
  coupon?: CouponInput | null
  /** Beside a form, whose fields come first. */
  beside?: boolean
}) => {
  const { stores = [], storeId: chosen } = useScope()
  const storeId = chosen ?? stores[0]?.id
  const [lines, setLines] = useState<readonly Wanted[]>([])
  const body = {
    storeId: storeId ?? '',
    lines: lines.map(({ skuId, quantity }) => ({ skuId, quantity })),
    rule,
    coupon,
  }
  const trial = useQuery({
    queryKey: ['price-trial', body],
    queryFn: () => api('POST /console/v1/price-trials', { body }),
    enabled: storeId !== undefined && lines.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const name = stores.find(({ id }) => id === storeId)?.name
  return (
    <Card
      title="试算一篮"
      note={
        name &&
        `${storeId} ${name} 的价和库存；${rule ? '这条规则当作已经生效' : coupon ? '当作顾客手里有这张券' : '现在的规则'}`
      }
    >
      {storeId && (
        <div className="trial-scan">
          <Scan
            storeId={storeId}
            placeholder="扫条码，或输名称回车"
            aside={beside}
            found={(level, quantity) =>
              setLines((now) =>
                now.some(({ skuId }) => skuId === level.skuId)
                  ? now.map((each) =>
                      each.skuId === level.skuId ? { ...each, quantity: each.quantity + quantity } : each,
                    )
                  : [...now, { skuId: level.skuId, name: level.name, quantity }],
              )
            }
          />
        </div>
      )}
      {lines.length === 0 ? (
        <EmptyState title="放几样商品进来" text="每放一样就算一遍：减了多少，没减是为什么。" />
      ) : (
        <>
          <Basket lines={lines} priced={trial.data} change={setLines} />
          <Refusal error={trial.error} />
          {trial.data && (
            <>
              <Reasons trial={trial.data} />
              <dl className="sums trial-sums">
                <div>
                  <dt>商品</dt>
                  <dd>{formatFen(trial.data.goodsFen)}</dd>
                </div>
                <div>
                  <dt>优惠</dt>
                  <dd className="up">{formatFen(-trial.data.discountFen)}</dd>
                </div>
                <div>
                  <dt>顾客付</dt>
                  <dd>
                    <Money fen={trial.data.totalFen} size="hero" />
                  </dd>
                </div>
              </dl>
            </>
          )}
        </>
      )}
    </Card>
  )
}
