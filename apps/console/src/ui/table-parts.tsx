import { Pagination, Table } from 'antd'
import type { ReactNode } from 'react'

import { Bone } from './states.tsx'

export interface Column<Row> {
  key: string
  title: ReactNode
  /** What it is called where columns are chosen, if its title says more. */
  name?: string
  width?: number | string
  align?: 'left' | 'right' | 'center'
  cell: (row: Row) => ReactNode
  /** What the bones of this column look like while the first page is on its way. */
  bone?: 'thumb' | 'text' | 'short'
}

export interface PageControl {
  at: number
  size: number
  total: number
  change: (page: number) => void
}

/** A column as antd's table takes it. */
export const antColumn = <Row,>(
  { key, title, width, align }: Column<never>,
  render: (value: unknown, row: Row) => ReactNode,
) => ({
  key,
  title,
  render,
  ...(width === undefined ? {} : { width }),
  ...(align === undefined ? {} : { align }),
})

/** The foot of a list: what was selected or nothing, the range shown, the pager. */
export const TableFoot = ({ page, children }: { page: PageControl; children?: ReactNode }) => {
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

const boneOf = (shape: Column<never>['bone']) => {
  if (shape !== 'thumb') return <Bone width={shape === 'short' ? 44 : 88} />
  return (
    <span className="product-cell">
      <Bone width={40} height={40} />
      <span className="bone-lines">
        <Bone width={132} />
        <Bone width={84} height={9} />
      </span>
    </span>
  )
}

/** The table before its first page is there: the real columns with bones in them. */
export const BoneTable = ({
  columns,
  selectable,
}: {
  columns: readonly Column<never>[]
  selectable: boolean
}) => (
  <div className="data-table" aria-busy="true" aria-label="正在取数据">
    <Table<{ key: number }>
      columns={columns.map((column) => antColumn(column, () => boneOf(column.bone)))}
      dataSource={Array.from({ length: 10 }, (_, key) => ({ key }))}
      pagination={false}
      size="middle"
      {...(selectable
        ? { rowSelection: { columnWidth: 46, getCheckboxProps: () => ({ disabled: true }) } }
        : {})}
    />
  </div>
)
