import { useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'

import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import { AppealPanel, DecidePanel } from './decide-panel.tsx'
import { FailedPanel } from './failed-panel.tsx'
import { InspectPanel } from './inspect-panel.tsx'
import { type Aftersale, type AftersaleRow, dueWords, nextWords, stateOf } from './model.ts'
import { useAftersale } from './page-data.ts'
import { Panel, Sums } from './panel-parts.tsx'
import { AskCard, GoodsCard, StepsCard } from './parts.tsx'
import '../orders/orders.css'
import './aftersales.css'

// The neighbours come from the list the person was just looking at, if it is still in the cache.
const useNeighbours = (id: string) => {
  const lists = useQueryClient().getQueriesData<{ items: AftersaleRow[] }>({ queryKey: ['aftersales'] })
  const items = lists.map(([, list]) => list?.items).find((rows) => rows?.some((row) => row.id === id))
  const at = items?.findIndex((row) => row.id === id) ?? -1
  return { before: items?.[at - 1]?.id, after: items?.[at + 1]?.id, at, of: items?.length ?? 0 }
}

const Head = ({ asked }: { asked: Aftersale }) => {
  const { path, go } = useScope()
  const now = useNow()
  const { before, after, at, of } = useNeighbours(asked.id)
  const walk = (to: string | undefined) => to && go(`/aftersales/${to}`)
  useKeys([
    { keys: 'j', label: '下一件', run: () => walk(after) },
    { keys: 'k', label: '上一件', run: () => walk(before) },
    { keys: 'Escape', label: '回售后列表', run: () => go('/aftersales') },
    { keys: 'o', label: '看订单', run: () => go(`/orders/${asked.orderId}`) },
  ])
  const state = stateOf(asked)
  const due = dueWords(asked, now)
  const [first] = asked.lines
  return (
    <PageHead
      title={`${first?.name ?? '售后'}${asked.lines.length > 1 ? ` 等 ${asked.lines.length} 样` : ''}`}
      back={{ to: path('/aftersales'), label: '回售后列表' }}
      tags={
        <>
          <StateTag tone={state.tone}>{state.word}</StateTag>
          <Label>{asked.storeName}</Label>
          {due && <Label tone={due.late ? 'amber' : 'plain'}>{due.words}</Label>}
        </>
      }
    >
      {of > 1 && (
        <span className="quiet small order-walk">
          第 {at + 1} / {of} 件 <kbd>K</kbd> <kbd>J</kbd>
        </span>
      )}
    </PageHead>
  )
}

/** No money goes back: a sum would be misread. */
const endedWithout: readonly Aftersale['state'][] = ['REJECTED', 'INSPECT_REJECTED', 'CANCELLED']

/** What can be done now, by whoever looks; or what is waited for. */
const Side = ({ asked }: { asked: Aftersale }) => {
  if (asked.deeds.includes('approve')) return <DecidePanel asked={asked} />
  if (asked.deeds.includes('inspect')) return <InspectPanel asked={asked} />
  if (asked.deeds.includes('judge_appeal')) return <AppealPanel asked={asked} />
  if (asked.deeds.includes('own')) return <FailedPanel asked={asked} />
  return (
    <Panel title="现在" note={stateOf(asked).word}>
      {!endedWithout.includes(asked.state) && asked.kind !== 'exchange' && <Sums asked={asked} />}
      <div className="side-words">
        <p>{nextWords(asked)}</p>
        {asked.words && (
          <>
            <h3>对顾客说过</h3>
            <p>{asked.words}</p>
          </>
        )}
      </div>
    </Panel>
  )
}

/** 售后 · one request: what the shopper says beside what we sold, and the answer at the right. */
export default function AftersalePage() {
  const { aftersaleId = '' } = useParams()
  const { path } = useScope()
  const { data, ...asked } = useAftersale(aftersaleId)
  if (!data)
    return (
      <>
        <PageHead title="售后" back={{ to: path('/aftersales'), label: '回售后列表' }} />
        <Card>
          {asked.isPending ? (
            <Bones lines={9} />
          ) : (
            <ErrorState title="这件售后没取回来" error={asked.error} retry={() => void asked.refetch()} />
          )}
        </Card>
      </>
    )
  return (
    <>
      <Head asked={data} />
      <div className="order">
        <div className="order-main">
          <AskCard asked={data} />
          <GoodsCard asked={data} />
          <StepsCard asked={data} />
        </div>
        {/* A panel begins anew with each state: words written for one answer are not sent with another. */}
        <Side key={`${data.id} ${data.state}`} asked={data} />
      </div>
    </>
  )
}
