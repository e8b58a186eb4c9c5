import { Panel } from './cells'
import { Box, Words } from './elements'
import { Icon } from './icon'

export interface Step {
  name: string
  state: 'done' | 'now' | 'later'
  /** When it happened; a row of steps either has times or has none. */
  at?: string | null
}

/** How far something has come, from left to right. */
export function Steps({ steps, times = false }: { steps: readonly Step[]; times?: boolean }) {
  if (steps.length === 0) return null
  return (
    <Panel>
      <Box as="ul" className="ll-steps">
        {steps.map(({ name, state, at }) => (
          <Box as="li" key={name} className={`ll-step ll-step-${state}`}>
            <Box className="ll-step-disc" hidden>
              {state === 'done' && <Icon name="check" size={14} />}
            </Box>
            <Words className="ll-step-name">{name}</Words>
            {times && <Words className="ll-step-at">{at ?? '\u00a0'}</Words>}
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
