import type { ReactNode } from 'react'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'
import type { IconName } from './icon-names'

interface PanelProps {
  title?: string
  note?: ReactNode
  className?: string
  children: ReactNode
}

/** A card with a heading. */
export function Panel({ title, note, className = '', children }: PanelProps) {
  return (
    <Box as="section" className={`ll-panel ${className}`}>
      {title !== undefined && (
        <Box className="ll-panel-head">
          <Box as="h2" className="ll-panel-title">
            {title}
          </Box>
          {note !== undefined && <Box className="ll-panel-note">{note}</Box>}
        </Box>
      )}
      {children}
    </Box>
  )
}

interface CellProps {
  icon?: IconName
  title: string
  note?: string
  value?: ReactNode
  onPress?: () => void
}

/** One line of a list: what it is, what it says, and › when it leads somewhere. */
export function Cell({ icon, title, note, value, onPress }: CellProps) {
  const content = (
    <>
      {icon && <Icon name={icon} size={22} className="ll-cell-icon" />}
      <Box className="ll-cell-words">
        <Words className="ll-cell-title">{title}</Words>
        {note && <Words className="ll-cell-note">{note}</Words>}
      </Box>
      {value !== undefined && <Box className="ll-cell-value">{value}</Box>}
      {onPress && <Icon name="right" size={18} className="ll-quiet" />}
    </>
  )
  if (!onPress) return <Box className="ll-cell">{content}</Box>
  return (
    <Press className="ll-cell" onPress={onPress}>
      {content}
    </Press>
  )
}

/** A labelled sum line. */
export function SumLine({
  name,
  value,
  strong = false,
}: {
  name: string
  value: ReactNode
  strong?: boolean
}) {
  return (
    <Box className={`ll-sum ${strong ? 'll-strong' : ''}`}>
      <Words className="ll-sum-name">{name}</Words>
      <Box className="ll-sum-value">{value}</Box>
    </Box>
  )
}

interface LabelledProps {
  label: string
  fault?: string | null | undefined
  children: ReactNode
}

/** A form field with its label above and its fault below. */
export function Labelled({ label, fault, children }: LabelledProps) {
  return (
    <Box className="ll-labelled">
      <Box className="ll-labelled-name" hidden>
        {label}
      </Box>
      <Box className={`ll-labelled-box ${fault ? 'll-labelled-bad' : ''}`}>{children}</Box>
      {fault && (
        <Box className="ll-labelled-fault" role="alert">
          <Icon name="info" size={14} />
          <Words>{fault}</Words>
        </Box>
      )}
    </Box>
  )
}
