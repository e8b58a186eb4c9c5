import type { ReactNode } from 'react'

/** What a state means for the reader; each has its own shape, so it can be told in grey print. */
export type Tone = 'done' | 'doing' | 'waiting' | 'alarm' | 'sale' | 'over'

/** A state as colour, shape and word. */
export const StateTag = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`tag tag-${tone}`}>
    <i className={`shape shape-${tone}`} aria-hidden="true" />
    {children}
  </span>
)

/** A fact that is not a state: no shape, only a soft ground. */
export const Label = ({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'slate' | 'amber' | 'leaf'
  children: ReactNode
}) => <span className={`tag tag-label-${tone}`}>{children}</span>
