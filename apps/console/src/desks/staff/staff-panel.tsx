import { X } from 'lucide-react'
import type { ReactNode } from 'react'

import { useKeys } from '../../shell/keyboard.ts'

interface StaffPanelProps {
  title: string
  note: ReactNode
  close: () => void
  children: ReactNode
}

/** One account beside the list: it pushes the list aside and covers nothing. */
export const StaffPanel = ({ title, note, close, children }: StaffPanelProps) => {
  useKeys([{ keys: 'Escape', label: '关掉这个账号', run: close }])
  return (
    <aside className="staff-panel card" aria-label={title}>
      <header>
        <h2 className="clip">{title}</h2>
        <span className="quiet small">{note}</span>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={18} />
        </button>
      </header>
      {children}
    </aside>
  )
}
