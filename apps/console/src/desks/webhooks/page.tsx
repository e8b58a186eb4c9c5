import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, ErrorState, NoMatch, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { EndpointPanel } from './endpoint-panel.tsx'
import { MessagePanel } from './message-panel.tsx'
import {
  answerWords,
  kindWords,
  messageFilters,
  pageSize,
  standingOf,
  stateWords,
  topicWords,
  type Endpoint,
  type Message,
  type MessageFilters,
} from './model.ts'
import './webhooks.css'

interface EndpointsProps {
  items: readonly Endpoint[]
  /** Beside a panel only what tells them apart is shown. */
  narrow: boolean
  open: (endpoint: Endpoint) => void
}
const Endpoints = ({ items, narrow, open }: EndpointsProps) => {
  const may = useMay('partners.write')
  const queries = useQueryClient()
  const notice = useNotice()
  const again = useMutation({
    mutationFn: (endpointId: string) =>
      api('POST /console/v1/webhook-endpoints/:endpointId/replays', {
        params: { endpointId },
        body: { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() },
      }),
    onSuccess: async ({ messages }) => {
      notice.success(messages > 0 ? `${messages.toLocaleString('zh-CN')} 条排上重送了` : '近一天没有可重送的')
      await queries.invalidateQueries({ queryKey: ['webhook-messages'] })
    },
  })
  return (
    <section className="card webhook-endpoints">
      <Refusal error={again.error} />
      <table className="plain-table">
        <thead>
          <tr>
            <th>推送地址</th>
            {!narrow && <th>送什么</th>}
            {!narrow && <th>门店</th>}
            <th>状态</th>
            <th aria-label="操作" />
          </tr>
        </thead>
        <tbody>
          {items.map((endpoint) => {
            const { word, tone } = standingOf(endpoint)
            return (
              <tr key={endpoint.id}>
                <td>
                  <span className="two-lines">
                    <b className="clip">{endpoint.name}</b>
                    <small className="clip">{endpoint.url}</small>
                  </span>
                </td>
                {!narrow && (
                  <>
                    <td className="quiet">{endpoint.topics.map((topic) => topicWords[topic]).join('、')}</td>
                    <td className="quiet">{endpoint.storeIds?.join('、') ?? '全部门店'}</td>
                  </>
                )}
                <td>
                  <StateTag tone={tone}>{word}</StateTag>
                </td>
                <td className="webhook-acts">
                  {may && (
                    <>
                      <Popconfirm
                        title="重送近一天的消息？"
                        description="送到过的也再送一遍，编号不变，对方认得出是重的。"
                        okText="重送"
                        cancelText="不送"
                        onConfirm={() => again.mutate(endpoint.id)}
                      >
                        <Button size="small" loading={again.isPending && again.variables === endpoint.id}>
                          重送近一天的
                        </Button>
                      </Popconfirm>
                      <Button size="small" onClick={() => open(endpoint)}>
                        改
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const columnsFor = (now: number): Column<Message>[] => [
  { key: 'no', title: '编号', width: 84, cell: (message) => <b className="num">#{message.no}</b> },
  {
    key: 'state',
    title: '状态',
    width: 104,
    cell: ({ state }) => <StateTag tone={stateWords[state].tone}>{stateWords[state].word}</StateTag>,
  },
  {
    key: 'kind',
    title: '什么',
    cell: (message) => (
      <span className="two-lines">
        <b>{kindWords(message.kind)}</b>
        <small className="clip">{message.endpointName}</small>
      </span>
    ),
  },
  {
    key: 'answer',
    title: '最近一次',
    width: 168,
    cell: (message) => <span className="quiet">{answerWords(message)}</span>,
  },
  { key: 'tries', title: '送了几次', width: 92, align: 'right', cell: ({ tries }) => `${tries} 次` },
  {
    key: 'at',
    title: '发生在',
    width: 112,
    cell: ({ at }) => <span className="quiet nowrap">{when(at, now)}</span>,
  },
]
const asked = ({ endpointId, state, page, limit }: MessageFilters & { page: number; limit: number }) => ({
  page,
  limit,
  ...(endpointId ? { endpointId } : {}),
  ...(state ? { state } : {}),
})

/** 消息推送: which systems are told of orders, sales and stock, and what arrived. */
export default function WebhooksPage() {
  const may = useMay('partners.write')
  const now = useNow()
  const [editing, setEditing] = useState<Endpoint | 'new'>()
  const [open, setOpen] = useState<string>()
  const endpoints = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => api('GET /console/v1/webhook-endpoints'),
    refetchInterval: 15_000,
  })
  const { result, filters, change, page } = usePagedList({
    name: 'webhook-messages',
    size: pageSize,
    parse: messageFilters,
    fetch: (query) => api('GET /console/v1/webhook-messages', { query: asked(query) }),
    refetchSeconds: 5,
  })
  const current = result.data?.items.find(({ id }) => id === open)
  return (
    <div className="list-page">
      <PageHead title="消息推送" note="订单、成交和库存出入，一发生就送到对方的系统">
        {may && (
          <Button
            type="primary"
            onClick={() => {
              setOpen(undefined)
              setEditing('new')
            }}
          >
            新增推送地址
          </Button>
        )}
      </PageHead>
      <div className="desk-room">
        <div className="desk-room-list">
          {endpoints.isError && (
            <ErrorState
              title="推送地址没取回来"
              error={endpoints.error}
              retry={() => void endpoints.refetch()}
            />
          )}
          {endpoints.data && endpoints.data.items.length > 0 && (
            <Endpoints
              items={endpoints.data.items}
              narrow={(current ?? editing) !== undefined}
              open={(endpoint) => {
                setOpen(undefined)
                setEditing(endpoint)
              }}
            />
          )}
          {!endpoints.isError && (
            <section className="card list-card">
              <CountTabs
                label="看哪些消息"
                tabs={[
                  {
                    key: 'all',
                    label: '全部',
                    count: undefined,
                    change: { state: undefined },
                    on: !filters.state,
                  },
                  ...(['DUE', 'DEAD', 'SENT'] as const).map((state) => ({
                    key: state,
                    label: stateWords[state].word,
                    count: undefined,
                    change: { state },
                    on: filters.state === state,
                  })),
                ]}
              />
              <DataTable<Message>
                label="推送的消息"
                result={result}
                columns={columnsFor(now).filter(({ key }) => !(current ?? editing) || key !== 'tries')}
                rowKey={(message) => message.id}
                rowLabel={(message) => `#${message.no} ${kindWords(message.kind)}`}
                open={(message) => {
                  setEditing(undefined)
                  setOpen(message.id)
                }}
                current={open}
                page={page}
                empty={
                  filters.state ? (
                    <NoMatch title="没有这样的消息" text="换一个看。">
                      <Button type="primary" onClick={() => change({ state: undefined })}>
                        看全部
                      </Button>
                    </NoMatch>
                  ) : (
                    <EmptyState title="还没送过消息" text="新增推送地址以后发生的，才会送。" />
                  )
                }
              />
            </section>
          )}
        </div>
        {editing && (
          <EndpointPanel
            key={editing === 'new' ? 'new' : editing.id}
            {...(editing === 'new' ? {} : { endpoint: editing })}
            close={() => setEditing(undefined)}
          />
        )}
        {current && !editing && (
          <MessagePanel key={current.id} message={current} close={() => setOpen(undefined)} />
        )}
      </div>
    </div>
  )
}
