import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Tags } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { packWords, pageSize, readLines, type GoodsCode } from './model.ts'
import './feeds.css'

const columnsFor = (now: number): Column<GoodsCode>[] => [
  { key: 'code', title: '对方编码', width: 180, cell: (row) => <b className="clip">{row.code}</b> },
  {
    key: 'goods',
    title: '我们的商品',
    cell: (row) => (
      <span className="two-lines">
        <b className="clip">{row.name}</b>
        <small>
          {row.barcode} · {row.unit}
        </small>
      </span>
    ),
  },
  { key: 'pack', title: '单位', width: 190, cell: (row) => <span className="quiet">{packWords(row)}</span> },
  {
    key: 'by',
    title: '谁对的',
    width: 170,
    cell: (row) => (
      <span className="quiet nowrap">
        {whoWords(row.by)} · {when(row.at, now)}
      </span>
    ),
  },
]
const atOnce = 500

const PastePanel = ({ sourceCode, close }: { sourceCode: string; close: () => void }) => {
  const [text, setText] = useState('')
  const { lines, faults } = readLines(text)
  const queries = useQueryClient()
  const notice = useNotice()
  const save = useMutation({
    mutationFn: async () => {
      for (let from = 0; from < lines.length; from += atOnce)
        await api('PUT /console/v1/feed-sources/:sourceCode/goods', {
          params: { sourceCode },
          body: { items: lines.slice(from, from + atOnce) },
        })
    },
    onSuccess: async () => {
      notice.success(`对好了 ${lines.length} 行`)
      await queries.invalidateQueries({ queryKey: ['feed-goods'] })
      close()
    },
  })
  return (
    <SidePanel title="改商品对照" icon={Tags} close={close} note="还没保存">
      <form
        className="side-form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <div className="field field-wide">
          <label htmlFor="feed-paste">从表格里粘过来，一行一个</label>
          <Input.TextArea
            id="feed-paste"
            className="feed-paste"
            rows={14}
            value={text}
            placeholder={
              '对方编码\t我们的条码\t对方一个单位是我们几件\nA001\t6999911000015\nA002\t6999911000039\t12\nA003\t6999911000046\t1000/380'
            }
            onChange={(event) => setText(event.target.value)}
          />
          <p className="field-help">
            一箱 12 件写 12；对方按公斤、我们按 380 克一份，写
            1000/380；一样就不写。没有条码的行，去掉这个编码的对照。
          </p>
          {faults.slice(0, 3).map((fault) => (
            <p key={fault} className="field-fault">
              {fault}
            </p>
          ))}
        </div>
        <footer>
          <Refusal error={save.error} />
          <Button
            type="primary"
            size="large"
            block
            htmlType="submit"
            disabled={lines.length === 0 || faults.length > 0}
            loading={save.isPending}
          >
            {lines.length > 0 ? `保存 ${lines.length} 行` : '保存'}
          </Button>
        </footer>
      </form>
    </SidePanel>
  )
}

const words = (params: URLSearchParams): { q?: string } => {
  const q = params.get('q')?.trim()
  return q ? { q: q.slice(0, 40) } : {}
}

/** 商品对照: which of our goods the codes of a source mean, and how its units become our pieces. */
export default function FeedGoodsPage() {
  const { sourceCode = '' } = useParams()
  const { path } = useScope()
  const may = useMay('feeds.write')
  const now = useNow()
  const [open, setOpen] = useState(false)
  const { result, filters, change, page } = usePagedList({
    name: 'feed-goods',
    size: pageSize,
    parse: words,
    fetch: ({ q, page: at, limit }) =>
      api('GET /console/v1/feed-sources/:sourceCode/goods', {
        params: { sourceCode },
        query: { page: at, limit, ...(q ? { q } : {}) },
      }),
  })
  return (
    <div className="list-page">
      <PageHead
        title="商品对照"
        note={`来源 ${sourceCode}：它的编码是我们的哪个商品`}
        back={{ to: path('/feeds'), label: '回数据同步' }}
      >
        {may && (
          <Button type="primary" onClick={() => setOpen(true)}>
            改对照
          </Button>
        )}
      </PageHead>
      <div className="desk-room">
        <section className="card list-card desk-room-list">
          <div className="feed-search">
            <Input.Search
              allowClear
              aria-label="找编码、条码或商品"
              placeholder="编码、条码或商品名"
              defaultValue={filters.q ?? ''}
              onSearch={(q) => change({ q: q || undefined })}
            />
          </div>
          <DataTable<GoodsCode>
            label="商品对照"
            result={result}
            columns={columnsFor(now)}
            rowKey={(row) => row.code}
            rowLabel={(row) => `${row.code} 是 ${row.name}`}
            page={page}
            empty={
              <EmptyState
                title={filters.q ? '没有这样的编码' : '还没有对照'}
                text="编码就是条码的不用对。其余的从表格里粘过来，一次几百行都行。"
              />
            }
          />
        </section>
        {open && <PastePanel sourceCode={sourceCode} close={() => setOpen(false)} />}
      </div>
    </div>
  )
}
