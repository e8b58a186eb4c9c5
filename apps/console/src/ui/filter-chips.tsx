import { Link2, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { LookTools, SavedViews, type ListTools } from './list-tools.tsx'
import { useNotice } from './notice.ts'

export interface Chip {
  key: string
  label: string
  value: string
}

/** A filter in force. The whole chip removes it. */
export const FilterChip = ({ chip, onRemove }: { chip: Chip; onRemove: (key: string) => void }) => (
  <button
    type="button"
    className="chip chip-on"
    onClick={() => onRemove(chip.key)}
    aria-label={`去掉条件：${chip.label} ${chip.value}`}
  >
    {chip.label}
    <b>{chip.value}</b>
    <X size={13} aria-hidden="true" />
  </button>
)

interface FilterRowProps<Row> {
  chips: readonly Chip[]
  onRemove: (key: string) => void
  onClear: () => void
  /** Of a list without tabs: saved views first, columns and density at the right. */
  tools?: ListTools<Row> | undefined
  /** Pickers that add a filter. */
  children?: ReactNode
}

/** Filters in force, pickers for more, and the address that says the same, ready to be sent to a colleague. */
export const FilterRow = <Row,>({ chips, onRemove, onClear, tools, children }: FilterRowProps<Row>) => {
  const notice = useNotice()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      notice.success('链接已复制，别人打开看到的是同样的条件')
    } catch {
      notice.warn('浏览器不让复制，请从地址栏拷')
    }
  }
  return (
    <div className="filter-row">
      {chips.map((chip) => (
        <FilterChip key={chip.key} chip={chip} onRemove={onRemove} />
      ))}
      {children}
      {chips.length > 0 && (
        <button type="button" className="bare quiet small" onClick={onClear}>
          全清
        </button>
      )}
      {tools && <SavedViews tools={tools} />}
      <button type="button" className="bare small filter-copy" onClick={() => void copy()}>
        <Link2 size={14} aria-hidden="true" />
        复制链接
      </button>
      {tools && <LookTools tools={tools} />}
    </div>
  )
}
