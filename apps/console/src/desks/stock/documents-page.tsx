import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { DocumentDrawer } from './document-drawer.tsx'
import {
  aboutWords,
  kindPath,
  kindWords,
  piecesWord,
  stateOf,
  type DocumentRow,
  type Kind,
} from './document-model.ts'
import { StockTabs } from './tabs.tsx'
import './stock.css'
import './documents.css'

const words: Record<Kind, { note: string; button: string; empty: string; help: string }> = {
  RECEIVE: {
    note: '扫一箱记一行，收完一次入账',
    button: '收货',
    empty: '还没收过货',
    help: '点右上「收货」，扫条码，填件数和到期日，一次入账。',
  },
  WASTE: {
    note: '坏了、丢了、过期了，当场记',
    button: '报损',
    empty: '还没报过损',
    help: '点右上「报损」，扫条码，选原因。记错了可以整张冲回。',
  },
  COUNT: {
    note: '边卖边数：每一行按数的那一刻对账',
    button: '开始盘点',
    empty: '还没盘过点',
    help: '点右上「开始盘点」，一格一格扫、一格一格填，最后看差异再入账。',
  },
  TRANSFER: {
    note: '发出后在路上，收到才进对方的库存',
    button: '申请调拨',
    empty: '还没调过货',
    help: '点右上「申请调拨」，选从哪家店到哪家店。对方发货、你收货，各点一次。',
  },
}

const columnsFor = (kind: Kind, withStore: boolean, narrow: boolean, now: number): Column<DocumentRow>[] => [
  { key: 'no', title: '单号', width: 104, cell: (row) => <b className="doc-no">{row.no}</b> },
  {
    key: 'state',
    title: '状态',
    width: 104,
    bone: 'short',
    cell: (row) => {
      const { word, tone } = stateOf(row)
      return <StateTag tone={tone}>{word}</StateTag>
    },
  },
  ...(withStore && kind !== 'TRANSFER'
    ? [
        {
          key: 'store',
          title: '门店',
          width: 64,
          cell: (row: DocumentRow) => <span className="quiet">{row.storeId}</span>,
        },
      ]
    : []),
  {
    key: 'about',
    title: '说明',
    cell: (row) => <span className="clip quiet">{aboutWords(row) || '—'}</span>,
  },
  { key: 'lines', title: '种', width: 56, align: 'right', bone: 'short', cell: (row) => row.lines },
  {
    key: 'pieces',
    title: kind === 'COUNT' ? '差异' : '件',
    width: 72,
    align: 'right',
    bone: 'short',
    cell: (row) => <b>{piecesWord(row)}</b>,
  },
  ...(narrow
    ? []
    : [
        {
          key: 'by',
          title: '谁',
          width: 96,
          cell: (row: DocumentRow) => <span className="quiet">{whoWords(row.by)}</span>,
        },
      ]),
  {
    key: 'at',
    title: '时间',
    width: 116,
    cell: (row) => <span className="quiet nowrap">{when(row.at, now)}</span>,
  },
]

const StartCount = () => {
  const { storeId, go } = useScope()
  const start = useMutation({
    mutationFn: (store: string) =>
      api('POST /console/v1/stores/:storeId/counts', {
        params: { storeId: store },
        body: { idempotencyKey: crypto.randomUUID() },
      }),
    onSuccess: ({ id }) => go(`/stock/counts/${id}`),
  })
  return (
    <>
      <Refusal error={start.error} />
      <Button
        type="primary"
        icon={<Plus size={16} />}
        disabled={!storeId}
        loading={start.isPending}
        title={storeId ? undefined : '先在上面选一家店'}
        onClick={() => storeId && start.mutate(storeId)}
      >
        {storeId ? '开始盘点' : '先选门店再盘点'}
      </Button>
    </>
  )
}

const NewButton = ({ kind }: { kind: Kind }) => {
  const { go } = useScope()
  const may = useMay('stock.adjust')
  if (!may) return null
  return kind === 'COUNT' ? (
    <StartCount />
  ) : (
    <Button type="primary" icon={<Plus size={16} />} onClick={() => go(`${kindPath[kind]}/new`)}>
      {words[kind].button}
    </Button>
  )
}

/** 收货、盘点、调拨、报损: the documents of one kind, newest first, and one of them in a drawer that pushes. */
const DocumentsPage = ({ kind }: { kind: Kind }) => {
  const { storeId } = useScope()
  const now = useNow()
  const [openId, setOpenId] = useState<string>()
  const { result, page } = usePagedList({
    name: `stock-documents-${kind}`,
    size: 30,
    parse: () => ({ kind }),
    fetch: (query) => api('GET /console/v1/stock-documents', { query }),
    refetchSeconds: 30,
  })
  return (
    <div className={openId ? 'stock stock-open' : 'stock'}>
      <div className="stock-list list-page">
        <PageHead title={kindWords[kind]} note={words[kind].note}>
          <NewButton kind={kind} />
        </PageHead>
        <section className="card list-card">
          <StockTabs />
          <DataTable<DocumentRow>
            label={`${kindWords[kind]}单`}
            result={result}
            columns={columnsFor(kind, !storeId, openId !== undefined, now)}
            rowKey={(row) => row.id}
            rowLabel={(row) => row.no}
            open={(row) => setOpenId(row.id === openId ? undefined : row.id)}
            current={openId}
            page={page}
            empty={<EmptyState title={words[kind].empty} text={words[kind].help} />}
          />
        </section>
      </div>
      {openId && <DocumentDrawer key={openId} id={openId} close={() => setOpenId(undefined)} />}
    </div>
  )
}

export const Receipts = () => <DocumentsPage key="RECEIVE" kind="RECEIVE" />
export const Wastes = () => <DocumentsPage key="WASTE" kind="WASTE" />
export const Counts = () => <DocumentsPage key="COUNT" kind="COUNT" />
export const Transfers = () => <DocumentsPage key="TRANSFER" kind="TRANSFER" />
