import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { PickFilter } from '../../ui/pick-filter.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Bones, EmptyState, ErrorState, NoMatch } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { columns } from './columns.tsx'
import {
  chipsOf,
  choicesOf,
  fateWords,
  filtersOf,
  type Kind,
  kindWords,
  type Logged,
  pageSize,
  previewOf,
  type Template,
  type Templates,
  waysOf,
} from './model.ts'
import { TemplatePanel } from './template-panel.tsx'
import './messages.css'

const Row = ({ template, edit }: { template: Template; edit: (() => void) | undefined }) => (
  <tr className={template.enabled ? undefined : 'quiet'}>
    <td className="nowrap">
      <b>{template.name}</b> {template.marketing && <Label tone="amber">营销</Label>}
    </td>
    <td>{previewOf(template.title, template.fields)}</td>
    <td className="nowrap">{waysOf(template)}</td>
    <td className="num">{template.told.toLocaleString('en-US')}</td>
    <td className="num">{template.read.toLocaleString('en-US')}</td>
    <td className="num">{template.sent.toLocaleString('en-US')}</td>
    <td className="num">{template.skipped.toLocaleString('en-US')}</td>
    <td className={template.failed > 0 ? 'num messages-failed' : 'num'}>
      {template.failed.toLocaleString('en-US')}
    </td>
    <td className="nowrap">
      {edit && (
        <Button size="small" onClick={edit} aria-label={`改${template.name}`}>
          改
        </Button>
      )}
    </td>
  </tr>
)

const Kinds = ({ data, edit }: { data: Templates; edit: ((kind: Kind) => void) | undefined }) => {
  const { quiet, marketing, sms } = data
  return (
    <Card title="哪些消息" note="数字是最近 7 天的">
      <div className="messages-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>哪类</th>
              <th>标题</th>
              <th>发到哪</th>
              <th className="num">进站内</th>
              <th className="num">看过</th>
              <th className="num">发出去</th>
              <th className="num">没发</th>
              <th className="num">没发成</th>
              <th aria-label="操作" />
            </tr>
          </thead>
          <tbody>
            {data.items.map((template) => (
              <Row key={template.kind} template={template} edit={edit && (() => edit(template.kind))} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="messages-foot quiet small">
        夜里 {quiet.from} 到早上 {quiet.until} 不打扰，压到早上发（货备好除外）。营销要顾客自己同意，现在{' '}
        {marketing.agreed.toLocaleString('en-US')} 位同意，每位一天最多 {marketing.mostADay} 条、7 天最多{' '}
        {marketing.mostAWeek} 条。
        {sms.offered
          ? `短信每位一天最多 ${sms.mostADay} 条，${sms.agreed.toLocaleString('en-US')} 位开了。`
          : '短信没有接。'}
      </p>
    </Card>
  )
}

const Log = () => {
  const { result, filters, page, change } = usePagedList({
    name: 'messages',
    size: pageSize,
    parse: filtersOf,
    // Members are the chain's, so are their messages: the store that is looked at does not matter.
    fetch: ({ kind, fate, q, page: at, limit }) =>
      api('GET /console/v1/messages', {
        query: { page: at, limit, ...(kind && { kind }), ...(fate && { fate }), ...(q && { q }) },
      }),
    refetchSeconds: 30,
  })
  const tools = useListTools('messages', columns)
  const filtered = Object.keys(filters).length > 0
  return (
    <section className="card list-card">
      <FilterRow
        chips={chipsOf(filters)}
        onRemove={(key) => change({ [key]: undefined })}
        onClear={() => change({ kind: undefined, fate: undefined, q: undefined })}
        tools={tools}
      >
        {!filters.kind && (
          <PickFilter name="哪类" options={choicesOf(kindWords)} pick={(kind) => change({ kind })} />
        )}
        {!filters.fate && (
          <PickFilter name="结果" options={choicesOf(fateWords)} pick={(fate) => change({ fate })} />
        )}
        <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="手机尾号、名字" />
      </FilterRow>
      <DataTable<Logged>
        label="发过的消息"
        result={result}
        columns={tools.shown}
        dense={tools.look.dense}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${kindWords[row.kind]}，${row.title}`}
        page={page}
        empty={
          filtered ? (
            <NoMatch title="没有这样的消息" text="去掉一个条件再看。" />
          ) : (
            <EmptyState title="还没有消息" text="货备好、退款退回、等的货到了，顾客就会收到，都记在这里。" />
          )
        }
      />
    </section>
  )
}

/** 消息: what members are told, how it stands, and what became of each. */
export default function MessagesPage() {
  const mayWrite = useMay('messages.write')
  const [editing, setEditing] = useState<Kind>()
  const answer = useQuery({
    queryKey: ['message-templates'],
    queryFn: () => api('GET /console/v1/message-templates'),
    refetchInterval: 60_000,
  })
  const { data } = answer
  const template = data?.items.find(({ kind }) => kind === editing)
  return (
    <div className={template ? 'messages-page messages-page-open' : 'messages-page'}>
      <div>
        <PageHead title="消息" note="同一件事只告诉一次；没听到回话的不再发，怕发两遍" />
        <div className="messages-cards">
          {answer.isPending && <Bones lines={7} />}
          {answer.isError && (
            <ErrorState title="消息的开关没取回来" error={answer.error} retry={() => void answer.refetch()} />
          )}
          {data && <Kinds data={data} edit={mayWrite ? setEditing : undefined} />}
          <Log />
        </div>
      </div>
      {template && (
        <TemplatePanel
          key={template.kind}
          template={template}
          smsOffered={data?.sms.offered === true}
          close={() => setEditing(undefined)}
        />
      )}
    </div>
  )
}
