import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Ask, CountLine, Post } from './count-parts.tsx'
import { useDocument } from './document-drawer.tsx'
import { stateOf, type DocumentLine, type StockDocument } from './document-model.ts'
import type { Level } from './model.ts'
import { Scan } from './scan.tsx'
import './stock.css'
import './documents.css'

const useCounting = (documentId: string) => {
  const queries = useQueryClient()
  const keep = (now: StockDocument) => queries.setQueryData(['stock-document', documentId], now)
  const put = useMutation({
    mutationFn: ({ skuId, counted }: { skuId: string; counted: number }) =>
      api('PUT /console/v1/stock-documents/:documentId/counts/:skuId', {
        params: { documentId, skuId },
        body: { counted },
      }),
    onSuccess: keep,
  })
  const drop = useMutation({
    mutationFn: (skuId: string) =>
      api('DELETE /console/v1/stock-documents/:documentId/counts/:skuId', { params: { documentId, skuId } }),
    onSuccess: keep,
  })
  return { put, drop }
}

const useProgress = (storeId: string) => {
  const { data } = useQuery({
    queryKey: ['stock-total', storeId],
    queryFn: () => api('GET /console/v1/stock-levels', { query: { storeId, limit: 1 } }),
    staleTime: 300_000,
  })
  return data?.total
}

const Counting = ({ document }: { document: StockDocument }) => {
  const { put, drop } = useCounting(document.id)
  const { path } = useScope()
  const [asked, setAsked] = useState<Level>()
  const [view, setView] = useState<'count' | 'review'>('count')
  const [stale, setStale] = useState<ReadonlyMap<string, string>>(new Map())
  const all = useProgress(document.storeId)
  const open = document.state === 'COUNTING'
  const review = view === 'review' || !open
  const { word, tone } = stateOf(document)
  const recount = async (line: DocumentLine) => {
    const { items } = await api('GET /console/v1/stock-levels', {
      query: { storeId: document.storeId, q: line.barcode, limit: 1 },
    })
    setView('count')
    setAsked(items[0])
  }
  const shown = review ? document.items : document.items.toReversed()
  return (
    <div className="entry">
      <PageHead
        title={`盘点 ${document.no}`}
        back={{ to: path('/stock/counts'), label: '回盘点单' }}
        tags={<StateTag tone={tone}>{word}</StateTag>}
        note={`${document.storeId} · 数了 ${document.items.length}${all ? ` / ${all}` : ''} 种；没数到的不动`}
      >
        {open && (
          <Segmented
            value={view}
            options={[
              { value: 'count', label: '数' },
              { value: 'review', label: '看差异' },
            ]}
            onChange={setView}
          />
        )}
      </PageHead>
      <section className="card entry-main">
        {open && !review && !asked && (
          <Scan storeId={document.storeId} found={setAsked} placeholder="扫货架上的条码，或输名称回车" />
        )}
        {asked && !review && (
          <Ask
            key={asked.skuId}
            level={asked}
            before={document.items.find((line) => line.skuId === asked.skuId)}
            busy={put.isPending}
            say={(counted) =>
              put.mutate({ skuId: asked.skuId, counted }, { onSuccess: () => setAsked(undefined) })
            }
            skip={() => setAsked(undefined)}
          />
        )}
        <Refusal error={put.error ?? drop.error} />
        {document.items.length === 0 && (
          <EmptyState title="还没数第一格" text="账面数先不给看，免得照着填。数完点「看差异」再对。" />
        )}
        {document.items.length > 0 && (
          <table className="plain-table entry-lines">
            <thead>
              <tr>
                <th>商品</th>
                {review && <th className="num">当时账面</th>}
                <th className="num">数到</th>
                {review && <th className="num">差</th>}
                {review && <th className="num">现在在手 → 入账后</th>}
                <th>谁数的</th>
                <th aria-label="改" />
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <CountLine
                  key={line.skuId}
                  line={line}
                  review={review}
                  fault={stale.get(line.skuId)}
                  again={() => void recount(line)}
                  drop={open ? () => drop.mutate(line.skuId) : undefined}
                />
              ))}
            </tbody>
          </table>
        )}
        {open && review && <Post document={document} onStale={setStale} />}
      </section>
    </div>
  )
}

/** 盘点: scan, number, next; then the differences, then the ledger. */
export default function CountPage() {
  const { documentId = '' } = useParams()
  const { data, isPending, isError, error, refetch } = useDocument(documentId)
  if (isPending) return <Bones lines={8} />
  if (isError) return <ErrorState title="这次盘点没取回来" error={error} retry={() => void refetch()} />
  return <Counting document={data} />
}
