import { formatFenBare } from '../../ui/fen.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { dayBeside, when } from '../../ui/time.ts'
import { givenName } from '../../ui/who.ts'
import {
  dayWords,
  deltaOf,
  kindWords,
  reasonOf,
  signedFen,
  sourceWords,
  stateOf,
  type Difference,
} from './model.ts'

const Two = ({ first, second }: { first: React.ReactNode; second: React.ReactNode }) => (
  <span className="two">
    <b>{first}</b>
    <small>{second}</small>
  </span>
)

const side = (key: 'oursFen' | 'theirsFen', title: string, width: number): Column<Difference> => ({
  key,
  title,
  width,
  align: 'right',
  bone: 'short',
  cell: (difference) => {
    const fen = difference[key]
    return fen === null ? <span className="quiet">没有</span> : formatFenBare(fen)
  },
})

const Reason = ({ difference }: { difference: Difference }) => {
  const [why, how] = reasonOf(difference)
  return (
    <span className="reason">
      {why}
      <small>→ {how}</small>
    </span>
  )
}

const Who = ({ difference: { owner, state } }: { difference: Difference }) => {
  const system = !owner && (state === 'CLOSED' || state === 'WAITING')
  if (!owner && !system) return <span className="quiet">没人认领</span>
  const name = owner ? givenName(owner.name) : '系统'
  return (
    <span className="who">
      <i className={system ? 'who-system' : ''} aria-hidden="true">
        {system ? '自' : name.slice(0, 1)}
      </i>
      {owner?.mine ? '我' : name}
    </span>
  )
}

const StateCell = ({ difference, now }: { difference: Difference; now: number }) => {
  const { word, tone } = stateOf(difference)
  const { endedAt, state, day, foundAt } = difference
  const words =
    state === 'WAITING'
      ? `等 ${dayWords(dayBeside(day, 1)).date} 账单`
      : `${when(endedAt ?? foundAt, now)}${endedAt ? '' : ' 起'}`
  return (
    <span className="two">
      <StateTag tone={tone}>{word}</StateTag>
      <small>{words}</small>
    </span>
  )
}

/** The list's columns: what differs, where, by how much, why, and who is at it. */
export const differenceColumns = (now: number, wide: boolean): Column<Difference>[] => [
  {
    key: 'kind',
    title: '差异',
    width: 124,
    bone: 'text',
    cell: (difference) => <Two first={kindWords[difference.kind]} second={difference.no} />,
  },
  {
    key: 'source',
    title: '来源 · 单据',
    width: wide ? 148 : 134,
    bone: 'text',
    cell: ({ source, orderNo, ourNo, day }) => (
      <Two
        first={sourceWords[source]}
        second={orderNo ? <OrderNo no={orderNo} /> : source === 'funds' ? `${day} 全天` : (ourNo ?? '—')}
      />
    ),
  },
  side('oursFen', '我方', wide ? 72 : 66),
  side('theirsFen', '对方', wide ? 72 : 66),
  {
    key: 'delta',
    title: '差额',
    width: wide ? 76 : 72,
    align: 'right',
    bone: 'short',
    cell: (difference) => <b className="delta">{signedFen(deltaOf(difference))}</b>,
  },
  {
    key: 'reason',
    title: '原因 → 处理',
    bone: 'text',
    cell: (difference) => <Reason difference={difference} />,
  },
  ...(wide
    ? [
        {
          key: 'who',
          title: '谁在办',
          width: 82,
          bone: 'short' as const,
          cell: (difference: Difference) => <Who difference={difference} />,
        },
      ]
    : []),
  {
    key: 'state',
    title: '状态',
    width: wide ? 102 : 98,
    bone: 'short',
    cell: (difference) => <StateCell difference={difference} now={now} />,
  },
]
