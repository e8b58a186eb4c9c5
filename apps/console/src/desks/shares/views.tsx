import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Pagination } from 'antd'

import { api } from '../../api.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { everyRow } from '../../ui/csv.ts'
import { formatFen } from '../../ui/fen.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import {
  type Answer,
  figuresCsv,
  keptFen,
  rateWords,
  type Row,
  sharesCsv,
  type View,
  viewWords,
} from './model.ts'
import { GroupTable, ShareTable } from './tables.tsx'

export interface Span {
  from: string
  to: string
  storeId?: string
}
const PAGE = 50

/** The sums of a span. */
export const Totals = ({ total }: Pick<Answer, 'total'>) => (
  <dl className="share-figures">
    {[
      ['打开', String(total.opens), `会员 ${total.members}`],
      ['新会员', String(total.joined), '打开后才加入'],
      ['订单', String(total.orders), `打开的 ${rateWords(total.orders, total.opens)}`],
      ['付款', formatFen(total.paidFen), `退回 ${formatFen(total.backFen)}`],
      ['留下', formatFen(keptFen(total)), '付款减退回'],
      ['新的分享', String(total.shares), '这些天第一次分享的'],
    ].map(([word, figure, note]) => (
      <div key={word}>
        <dt>{word}</dt>
        <dd>{figure}</dd>
        <small>{note}</small>
      </div>
    ))}
  </dl>
)

const Empty = () => (
  <EmptyState
    title="这些天没有人分享"
    text="顾客在商品页点「分享」，发给朋友或存海报；朋友打开了，马上记在这里。"
  />
)

/** Sums by day, subject or sharer. */
export const Grouped = ({ view, span }: { view: Exclude<View, 'each'>; span: Span }) => {
  const { change } = useUrlFilters()
  const result = useQuery({
    queryKey: ['share-figures', view, span],
    queryFn: () => api('GET /console/v1/share-figures', { query: { ...span, by: view } }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  if (result.isPending) return <Bones lines={8} />
  if (result.isError)
    return <ErrorState title="分享没取回来" error={result.error} retry={() => void result.refetch()} />
  const { items, total } = result.data
  if (items.length === 0) return <Empty />
  const rows = view === 'day' ? items.toReversed() : items
  const only = (row: Row) =>
    change({
      view: 'each',
      kind: row.subject?.kind,
      subject: row.subject?.id,
      member: row.sharer?.id,
    })
  return (
    <>
      <Totals total={total} />
      <GroupTable rows={rows} first={viewWords[view].slice(1)} open={only} />
      <div className="share-foot">
        {items.length === 200 && <span className="quiet small">只列订单最多的 200 行，合计是全部的</span>}
        <CsvButton
          name={`分享 ${viewWords[view]} ${span.from} ${span.to}`}
          rows={() => Promise.resolve({ rows, total: rows.length })}
          text={figuresCsv}
        />
      </div>
    </>
  )
}

/** Every share of a span, or those of one thing or one sharer. */
export const Each = ({
  span,
  opened,
  open,
}: {
  span: Span
  opened: string | undefined
  open: (id: string) => void
}) => {
  const { params, change } = useUrlFilters()
  const page = pageOf(params)
  const [kind, subjectId, memberId] = [params.get('kind'), params.get('subject'), params.get('member')]
  const asked = {
    ...span,
    ...(kind ? { kind } : {}),
    ...(subjectId ? { subjectId } : {}),
    ...(memberId ? { memberId } : {}),
  }
  const result = useQuery({
    queryKey: ['shares', asked, page],
    queryFn: () => api('GET /console/v1/shares', { query: { ...asked, page, limit: PAGE } }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  if (result.isPending) return <Bones lines={8} />
  if (result.isError)
    return <ErrorState title="分享没取回来" error={result.error} retry={() => void result.refetch()} />
  const { items, total } = result.data
  const filtered = kind !== null || memberId !== null
  return (
    <>
      {filtered && (
        <p className="share-filter">
          {memberId ? '只看一位分享人的' : '只看一样东西的'}
          <button
            type="button"
            className="bare go"
            onClick={() => change({ kind: undefined, subject: undefined, member: undefined })}
          >
            看全部
          </button>
        </p>
      )}
      {items.length === 0 ? <Empty /> : <ShareTable rows={items} opened={opened} open={open} />}
      <div className="share-foot">
        {total > PAGE && (
          <Pagination
            size="small"
            current={page}
            pageSize={PAGE}
            total={total}
            showSizeChanger={false}
            onChange={(to) => change({ page: String(to) })}
          />
        )}
        <CsvButton
          name={`分享 逐条 ${span.from} ${span.to}`}
          disabled={total === 0}
          rows={(exporting) =>
            everyRow((part) => api('GET /console/v1/shares', { query: { ...asked, ...part } }), exporting)
          }
          text={sharesCsv}
        />
      </div>
    </>
  )
}
