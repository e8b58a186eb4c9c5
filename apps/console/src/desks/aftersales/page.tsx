import { Button } from 'antd'
import { PackageCheck } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, NoMatch } from '../../ui/states.tsx'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { aftersaleColumns } from './columns.tsx'
import { csvOf } from './csv.ts'
import {
  aftersaleChips,
  type AftersaleFilters,
  aftersaleFilters,
  type AftersaleRow,
  aftersaleTabs,
  kindChoices,
  pageSize,
  type Tab,
  tabWords,
} from './model.ts'
import { ReturnPanel } from './return-panel.tsx'
import '../orders/orders.css'
import './aftersales.css'

const empties: Record<Tab, { title: string; text: string }> = {
  applied: { title: '没有等答复的售后', text: '顾客一申请就会出现在这里，等得最久的排在最前。' },
  appealed: { title: '没有申诉', text: '顾客不服门店的决定，可以向总部申诉一次。' },
  returning: { title: '没有在路上的退货', text: '同意退货以后，顾客 7 天内可以带货到任意一家门店。' },
  refunding: { title: '没有退到一半的款', text: '同意以后系统自己把钱按原路退回，一般几分钟。' },
  failed: { title: '没有退不成的款', text: '退不进去的会停在这里，有人接手才不会漏。' },
  ended: { title: '还没有结束的售后', text: '退好、没同意、撤销的都收在这里。' },
}

const Nothing = ({ filters, clear }: { filters: AftersaleFilters; clear: () => void }) =>
  filters.kind || filters.q ? (
    <NoMatch title="没有同时符合这些条件的售后" text="去掉一个条件再看。">
      <Button type="primary" onClick={clear}>
        全清
      </Button>
    </NoMatch>
  ) : (
    <EmptyState {...empties[filters.tab]} />
  )

/** 售后: what waits for an answer, longest first; what comes back, what failed, what ended. */
export default function AftersalesPage() {
  const [receiving, setReceiving] = useState(false)
  const mayDecide = useMay('aftersales.decide')
  const { go } = useScope()
  const { result, filters, page, change, every } = usePagedList({
    name: 'aftersales',
    size: pageSize,
    parse: aftersaleFilters,
    fetch: (query) => api('GET /console/v1/aftersales', { query }),
    refetchSeconds: 30,
  })
  const tools = useListTools('aftersales', aftersaleColumns)
  const { data } = result
  useKeys(mayDecide ? [{ keys: 'r', label: '收退货', run: () => setReceiving(true) }] : [])
  return (
    <div className={receiving ? 'after after-open' : 'after'}>
      <div className="list-page">
        <PageHead
          title="售后"
          note={
            data && (data.overdue > 0 ? <b className="after-late">{data.overdue} 件超时了</b> : '没有超时的')
          }
        >
          <CsvButton
            name={`售后-${tabWords[filters.tab]}`}
            disabled={page.total === 0}
            rows={every}
            text={csvOf}
          />
          {mayDecide && !receiving && (
            <Button type="primary" icon={<PackageCheck size={16} />} onClick={() => setReceiving(true)}>
              收退货
            </Button>
          )}
        </PageHead>
        <section className="card list-card">
          <CountTabs label="售后到哪一步" tabs={aftersaleTabs(data?.counts, filters.tab)} tools={tools} />
          <FilterRow
            chips={aftersaleChips(filters)}
            onRemove={(key) => change({ [key]: undefined })}
            onClear={() => change({ kind: undefined, q: undefined })}
          >
            {!filters.kind && (
              <PickFilter name="怎么退" width={170} options={kindChoices} pick={(kind) => change({ kind })} />
            )}
            <SearchField
              value={filters.q ?? ''}
              change={(q) => change({ q })}
              placeholder="订单号、手机尾号"
            />
          </FilterRow>
          <DataTable<AftersaleRow>
            label="售后"
            result={result}
            columns={tools.shown}
            dense={tools.look.dense}
            rowKey={(row) => row.id}
            rowLabel={(row) => `售后 ${row.lines[0]?.name ?? ''}，订单 ${row.orderNo}`}
            open={(row) => go(`/aftersales/${row.id}`)}
            page={page}
            empty={<Nothing filters={filters} clear={() => change({ kind: undefined, q: undefined })} />}
          />
        </section>
      </div>
      {receiving && <ReturnPanel close={() => setReceiving(false)} />}
    </div>
  )
}
