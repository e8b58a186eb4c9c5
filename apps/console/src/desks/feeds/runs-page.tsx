import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { CsvButton } from '../../ui/csv-button.tsx'
import { everyRow } from '../../ui/csv.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, NoMatch, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { WorkPanel } from '../../ui/work.tsx'
import { FaultList } from './fault-list.tsx'
import {
  faultsCsv,
  isMoving,
  pageSize,
  percentOf,
  runFilters,
  runTag,
  tallyWords,
  topicWords,
  type Run,
  type RunFilters,
} from './model.ts'
import { FeedTabs } from './tabs.tsx'
import './feeds.css'

const aboutWords = (run: Run): string =>
  run.kind === 'events' ? `${run.day} 的增量` : (run.fileName ?? '接口报的全量')

const columnsFor = (now: number): Column<Run>[] => [
  { key: 'no', title: '编号', width: 76, cell: (run) => <b className="num">#{run.no}</b> },
  {
    key: 'state',
    title: '状态',
    width: 110,
    cell: (run) => {
      const { word, tone } = runTag(run)
      return isMoving(run) ? (
        <span className="two-lines">
          <StateTag tone={tone}>
            {word} {percentOf(run)}%
          </StateTag>
          <span className="feed-progress" aria-hidden="true">
            <i style={{ width: `${percentOf(run)}%` }} />
          </span>
        </span>
      ) : (
        <StateTag tone={tone}>{word}</StateTag>
      )
    },
  },
  {
    key: 'about',
    title: '什么',
    cell: (run) => (
      <span className="two-lines">
        <b className="clip">{aboutWords(run)}</b>
        <small>
          {run.source.name}
          {run.kind === 'snapshot' && ` · ${topicWords[run.topic]}`}
          {run.asOf && ` · 截至 ${when(run.asOf, now)}`}
        </small>
      </span>
    ),
  },
  {
    key: 'rows',
    title: '行数',
    width: 96,
    align: 'right',
    cell: (run) => run.rows.toLocaleString('zh-CN'),
  },
  {
    key: 'tally',
    title: '结果',
    width: 200,
    cell: (run) => <span className="quiet clip">{tallyWords(run)}</span>,
  },
  {
    key: 'refused',
    title: '没收进来',
    width: 96,
    align: 'right',
    cell: (run) =>
      run.refused > 0 ? <b className="strong feed-bad">{run.refused.toLocaleString('zh-CN')}</b> : '—',
  },
  {
    key: 'at',
    title: '时间',
    width: 130,
    cell: (run) => <span className="quiet nowrap">{when(run.endedAt ?? run.openedAt, now)}</span>,
  },
]

const Detail = ({ run, close }: { run: Run; close: () => void }) => {
  const may = useMay('feeds.write')
  const queries = useQueryClient()
  const params = { runId: run.id }
  const cancel = useMutation({
    mutationFn: () => api('POST /console/v1/feed-runs/:runId/cancellation', { params }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['feed-runs'] }),
  })
  return (
    <WorkPanel title={`#${run.no} ${aboutWords(run)}`} note={tallyWords(run)} label="一次同步" close={close}>
      {run.short > 0 && (
        <p className="feed-none">
          {run.short} 样比顾客已经订的还少：订了的照样留着，可售按 0 卖，去库存看「欠货」。
        </p>
      )}
      {run.state === 'OPEN' && may && (
        <p className="feed-none">
          对方还没传完。
          <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            放弃这一次
          </Button>
          <Refusal error={cancel.error} />
        </p>
      )}
      {run.refused > 0 && (
        <p className="feed-none">
          <CsvButton
            name={`同步 #${run.no} 没收进来的行`}
            disabled={false}
            rows={(told) =>
              everyRow(
                (query) =>
                  api('GET /console/v1/feed-runs/:runId/faults', {
                    params,
                    query: { ...query, only: 'open' },
                  }),
                told,
              )
            }
            text={faultsCsv}
          />
        </p>
      )}
      <FaultList runId={run.id} />
    </WorkPanel>
  )
}

/** Runs belong to sources, not to the store that is looked at. */
const asked = ({ source, only, page, limit }: RunFilters & { page: number; limit: number }) => ({
  page,
  limit,
  ...(source ? { source } : {}),
  ...(only ? { only } : {}),
})

/** 同步记录: every full list and every day of events, what became of its rows, and why some were not taken in. */
export default function RunsPage() {
  const now = useNow()
  const [open, setOpen] = useState<string>()
  const { result, filters, change, page } = usePagedList({
    name: 'feed-runs',
    size: pageSize,
    parse: runFilters,
    fetch: (query) => api('GET /console/v1/feed-runs', { query: asked(query) }),
    refetchSeconds: 5,
  })
  const current = result.data?.items.find(({ id }) => id === open)
  const clear = () => change({ source: undefined, only: undefined })
  return (
    <div className="list-page">
      <PageHead title="同步记录" note="每份全量一条，每天的增量一条" />
      <div className="desk-room">
        <section className="card list-card desk-room-list">
          <FeedTabs />
          <CountTabs
            label="看哪些"
            tabs={[
              { key: 'all', label: '全部', count: undefined, change: { only: undefined }, on: !filters.only },
              {
                key: 'refused',
                label: '有没收进来的',
                count: undefined,
                change: { only: 'refused' },
                on: filters.only === 'refused',
              },
            ]}
          />
          <DataTable<Run>
            label="同步记录"
            result={result}
            columns={columnsFor(now).filter(({ key }) => !current || (key !== 'tally' && key !== 'at'))}
            rowKey={(run) => run.id}
            rowLabel={(run) => `#${run.no} ${aboutWords(run)}`}
            open={(run) => setOpen(run.id)}
            current={open}
            page={page}
            empty={
              filters.only || filters.source ? (
                <NoMatch title="没有这样的同步" text="全收进来了，或换个来源看。">
                  <Button type="primary" onClick={clear}>
                    全清
                  </Button>
                </NoMatch>
              ) : (
                <EmptyState title="还没同步过" text="来源报了数据，或上传了文件，这里就有一条。" />
              )
            }
          />
        </section>
        {current && <Detail run={current} close={() => setOpen(undefined)} />}
      </div>
    </div>
  )
}
