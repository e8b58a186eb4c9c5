import { Table, type TableProps } from 'antd'
import type { ReactNode } from 'react'
import { useState } from 'react'

import { useKeys } from '../shell/keyboard.ts'
import { ErrorState } from './states.tsx'
import { antColumn, BoneTable, TableFoot, type Column, type PageControl } from './table-parts.tsx'

interface Selection {
  keys: readonly string[]
  change: (keys: string[]) => void
}

interface DataTableProps<Row extends object> {
  label: string
  /** The query behind the list: its rows, or what went wrong. */
  result: { data?: { items: readonly Row[] } | undefined; error: unknown; refetch: () => unknown }
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  rowLabel: (row: Row) => string
  /** What a press on a row does; without it rows are only read. */
  open?: (row: Row) => void
  /** The row whose drawer is open beside the table. */
  current?: string | undefined
  selection?: Selection | undefined
  empty: ReactNode
  page: PageControl
  /** Rows close together. */
  dense?: boolean
  /** Sits at the left of the foot, e.g. the bulk bar. */
  foot?: ReactNode
}

const toggle = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]

// j and k walk the rows, Enter opens, x selects.
const useRowKeys = <Row extends object>(props: DataTableProps<Row>) => {
  const { rowKey, selection, open } = props
  const rows = props.result.data?.items ?? []
  const [at, setAt] = useState(-1)
  const here = rows[at]
  const walk = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, at + step))
    const row = rows[next]
    if (!row) return
    setAt(next)
    document.querySelector(`[data-row-key="${rowKey(row)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys([
    { keys: 'j', label: '下一行', run: () => walk(1) },
    { keys: 'k', label: '上一行', run: () => walk(-1) },
  ])
  useKeys(open ? [{ keys: 'Enter', label: '打开这一行', run: () => here && open(here) }] : [])
  const select = () => here && selection?.change(toggle(selection.keys, rowKey(here)))
  useKeys(selection ? [{ keys: 'x', label: '选中这一行', run: select }] : [])
  return { at, setAt }
}

const rowSelection = <Row extends object>(
  { keys, change }: Selection,
  label: (row: Row) => string,
): NonNullable<TableProps<Row>['rowSelection']> => ({
  columnWidth: 46,
  selectedRowKeys: [...keys],
  onChange: (chosen) => change(chosen.map(String)),
  preserveSelectedRowKeys: true,
  getCheckboxProps: (row) => ({ 'aria-label': `选中 ${label(row)}` }),
})

/** A desk's list: server paging, keys to walk it, bones while loading, and its error and empty states in place. */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { columns, rowKey, rowLabel, selection, current, page, result } = props
  const { at, setAt } = useRowKeys(props)
  const rows = result.data?.items
  if (!rows && result.error)
    return (
      <ErrorState title={`${props.label}没取回来`} error={result.error} retry={() => void result.refetch()} />
    )
  if (!rows) return <BoneTable columns={columns} selectable={!!selection} />
  if (rows.length === 0) return <div className="table-empty">{props.empty}</div>
  return (
    <div
      className={`data-table ${props.open ? '' : 'data-table-read'} ${props.dense ? 'data-table-dense' : ''}`}
    >
      <Table<Row>
        aria-label={props.label}
        columns={columns.map((column) =>
          antColumn(column as Column<never>, (_, row: Row) => column.cell(row)),
        )}
        dataSource={[...rows]}
        rowKey={rowKey}
        pagination={false}
        size="middle"
        rowClassName={(row, index) =>
          `${index === at ? 'row-at' : ''} ${current === rowKey(row) ? 'row-current' : ''}`.trim()
        }
        onRow={(row, index) => ({
          'aria-label': rowLabel(row),
          onClick: (event) => {
            setAt(index ?? -1)
            // Controls inside a row do their own thing; the rest of the row opens it.
            if (!(event.target as Element).closest('a,button,input,label')) props.open?.(row)
          },
        })}
        {...(selection ? { rowSelection: rowSelection(selection, rowLabel) } : {})}
      />
      <TableFoot page={page}>{props.foot}</TableFoot>
    </div>
  )
}
