import { Pagination, Table } from 'antd'
import type { TableProps } from 'antd'
import type { ReactNode } from 'react'
import { useState } from 'react'

import { useKeys } from '../shell/keyboard.ts'
import { Bone } from './states.tsx'

export interface Column<Row> {
  key: string
  title: ReactNode
  width?: number | string
  align?: 'left' | 'right' | 'center'
  cell: (row: Row) => ReactNode
  /** What the bones of this column look like while the first page is on its way. */
  bone?: 'thumb' | 'text' | 'short'
}

interface Selection {
  keys: readonly string[]
  change: (keys: string[]) => void
}

interface DataTableProps<Row extends object> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  rowLabel: (row: Row) => string
  open: (row: Row) => void
  /** The row whose drawer is open beside the table. */
  current?: string | undefined
  selection?: Selection | undefined
  empty: ReactNode
  page: { at: number; size: number; total: number; change: (page: number) => void }
  /** Replaces the count at the left of the foot, e.g. by the bulk bar. */
  foot?: ReactNode
}

const boneOf = (shape: Column<object>['bone']) => {
  if (shape === 'thumb')
    return (
      <span className="product-cell">
        <Bone width={40} height={40} />
        <span>
          <Bone width={132} />
          <Bone width={84} height={9} />
        </span>
      </span>
    )
  return <Bone width={shape === 'short' ? 44 : 88} />
}

/** A desk's list: server paging, `j` and `k` to walk, Enter to open, `x` to select, bones while loading. */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { columns, rows, rowKey, page, selection } = props
  const [at, setAt] = useState(-1)
  const walk = (step: number) => {
    if (!rows?.length) return
    const next = Math.min(rows.length - 1, Math.max(0, at + step))
    setAt(next)
    document.querySelector(`[data-row-key="${rowKey(rows[next]!)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const here = rows?.[at]
  useKeys([
    { keys: 'j', label: '下一行', run: () => walk(1) },
    { keys: 'k', label: '上一行', run: () => walk(-1) },
    { keys: 'Enter', label: '打开这一行', run: () => here && props.open(here) },
    ...(selection
      ? [
          {
            keys: 'x',
            label: '选中这一行',
            run: () => here && selection.change(toggle(selection.keys, rowKey(here))),
          },
        ]
      : []),
  ])

  if (!rows) return <BoneTable columns={columns as readonly Column<object>[]} selectable={!!selection} />
  if (rows.length === 0) return <div className="table-empty">{props.empty}</div>

  const table: TableProps<Row> = {
    columns: columns.map((column) => ({
      key: column.key,
      title: column.title,
      render: (_: unknown, row: Row) => column.cell(row),
      ...(column.width === undefined ? {} : { width: column.width }),
      ...(column.align === undefined ? {} : { align: column.align }),
    })),
    dataSource: [...rows],
    rowKey,
    pagination: false,
    size: 'middle',
    rowClassName: (row, index) =>
      `${index === at ? 'row-at' : ''} ${props.current === rowKey(row) ? 'row-current' : ''}`.trim(),
    onRow: (row, index) => ({
      onClick: (event) => {
        setAt(index ?? -1)
        // Controls inside a row do their own thing; the rest of the row opens it.
        if (!(event.target as Element).closest('a,button,input,label')) props.open(row)
      },
      'aria-label': props.rowLabel(row),
    }),
  }
  if (selection)
    table.rowSelection = {
      columnWidth: 46,
      selectedRowKeys: [...selection.keys],
      onChange: (keys) => selection.change(keys.map(String)),
      preserveSelectedRowKeys: true,
      getCheckboxProps: (row) => ({ 'aria-label': `选中 ${props.rowLabel(row)}` }),
    }
  return (
    <div className="data-table">
      <Table<Row> {...table} aria-label={props.label} />
      <TableFoot page={page}>{props.foot}</TableFoot>
    </div>
  )
}

const toggle = (keys: readonly string[], key: string): string[] =>
  keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]

const TableFoot = ({ page, children }: { page: DataTableProps<object>['page']; children: ReactNode }) => {
  const from = (page.at - 1) * page.size + 1
  return (
    <footer className="table-foot">
      {children}
      <span className="quiet small nowrap table-range">
        {from}–{Math.min(page.total, from + page.size - 1)} / {page.total}
      </span>
      <Pagination
        size="small"
        current={page.at}
        pageSize={page.size}
        total={page.total}
        showSizeChanger={false}
        onChange={page.change}
      />
    </footer>
  )
}

const BoneTable = ({ columns, selectable }: { columns: readonly Column<object>[]; selectable: boolean }) => (
  <div className="data-table" aria-busy="true" aria-label="正在取数据">
    <Table<{ key: number }>
      columns={columns.map((column) => ({
        key: column.key,
        title: column.title,
        render: () => boneOf(column.bone),
        ...(column.width === undefined ? {} : { width: column.width }),
        ...(column.align === undefined ? {} : { align: column.align }),
      }))}
      dataSource={Array.from({ length: 10 }, (_, key) => ({ key }))}
      pagination={false}
      size="middle"
      {...(selectable
        ? { rowSelection: { columnWidth: 46, getCheckboxProps: () => ({ disabled: true }) } }
        : {})}
    />
  </div>
)
