import { X, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface SidePanelProps {
  title: string
  icon: LucideIcon
  close: () => void
  /** How far it is. */
  note?: string
  children: ReactNode
}

/** A panel at the right where something is shown before it is done. Beside the page, never over it. */
export const SidePanel = ({ title, icon: Icon, close, note = '还没提交', children }: SidePanelProps) => (
  <aside className="side-panel card" aria-label={title}>
    <header>
      <Icon size={16} aria-hidden="true" />
      <h2>{title}</h2>
      <span className="quiet small">{note}</span>
      <button type="button" className="bare" onClick={close} aria-label="关掉">
        <X size={16} />
      </button>
    </header>
    {children}
  </aside>
)
