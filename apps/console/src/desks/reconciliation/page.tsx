import { Button } from 'antd'
import { RefreshCw } from 'lucide-react'

import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { FilterChip } from '../../ui/filter-chips.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, NoMatch, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { hourMinute, when } from '../../ui/time.ts'
import { pageOf, useUrlFilters, type FilterChange } from '../../ui/url-filters.ts'
import { useWide } from '../../ui/wide.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { differenceColumns } from './columns.tsx'
import { csvOf } from './csv.ts'
import { Billers } from './billers.tsx'
import { DayStrip } from './day-strip.tsx'
import {
  billerOf,
  billerWords,
  dayWords,
  filtersOf,
  kindWords,
  pageSize,
  signedFen,
  standing,
  tabsOf,
  troubleOf,
  type Day,
  type Difference,
  type Shown,
} from './model.ts'
import { allDifferences, useDays, useDifferences, useRunAgain } from './page-data.ts'
import { DifferencePanel } from './panel.tsx'
import { OtherBooks } from './other-books.tsx'
import { Runs } from './runs.tsx'
import { SignedOff, SignOff } from './sign-off.tsx'
import { Totals } from './totals.tsx'
import './reconciliation.css'
import './panel.css'

const daysInStrip = 10

const taken = ({ provider, tradeAt, fundsAt, reconciledAt }: Day): string => {
  if (!reconciledAt) return '账单每天 10:05 自动取'
  if (!tradeAt) return '这天没有账单，也就没有交易'
  if (provider === 'alipay') return `交易账单 ${hourMinute(tradeAt)} 到 · 合计与明细相等`
  return fundsAt
    ? `交易账单、资金账单 ${hourMinute(tradeAt)} 到 · 两份都验过摘要`
    : `交易账单 ${hourMinute(tradeAt)} 到，验过摘要 · 没有资金账单`
}

const Head = ({ day, filters }: { day: Day | undefined; filters: Shown }) => {
  const mayRun = useMay('reconciliation.write')
  const run = useRunAgain()
  const words = day && dayWords(day.day)
  const state = day && standing(day)
  const queued = day !== undefined && day.nextTryAt !== null && day.trouble === null
  return (
    <PageHead
      title="财务对账"
      heading={
        <>财务对账 {words && <small className="head-day">{`${words.date} ${words.weekday}`}</small>}</>
      }
      tags={state && <StateTag tone={state.tone}>{state.word}</StateTag>}
      note={day && taken(day)}
    >
      <Refusal error={run.error} />
      {day && (
        <CsvButton
          name={`对账差异-${billerWords[day.provider]}-${day.day}`}
          label="导出差异"
          disabled={day.open + day.waiting + day.closed + day.resolved === 0}
          rows={(exporting) => allDifferences({ ...filters, day: day.day }, exporting)}
          text={csvOf}
        />
      )}
      {day && mayRun && (
        <Button
          icon={<RefreshCw size={15} />}
          loading={run.isPending || queued}
          onClick={() => run.mutate(day)}
        >
          {queued ? '正在对' : '重新对一遍'}
        </Button>
      )}
      {day && mayRun && <SignOff key={`${day.provider} ${day.day}`} day={day} />}
    </PageHead>
  )
}

const Trouble = ({ day }: { day: Day }) => {
  const now = useNow()
  const trouble = troubleOf(day)
  if (!trouble) return null
  return (
    <p className={day.state === 'FAILED' ? 'trouble trouble-failed' : 'trouble'} role="status">
      <b>{trouble}。</b>
      {day.reconciledAt ? '下面是上一次对成的结果。' : '账单没有入库。'}
      {day.nextTryAt && `系统 ${when(day.nextTryAt, now)} 再试，也可以现在重新对一遍。`}
    </p>
  )
}

