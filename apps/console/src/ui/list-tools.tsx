import { Button, Checkbox, Input, Popover } from 'antd'
import { Columns3, Plus, Rows3, X } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'

import { useListLook } from '../shell/settings.ts'
import { useNotice } from './notice.ts'
import {
  viewSearch,
  VIEWS_MAX,
  withColumn,
  withMoment,
  withoutView,
  withView,
  type ListLook,
} from './list-look.ts'
import type { Column } from './table-parts.tsx'

export interface ListTools<Row> {
  look: ListLook
  keep: (look: ListLook) => void
  all: readonly Column<Row>[]
  /** The columns to draw: the first always, the others unless left out. */
  shown: readonly Column<Row>[]
}

/** What this person chose for this list, and the columns that follow from it. Kept in this browser. */
export const useListTools = <Row,>(list: string, all: readonly Column<Row>[]): ListTools<Row> => {
  const [look, keep] = useListLook(list)
  return { look, keep, all, shown: all.filter(({ key }, i) => i === 0 || !look.hidden.includes(key)) }
}

const ColumnPicker = <Row,>({ tools: { look, keep, all, shown } }: { tools: ListTools<Row> }) => (
  <Popover
    trigger="click"
    placement="bottomRight"
    arrow={false}
    content={
      <div className="column-picker" role="group" aria-label="显示哪些列">
        {all.slice(1).map(({ key, title, name }) => (
          <Checkbox
            key={key}
            checked={!look.hidden.includes(key)}
            onChange={(event) => keep(withColumn(look, key, event.target.checked))}
          >
            {name ?? title}
          </Checkbox>
        ))}
      </div>
    }
  >
    <button
      type="button"
      className="bare list-tool"
      aria-label={`显示 ${shown.length} 列，共 ${all.length} 列`}
    >
      <Columns3 size={14} aria-hidden="true" />列 {shown.length}/{all.length}
    </button>
  </Popover>
)

/** Which columns, and how close the rows. */
export const LookTools = <Row,>({ tools }: { tools: ListTools<Row> }) => {
  const { look, keep } = tools
  return (
    <>
      <ColumnPicker tools={tools} />
      <button
        type="button"
        className="bare list-tool"
        aria-pressed={look.dense}
        onClick={() => keep({ ...look, dense: !look.dense })}
      >
        <Rows3 size={14} aria-hidden="true" />
        {look.dense ? '紧凑' : '舒适'}
      </button>
    </>
  )
}

const SaveView = ({
  search,
  look,
  keep,
}: {
  search: string
  look: ListLook
  keep: (look: ListLook) => void
}) => {
  const notice = useNotice()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const typed = name.trim()
  const save = () => {
    if (!typed) return
    const next = withView(look, { name: typed, search })
    if (next === look) return notice.warn(`最多存 ${VIEWS_MAX} 个视图，先删掉一个`)
    keep(next)
    setName('')
    setOpen(false)
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={
        <form
          className="view-form"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <Input
            autoFocus
            size="small"
            maxLength={12}
            placeholder="叫什么，例如 生鲜早检"
            aria-label="视图名"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button size="small" type="primary" htmlType="submit" disabled={!typed}>
            存
          </Button>
          <small className="quiet">条件存在这台电脑上，同名的会换掉。</small>
        </form>
      }
    >
      <button type="button" className="bare list-tool">
        <Plus size={14} aria-hidden="true" />
        存成视图
      </button>
    </Popover>
  )
}

/** Filters saved under a name, as tabs beside the others; filters in force that have none yet can be saved. */
export const SavedViews = <Row,>({ tools: { look, keep } }: { tools: ListTools<Row> }) => {
  const [params] = useSearchParams()
  const search = viewSearch(params)
  const address = (view: string) => withMoment(view, params)
  const known = look.views.some((view) => view.search === search)
  return (
    <>
      {look.views.map((view) => (
        <span key={view.name} className="saved-view" data-on={view.search === search || undefined}>
          <Link
            to={{ search: address(view.search) }}
            aria-current={view.search === search ? 'page' : undefined}
          >
            我的：{view.name}
          </Link>
          <button
            type="button"
            className="bare"
            aria-label={`删掉视图 ${view.name}`}
            onClick={() => keep(withoutView(look, view.name))}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      {search !== '' && !known && <SaveView search={search} look={look} keep={keep} />}
    </>
  )
}
