import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { ScrollText } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { businessDay, when } from '../../ui/time.ts'
import { monthBeside } from '../promoters/model.ts'
import { movesOf, ownerWords, type Posting, postingNote, reasonWords } from './model.ts'

const Line = ({ row }: { row: Posting }) => {
  const now = useNow()
  return (
    <li className="commission-row">
      <span>
        <b>{reasonWords(row)}</b>
        <small className="quiet">{[when(row.at, now), postingNote(row)].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="num">
        {movesOf(row).map(({ name, fen }) => (
          <small key={name} className={fen < 0 ? 'guide-back' : undefined}>
            {`${name} ${fen > 0 ? '+' : ''}${formatFen(fen)}`}
          </small>
        ))}
      </span>
    </li>
  )
}

/** The ledger of one account, and its statement of a month as its owner reads it. */
export const AccountPanel = ({ accountId, close }: { accountId: string; close: () => void }) => {
  const [view, setView] = useState<'book' | 'statement'>('book')
  const book = useInfiniteQuery({
    queryKey: ['commission-book', accountId],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/commission-accounts/:accountId/postings', {
        params: { accountId },
        query: pageParam ? { cursor: pageParam } : {},
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const [first] = book.data?.pages ?? []
  const rows = book.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <SidePanel
      title={first ? ownerWords(first.owner) : '佣金账'}
      icon={ScrollText}
      note={first ? `可提现 ${formatFen(first.sums.availableFen)}` : ''}
      close={close}
    >
      <Segmented
        className="commission-views"
        value={view}
        options={[
          { value: 'book', label: '账本' },
          { value: 'statement', label: '月对账单' },
        ]}
        onChange={setView}
      />
      {view === 'statement' && <Statement accountId={accountId} />}
      {view === 'book' && (
        <>
          {book.isPending && <Bones lines={6} />}
          {book.isError && (
            <ErrorState title="账本没取回来" error={book.error} retry={() => void book.refetch()} />
          )}
          {book.data && rows.length === 0 && (
            <EmptyState title="账上还没有一笔" text="绑定的顾客付款后，这里就有了。" />
          )}
          <ul className="commission-rows">
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
          {book.hasNextPage && (
            <Button size="small" loading={book.isFetchingNextPage} onClick={() => void book.fetchNextPage()}>
              更早的
            </Button>
          )}
        </>
      )}
    </SidePanel>
  )
}

const Statement = ({ accountId }: { accountId: string }) => {
  const thisMonth = businessDay(useNow()).slice(0, 7)
  const [month, setMonth] = useState(thisMonth)
  const answer = useQuery({
    queryKey: ['commission-statement', accountId, month],
    queryFn: () =>
      api('GET /console/v1/commission-accounts/:accountId/statements/:month', {
        params: { accountId, month },
      }),
  })
  const statement = answer.data?.statement
  return (
    <>
      <div className="commission-months">
        <Button size="small" onClick={() => setMonth(monthBeside(month, -1))}>
          上个月
        </Button>
        <b>{month}</b>
        <Button size="small" disabled={month >= thisMonth} onClick={() => setMonth(monthBeside(month, 1))}>
          下个月
        </Button>
      </div>
      {answer.isPending && <Bones lines={5} />}
      {answer.isError && (
        <ErrorState title="对账单没取回来" error={answer.error} retry={() => void answer.refetch()} />
      )}
      {statement && (
        <>
          <dl className="commission-sums">
            <dt>月初应付</dt>
            <dd>{formatFen(statement.openingFen)}</dd>
            <dt>本月可提现</dt>
            <dd>{formatFen(statement.earnedFen)}</dd>
            <dt>退款扣回</dt>
            <dd>{formatFen(statement.takenBackFen)}</dd>
            <dt>已付（含代扣）</dt>
            <dd>{formatFen(-statement.paidFen)}</dd>
            <dt>月末应付</dt>
            <dd className="strong">{formatFen(statement.closingFen)}</dd>
          </dl>
          <ul className="commission-rows">
            {statement.items.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
          {!statement.isWhole && <p className="quiet small">明细只显示最早的 500 笔，合计是全的。</p>}
        </>
      )}
    </>
  )
}