const Nothing = ({ day, filtered }: { day: Day | undefined; filtered: boolean }) => {
  if (filtered) return <NoMatch title="没有这样的差异" text="换一个标签或类型再看。" />
  if (day && !day.reconciledAt)
    return <EmptyState title="这天还没有对过" text="账单到了会自动对；差异会出现在这里。" />
  return (
    <EmptyState
      title="全部对平"
      text={
        day ? `${day.billRows.toLocaleString('en-US')} 行账单，每一笔都和我们的账一样，到分。` : undefined
      }
    />
  )
}

interface ListProps {
  day: Day | undefined
  filters: Shown
  page: number
  open: string | undefined
  change: (change: FilterChange) => void
}
const List = ({ day, filters, page, open, change }: ListProps) => {
  const result = useDifferences(filters, page)
  const now = useNow()
  const wide = useWide()
  const tools = useListTools('differences', differenceColumns(now, wide))
  const { data } = result
  const whole = !filters.view && !filters.kind
  return (
    <section className="card list-card recon-list">
      <CountTabs label="差异" tabs={tabsOf(data?.counts, filters.view)} tools={tools}>
        {data && data.total > 0 && (
          <span className="nowrap" title={whole ? '等于收款、退款、两份账单三处之差' : undefined}>
            差额合计 <b className="delta">{signedFen(data.deltaFen)}</b>
          </span>
        )}
        {filters.kind ? (
          <FilterChip
            chip={{ key: 'kind', label: '类型', value: kindWords[filters.kind] }}
            onRemove={() => change({ kind: undefined })}
          />
        ) : (
          <PickFilter
            name="类型"
            options={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
            pick={(kind) => change({ kind })}
          />
        )}
      </CountTabs>
      <DataTable<Difference>
        label="差异"
        result={result}
        columns={tools.shown}
        dense={tools.look.dense}
        rowKey={({ id }) => id}
        rowLabel={({ no, kind }) => `${no} ${kindWords[kind]}`}
        open={({ id }) => change({ diff: id === open ? undefined : id, page: String(page) })}
        current={open}
        page={{
          at: page,
          size: pageSize,
          total: data?.total ?? 0,
          change: (to) => change({ page: String(to) }),
        }}
        empty={<Nothing day={day} filtered={!whole} />}
      />
      <OtherBooks />
    </section>
  )
}

/** 财务对账: a business day's bills beside our own books, and every difference until somebody explains it. */
export default function ReconciliationPage() {
  const { params, change } = useUrlFilters()
  const provider = billerOf(params)
  const days = useDays(provider)
  const list = days.data?.items ?? []
  const asked = filtersOf(params)
  const day = list.find((each) => each.day === asked.day) ?? (asked.day ? undefined : list[0])
  const filters = { ...asked, day: asked.day ?? day?.day }
  const open = params.get('diff') ?? undefined

  if (days.isError && !days.data)
    return <ErrorState title="对账没取回来" error={days.error} retry={() => void days.refetch()} />
  return (
    <div className="recon list-page">
      <Head day={day} filters={filters} />
      <Billers providers={days.data?.providers ?? []} provider={provider} />
      {days.isPending && (
        <Card>
          <Bones lines={10} />
        </Card>
      )}
      {days.data && list.length === 0 && (
        <Card className="recon-empty">
          <EmptyState
            title="还没有要对的日子"
            text={`有了第一笔收款，次日 10:05 自动取${billerWords[provider]}账单来对。`}
          />
        </Card>
      )}
      {days.data && list.length > 0 && (
        <>
          <DayStrip days={list.slice(0, daysInStrip)} day={filters.day} />
          {day && <Trouble day={day} />}
          {day && <SignedOff day={day} />}
          {day && <Totals day={day} />}
          <div className="recon-body">
            <List day={day} filters={filters} page={pageOf(params)} open={open} change={change} />
            {open ? (
              <DifferencePanel key={open} id={open} close={() => change({ diff: undefined })} />
            ) : (
              <Runs days={list} total={days.data.total} nextFetchAt={days.data.nextFetchAt} />
            )}
          </div>
        </>
      )}
    </div>
  )
}
