import { Button } from 'antd'
import { Plus, ReceiptText, ScanLine } from 'lucide-react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { templateColumns } from './columns.tsx'
import {
  kindChoices,
  pageSize,
  templateChips,
  type TemplateFilters,
  templateFilters,
  templateTabs,
  type Template,
  valueWords,
} from './model.ts'
import { CouponAlarms } from './alarms.tsx'
import './coupons.css'

const Nothing = ({
  filters,
  mayMake,
  clear,
  make,
}: {
  filters: TemplateFilters
  mayMake: boolean
  clear: () => void
  make: () => void
}) => {
  if (filters.kind || filters.q)
    return (
      <NoMatch title="没有这样的券" text="去掉一个条件再看。">
        <Button type="primary" onClick={clear}>
          全清
        </Button>
      </NoMatch>
    )
  if (filters.state === 'over')
    return <EmptyState title="没有停发的券" text="停发的券会留在这里，发出去的照样能用。" />
  return (
    <EmptyState
      title="还没有优惠券"
      text={mayMake ? '先做一种，用一篮商品试算过，再发给顾客。' : '总部做好的券会出现在这里。'}
    >
      {mayMake && (
        <Button type="primary" icon={<Plus size={16} />} onClick={make}>
          新建优惠券
        </Button>
      )}
    </EmptyState>
  )
}

/** 优惠券: what is promised to members, how much of it is out, and what became of it. */
export default function CouponsPage() {
  const mayMake = useMay('coupons.write')
  const maySeeTills = useMay('tills.read')
  const { go } = useScope()
  const { result, filters, page, change } = usePagedList({
    name: 'coupon-templates',
    size: pageSize,
    parse: templateFilters,
    fetch: (query) => api('GET /console/v1/coupon-templates', { query }),
    refetchSeconds: 60,
  })
  const tools = useListTools('coupons', templateColumns)
  const make = () => go('/coupons/new')
  useKeys(mayMake ? [{ keys: 'n', label: '新建优惠券', run: make }] : [])
  const clear = () => change({ kind: undefined, q: undefined })
  return (
    <div className="list-page">
      <PageHead title="优惠券" note="券从不修改：停发，或照着再做一种；发出去的照原来答应的">
        {maySeeTills && (
          <Button icon={<ScanLine size={15} />} onClick={() => go('/coupons/redemptions')}>
            柜台核销
          </Button>
        )}
        <Button icon={<ReceiptText size={15} />} onClick={() => go('/coupons/uses')}>
          用券账
        </Button>
        {mayMake && (
          <Button type="primary" icon={<Plus size={16} />} onClick={make}>
            新建优惠券
          </Button>
        )}
      </PageHead>
      <CouponAlarms />
      <section className="card list-card">
        <CountTabs label="优惠券" tabs={templateTabs(result.data?.counts, filters.state)} tools={tools} />
        <FilterRow
          chips={templateChips(filters)}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={clear}
        >
          {!filters.kind && (
            <PickFilter name="种类" options={kindChoices} pick={(kind) => change({ kind })} />
          )}
          <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="券的名字" />
        </FilterRow>
        <DataTable<Template>
          label="优惠券"
          result={result}
          columns={tools.shown}
          dense={tools.look.dense}
          rowKey={(row) => row.id}
          rowLabel={(row) => `${row.label}，${valueWords(row)}`}
          open={(row) => go(`/coupons/${row.id}`)}
          page={page}
          empty={<Nothing filters={filters} mayMake={mayMake} clear={clear} make={make} />}
        />
      </section>
    </div>
  )
}
