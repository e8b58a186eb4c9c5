import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import type { FilterChange } from '../../ui/url-filters.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { AccountPanel } from './account-panel.tsx'
import { staffColumns } from './columns.tsx'
import {
  pageSize,
  roles,
  staffChips,
  staffFilters,
  staffTabs,
  type Colleague,
  type Role,
  type StaffFilters,
} from './model.ts'
import { NewPanel } from './new-panel.tsx'
import './staff.css'

const Pickers = ({ filters, change }: { filters: StaffFilters; change: (change: FilterChange) => void }) => (
  <>
    {!filters.role && (
      <PickFilter
        name="角色"
        options={Object.entries(roles).map(([value, { word }]) => ({ value, label: word }))}
        pick={(role) => change({ role })}
      />
    )}
    <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="名字、账号" />
  </>
)

const Nobody = ({ filters }: { filters: StaffFilters }) =>
  filters.q || filters.role ? (
    <NoMatch title="没有这样的账号" text="去掉一个条件再看。" />
  ) : (
    <EmptyState
      title={filters.active ? '还没有别的账号' : '没有停用的账号'}
      text={
        filters.active
          ? '点「开账号」，给店里的人各开一个。'
          : '有人离店就停用他的账号，做过的事还留在记录里。'
      }
    />
  )

const Panel = ({
  open,
  rows,
  grantable,
  close,
}: {
  open: string
  rows: readonly Colleague[]
  grantable: readonly Role[]
  close: () => void
}) => {
  if (open === 'new') return <NewPanel grantable={grantable} close={close} />
  const row = rows.find((each) => each.id === open)
  return row ? <AccountPanel key={row.id} row={row} grantable={grantable} close={close} /> : null
}

/** 员工: who works here, what they may do and where, and the way in for each. */
export default function StaffPage() {
  const { result, filters, page, change } = usePagedList({
    name: 'staff',
    size: pageSize,
    parse: staffFilters,
    fetch: (query) => api('GET /console/v1/staff', { query }),
  })
  const [open, setOpen] = useState<string>()
  const { data } = result
  const grantable = data?.grantable ?? []
  const start = () => setOpen('new')
  useKeys([{ keys: 'n', label: '开账号', run: start }])
  // Who was disabled leaves the list, and the panel goes along.
  const shown = open === 'new' || data?.items.some((row) => row.id === open) ? open : undefined
  return (
    <div className={shown ? 'staff-page staff-page-open' : 'staff-page'}>
      <div className="list-page">
        <PageHead title="员工" note={data && `${data.active} 个账号在用`}>
          <Button type="primary" icon={<UserPlus size={16} />} onClick={start}>
            开账号
          </Button>
        </PageHead>
        <section className="card list-card">
          <CountTabs label="账号" tabs={staffTabs(filters, data)} />
          <FilterRow
            chips={staffChips(filters)}
            onRemove={(key) => change({ [key]: undefined })}
            onClear={() => change({ q: undefined, role: undefined })}
          >
            <Pickers filters={filters} change={change} />
          </FilterRow>
          <DataTable<Colleague>
            label="账号"
            result={result}
            columns={staffColumns(shown !== undefined)}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.name}
            open={(row) => setOpen(row.id === open ? undefined : row.id)}
            current={shown}
            page={page}
            empty={<Nobody filters={filters} />}
          />
        </section>
      </div>
      {shown && (
        <Panel
          key={shown}
          open={shown}
          rows={data?.items ?? []}
          grantable={grantable}
          close={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
