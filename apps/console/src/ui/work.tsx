import { Button } from 'antd'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

import { useNow } from './now.ts'
import { Refusal } from './states.tsx'
import { when } from './time.ts'
import { givenName, whoWords } from './who.ts'
import './work.css'

interface WorkPanelProps {
  title: string
  note?: ReactNode
  label: string
  close?: () => void
  children: ReactNode
}

/** The panel beside a list of things that wait for somebody: one of them, whole. */
export const WorkPanel = ({ title, note, label, close, children }: WorkPanelProps) => (
  <aside className="work-panel card" aria-label={label}>
    <header>
      <h2>{title}</h2>
      {note && <span className="quiet small">{note}</span>}
      {close && (
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={16} />
        </button>
      )}
    </header>
    {children}
  </aside>
)

interface OwnerProps {
  owner: { name: string; mine: boolean } | null
  assign: { mutate: (body: { mine: boolean }) => void; isPending: boolean; error: unknown }
}

/** Whose it is, and the button that changes that. */
export const WorkOwner = ({ owner, assign }: OwnerProps) => (
  <div className="owner">
    <span>{owner ? (owner.mine ? '归我在办' : `${givenName(owner.name)} 在办`) : '还没人认领'}</span>
    <Button size="small" loading={assign.isPending} onClick={() => assign.mutate({ mine: !owner?.mine })}>
      {owner?.mine ? '放回去' : owner ? `从${givenName(owner.name)}接过来` : '归我'}
    </Button>
    <Refusal error={assign.error} />
  </div>
)

interface WorkEvent {
  verb: string
  by: string
  byName: string | null
  at: string
  note: string | null
}

/** Who did what, the last first. */
export const WorkHistory = <E extends WorkEvent>({
  events,
  words,
}: {
  events: readonly E[]
  words: (event: E) => string
}) => {
  const now = useNow()
  if (events.length === 0) return null
  return (
    <ol className="work-history" aria-label="经过">
      {events.toReversed().map((event, index) => (
        <li key={`${event.at}-${index}`}>
          <time>{when(event.at, now)}</time> {event.byName ? givenName(event.byName) : whoWords(event.by)}{' '}
          {words(event)}
        </li>
      ))}
    </ol>
  )
}
