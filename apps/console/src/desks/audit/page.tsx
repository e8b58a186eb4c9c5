import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { useCategories } from '../goods/page-data.ts'
import { deedWords } from './deeds.ts'
import {
  aboutWords,
  auditChips,
  auditFilters,
  differences,
  doerWords,
  pageSize,
  subjectOf,
  type AuditEvent,
} from './model.ts'
import './audit.css'

const At = ({ at }: { at: string }) => <span className="quiet small nowrap">{when(at, useNow(), true)}</span>

const Subject = ({ subject }: { subject: string }) => {
  const { path } = useScope()
  const { word, to } = subjectOf(subject)
  return to ? (
    <Link className="go" to={path(to)}>
      {word}
    </Link>
  ) : (
    <span>{word}</span>
  )
}

const Changes = ({ event }: { event: AuditEvent }) => {
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  return (
    <ul className="audit-changes">
      {differences(event, nameOf).map((each) => (
        <li key={each.field}>
          <span className="quiet">{each.field}</span>{' '}
          {each.before !== undefined && (
            <>
              <del>{each.before}</del> →{' '}
            </>
          )}
          {each.after}
        </li>
      ))}
    </ul>
  )
}

const columns: Column<AuditEvent>[] = [
  { key: 'at', title: '什么时候', width: 130, bone: 'short', cell: (row) => <At at={row.at} /> },
  {
    key: 'who',
    title: '谁',
    width: 160,
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <b>{doerWords(row)}</b>
        {row.actorName && <small>{row.actor.replace(/^staff:/, '')}</small>}
      </span>
    ),
  },
  {
    key: 'what',
    title: '做了什么',
    width: 220,
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        <span>{deedWords(row.action)}</span>
        <small>
          {row.storeId && <>{row.storeId} </>}
          <Subject subject={row.subject} />
        </small>
      </span>
    ),
  },
  { key: 'changes', title: '改了什么', bone: 'text', cell: (row) => <Changes event={row} /> },
]

/** 操作记录: who changed what, newest first. It is only ever added to. */
export default function AuditPage() {
  const { result, filters, page, change } = usePagedList({
    name: 'audit',
    size: pageSize,
    parse: auditFilters,
    fetch: (query) => api('GET /console/v1/audit-events', { query }),
  })
  const tools = useListTools('audit', columns)
  const filtered = Object.keys(filters).length > 0
  return (
    <div className="list-page">
      <PageHead title="操作记录" note="只追加，谁都改不了" />
      <section className="card list-card">
        <FilterRow
          chips={auditChips(filters)}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={() => change({ q: undefined, about: undefined })}
          tools={tools}
        >
          {!filters.about && (
            <PickFilter
              name="内容"
              options={Object.entries(aboutWords).map(([value, label]) => ({ value, label }))}
              pick={(about) => change({ about })}
            />
          )}
          <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="名字、账号" />
        </FilterRow>
        <DataTable<AuditEvent>
          label="操作记录"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(row) => row.id}
          rowLabel={(row) => `${doerWords(row)} ${deedWords(row.action)}`}
          page={page}
          empty={
            filtered ? (
              <NoMatch title="没有这样的记录" text="去掉一个条件再看。" />
            ) : (
              <EmptyState title="还没有记录" text="谁改了价、调了库存、退了款、开了账号，都会记在这里。" />
            )
          }
        />
      </section>
    </div>
  )
}
