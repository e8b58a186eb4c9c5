import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { type Figure, Sentences, TermsHistory, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { Checks } from './checks.tsx'
import { useTerms } from './data.ts'
import { rateWords, switched, type Terms as Row, termsSentences } from './model.ts'
import { CommissionTermsPanel, useSetTerms } from './terms-panel.tsx'

const figures: Figure<Row>[] = [
  {
    title: '等级',
    cell: (row) => row.levels.map(({ name, rateBp }) => `${name} ${rateWords(rateBp)}`).join('、'),
  },
  { title: '几级', num: true, cell: (row) => row.depth },
  { title: '绑定', num: true, cell: (row) => `${row.bindDays} 天` },
  { title: '售后期', num: true, cell: (row) => `${row.holdDays} 天` },
  { title: '起提', num: true, cell: (row) => formatFen(row.leastFen) },
  { title: '个税', cell: (row) => (row.tax === 'labour' ? '劳务报酬' : '不代扣') },
]

/** What promoting is worth: the version that holds, every one before, and the next. */
export const Terms = () => {
  const mayWrite = useMay('commissions.write')
  const [editing, setEditing] = useState(false)
  const notice = useNotice()
  const set = useSetTerms((row) => notice.success(row.active ? '推广打开了' : '关掉了，赚到的照常提现'))
  const answer = useTerms()
  if (answer.isPending) return <Bones lines={6} />
  if (answer.isError)
    return <ErrorState title="规则没取回来" error={answer.error} retry={() => void answer.refetch()} />
  const { items, nowId } = answer.data
  const terms = items.find(({ id }) => id === nowId)
  if (editing) return <CommissionTermsPanel terms={terms} close={() => setEditing(false)} />
  return (
    <>
      <div className="commission-deeds">
        {mayWrite && terms && (
          <TermsSwitch
            what="推广"
            active={terms.active}
            turningOff="不再收申请、不再绑定，以后的订单不提成；赚到的照常提现。"
            turningOn="按上一次的规则，从现在起的订单又提成。"
            busy={set.isPending}
            error={set.error}
            flip={() => set.mutate(switched(terms))}
          />
        )}
        {mayWrite && (
          <Button type="primary" icon={<Pencil size={15} />} onClick={() => setEditing(true)}>
            {terms ? '换一版规则' : '定第一版规则'}
          </Button>
        )}
      </div>
      {terms ? (
        <TermsNow title="现在怎么算" terms={terms}>
          <Sentences terms={terms}>{termsSentences(terms)}</Sentences>
        </TermsNow>
      ) : (
        <Card>
          <EmptyState title="还没有推广规则" text="定了规则，从那一刻起顾客才能申请，订单才有佣金。" />
        </Card>
      )}
      {items.length > 0 && (
        <TermsHistory rows={items} nowId={nowId} figures={figures} off="关掉：不收申请，不提成" />
      )}
      <Checks />
    </>
  )
}
