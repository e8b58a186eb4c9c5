import { Label, StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import { memberWords } from '../coupons/grant.ts'
import {
  channelWords,
  kindWords,
  type Logged,
  type Push,
  reasonWords,
  stateOf,
  withheldWords,
} from './model.ts'

const At = ({ at }: { at: string }) => <span className="quiet small nowrap">{when(at, useNow(), true)}</span>

const Fate = ({ push }: { push: Push }) => {
  const { word, tone } = stateOf(push)
  const reason = reasonWords(push.reason)
  return (
    <li>
      <span className="quiet">{channelWords[push.channel]}</span> <StateTag tone={tone}>{word}</StateTag>
      {reason && <small className="quiet">{reason}</small>}
    </li>
  )
}

export const columns: Column<Logged>[] = [
  { key: 'at', title: '什么时候', width: 130, bone: 'short', cell: (row) => <At at={row.at} /> },
  {
    key: 'who',
    title: '谁',
    width: 170,
    bone: 'text',
    cell: (row) => <span className="nowrap">{memberWords(row.member)}</span>,
  },
  {
    key: 'kind',
    title: '哪类',
    width: 110,
    bone: 'short',
    cell: (row) => <Label>{kindWords[row.kind]}</Label>,
  },
  {
    key: 'words',
    title: '说了什么',
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <span>{row.title}</span>
        <small>{row.body}</small>
      </span>
    ),
  },
  {
    key: 'inbox',
    title: '站内',
    width: 90,
    bone: 'short',
    cell: (row) =>
      row.withheld ? (
        <StateTag tone="over">没有</StateTag>
      ) : (
        <StateTag tone={row.read ? 'done' : 'waiting'}>{row.read ? '看过' : '没看'}</StateTag>
      ),
  },
  {
    key: 'pushes',
    title: '发到哪，成没成',
    width: 260,
    bone: 'text',
    cell: (row) =>
      row.withheld ? (
        <small className="quiet">{withheldWords(row.withheld)}</small>
      ) : row.pushes.length === 0 ? (
        <small className="quiet">只进站内</small>
      ) : (
        <ul className="messages-fates">
          {row.pushes.map((push) => (
            <Fate key={push.channel} push={push} />
          ))}
        </ul>
      ),
  },
]
