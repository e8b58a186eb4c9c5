import { Button, Segmented } from 'antd'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'

import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { Bones, EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { businessDay, dayBeside, longDay } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { CalendarCard } from './calendar-card.tsx'
import { DAYS, mondayOf } from './calendar.ts'
import { columns } from './columns.tsx'
import { deskOf, KINDS } from './kinds/index.ts'
import { LivePanel } from './live-panel.tsx'
import { type Campaign, campaignFilters, pageSize, stateChoices } from './model.ts'
import { useFortnight, useRunning } from './page-data.ts'
import './campaigns.css'

const NewButton = () => {
  const { go } = useScope()
  return useMay('campaigns.write') ? (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => go('/campaigns/new')}>
      新建活动
    </Button>
  ) : null
}

const NoneYet = () => (
  <EmptyState title="还没有活动" text="先做一份草稿，试算过、看过顾客那边的样子，再排上。草稿谁也看不到。">
    <NewButton />
  </EmptyState>
)

const List = () => {
  const { go } = useScope()
  const { result, filters, page, change } = usePagedList({
    name: 'campaigns',
    size: pageSize,
    parse: campaignFilters,
    fetch: ({ storeId: _store, ...query }) => api('GET /console/v1/campaigns', { query }),
    refetchSeconds: 30,
  })
  const counts = result.data?.counts
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <section className="card list-card">
      <CountTabs
        label="活动"
        tabs={[
          { key: 'all', label: '全部', count: all, change: { state: undefined }, on: !filters.state },
          ...stateChoices.map(([state, label]) => ({
            key: state,
            label,
            count: counts && (counts[state] ?? 0),
            change: { state },
            on: filters.state === state,
          })),
        ]}
      />
      <DataTable<Campaign>
        label="活动"
        result={result}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ name }) => name}
        open={({ id }) => go(`/campaigns/${id}`)}
        page={page}
        empty={
          filters.state ? (
            <NoMatch title="没有这样的活动" text="换一个状态看看。">
              <Button onClick={() => change({ state: undefined })}>看全部</Button>
            </NoMatch>
          ) : (
            <NoneYet />
          )
        }
      />
    </section>
  )
}

/** One that runs, the flash sales first; where several do, they are chosen by name. */
const Live = () => {
  const running = useRunning()
  const [chosen, choose] = useState<string>()
  if (running.isError)
    return (
      <section className="card">
        <ErrorState title="现场没取回来" error={running.error} retry={() => void running.refetch()} />
      </section>
    )
  const campaigns = (running.data?.items ?? []).toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.endsAt.localeCompare(b.endsAt),
  )
  const shown = campaigns.find(({ id }) => id === chosen) ?? campaigns[0]
  if (!shown) return null
  return (
    <>
      {campaigns.length > 1 && (
        <div className="live-choice" role="group" aria-label="看哪一场">
          {campaigns.map(({ id, kind, name }) => (
            <button
              key={id}
              type="button"
              className={id === shown.id ? 'chip chip-on' : 'chip'}
              aria-pressed={id === shown.id}
              onClick={() => choose(id)}
            >
              {deskOf(kind).word} · {name}
            </button>
          ))}
        </div>
      )}
      <LivePanel key={shown.id} campaign={shown} />
    </>
  )
}

const Calendar = ({ first }: { first: string }) => {
  const fortnight = useFortnight(first)
  if (fortnight.isError)
    return (
      <section className="card">
        <ErrorState title="日历没取回来" error={fortnight.error} retry={() => void fortnight.refetch()} />
      </section>
    )
  if (!fortnight.data)
    return (
      <section className="card">
        <Bones lines={5} />
      </section>
    )
  const { items, total } = fortnight.data
  return (
    <div className="campaign-stack">
      <CalendarCard first={first} campaigns={items} />
      {total > items.length && (
        <p className="quiet small">
          这两周有 {total} 场，日历画了开始最晚的 {items.length} 场；全部在列表里。
        </p>
      )}
      <Live />
      {total === 0 && (
        <section className="card">
          <EmptyState title="这两周没有活动" text="翻到别的日子看看，或者排一场。">
            <NewButton />
          </EmptyState>
        </section>
      )}
    </div>
  )
}

const Turn = ({ first, turn }: { first: string; turn: (day: string | undefined) => void }) => {
  const last = dayBeside(first, DAYS - 1)
  const words = (day: string) => longDay(`${day}T12:00:00+08:00`).split(' ')[0]
  return (
    <div className="campaign-turn">
      <button
        type="button"
        className="bare"
        aria-label="前两周"
        onClick={() => turn(dayBeside(first, -DAYS))}
      >
        <ChevronLeft size={16} />
      </button>
      <b>
        {words(first)} – {words(last)}
      </b>
      <button type="button" className="bare" aria-label="后两周" onClick={() => turn(dayBeside(first, DAYS))}>
        <ChevronRight size={16} />
      </button>
    </div>
  )
}

/** 活动: what runs and what is to come, on two weeks of days or as a list, and how it goes right now. */
export default function CampaignsPage() {
  const { params, change } = useUrlFilters()
  const today = businessDay(useNow())
  const list = params.get('view') === 'list'
  const asked = params.get('from') ?? ''
  const first = mondayOf(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d)$/.test(asked) ? asked : today)
  return (
    <div className={list ? 'list-page' : undefined}>
      <PageHead
        title="活动"
        tags={
          <>
            <Segmented<'list' | 'calendar'>
              aria-label="怎么看"
              value={list ? 'list' : 'calendar'}
              options={[
                { value: 'list', label: '列表' },
                { value: 'calendar', label: '日历' },
              ]}
              onChange={(view) => change({ view: view === 'list' ? view : undefined, state: undefined })}
            />
            {!list && <Turn first={first} turn={(from) => change({ from })} />}
          </>
        }
      >
        <span className="quiet small">同一商品同一时段只能有一个活动价</span>
        <NewButton />
      </PageHead>
      {list ? <List /> : <Calendar first={first} />}
    </div>
  )
}
