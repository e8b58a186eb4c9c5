import type { ReactNode } from 'react'
import { Box, Picture, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import type { HandoverSheet } from '../../models/wire'
import { mediaUrl } from '../../services/api'
import './sheet.scss'

/** It is done: said large and green, so that nobody does it twice. */
export function SheetDone({ title, note }: { title: string; note: string }) {
  return (
    <Box className="staff-sheet-done" role="status">
      <Icon name="check" size={28} />
      <Box>
        <Box className="staff-sheet-done-title">{title}</Box>
        <Words>{note}</Words>
      </Box>
    </Box>
  )
}

type Line = Pick<HandoverSheet['lines'][number], 'name' | 'unit' | 'quantity' | 'picture'>

/** One kind of goods on the counter: what it looks like and how many there are. */
export function SheetLine({ line, children }: { line: Line; children?: ReactNode }) {
  return (
    <Box className="staff-sheet-line">
      <Box className="staff-sheet-picture">
        {line.picture ? (
          <Picture src={mediaUrl(line.picture.s)} alt="" />
        ) : (
          <Words>{line.name.slice(0, 1)}</Words>
        )}
      </Box>
      <Box className="staff-sheet-words">
        <Box>{line.name}</Box>
        {children}
      </Box>
      <Words className="staff-sheet-count">
        {line.quantity} {line.unit}
      </Words>
    </Box>
  )
}
