import type { ReactNode } from 'react'
import { Box, Press } from './elements'
import { useDialogKeys } from './dialog-keys'
import { Icon } from './icon'

interface SheetProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A half screen that rises from the bottom. The dark behind it closes it too. */
export function Sheet({ title, onClose, children }: SheetProps) {
  useDialogKeys(onClose)
  return (
    <Box className="ll-sheet-layer">
      <Press className="ll-sheet-shade" label="关闭" onPress={onClose} />
      <Box className="ll-sheet" role="dialog" label={title}>
        <Box className="ll-sheet-head">
          <Box as="h2" className="ll-sheet-title">
            {title}
          </Box>
          <Press className="ll-sheet-close" label="关闭" onPress={onClose}>
            <Icon name="x" size={22} />
          </Press>
        </Box>
        <Box className="ll-sheet-body">{children}</Box>
      </Box>
    </Box>
  )
}
