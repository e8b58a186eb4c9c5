import { useInfiniteQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useEffect } from 'react'

import { api } from '../../api.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { whoWords } from '../../ui/who.ts'
import { useLastCheck } from './last-check.ts'
import {
  accountOf,
  accountTones,
  accountWords,
  entryLines,
  ledgerAgrees,
  noteWords,
  reasonWords,
  signed,
  type Account,
  type Entry,
  type Level,
} from './model.ts'

const perPage = 30

const EntryWords = ({ entry }: { entry: Entry }) => (
  <>
    <b className="entry-reason">
      {reasonWords[entry.reason]} <small className="quiet">{whoWords(entry.by)}</small>
    </b>
    <small className="entry-ref">{[entry.reference, noteWords(entry)].filter(Boolean).join(' · ')}</small>
  </>
)

// One entry may move several accounts: every line after the first says 同上.
const EntryRows = ({ entry, only }: { entry: Entry; only: Account | undefined }) => {
  const now = useNow()
  return (
    <>
      {entryLines(entry, only).map((line, index) => (
        <tr key={line.account}>
          <td className="quiet small nowrap">{index === 0 && when(entry.at, now, true)}</td>
          <td>{index === 0 ? <EntryWords entry={entry} /> : <small className="entry-ref">同上</small>}</td>
          <td>
            <Label tone={accountTones[line.account]}>{line.account}</Label>
          </td>
          <td className={`num strong ${line.delta > 0 ? 'up' : ''}`}>{signed(line.delta)}</td>
          <td className="num quiet">
            {line.after === null ? '—' : `${line.before} → `}
            <b className="strong entry-after">{line.after}</b>
          </td>
        </tr>
      ))}
    </>
  )
}

const EntryTable = ({ entries, only }: { entries: readonly Entry[]; only: Account | undefined }) => (
  <table className="plain-table">
    <thead>
      <tr>
        <th>时间</th>
        <th>原因</th>
        <th>账</th>
        <th className="num">变动</th>
        <th className="num">之前 → 之后</th>
      </tr>
    </thead>
    <tbody>
      {entries.map((entry) => (
        <EntryRows key={entry.id} entry={entry} only={only} />
      ))}
    </tbody>
  </table>
)

const useEntries = (level: Level, account: Account | undefined) => {
  const params = { storeId: level.storeId, skuId: level.skuId }
  const entries = useInfiniteQuery({
    queryKey: ['ledger', params, account],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', {
        params,
        query: { ...(account ? { account } : {}), page: pageParam, limit: perPage },
      }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (pages.length * perPage < last.total ? pages.length + 1 : undefined),
  })
  const { refetch } = entries
  // The list behind the drawer refreshes by itself; when it brings a new level, the ledger must explain it.
  useEffect(() => void refetch(), [level.onHand, level.reserved, level.locked, refetch])
  return entries
}

// Only said where it was so: a level that did not agree is on the page of checks, with a person at it.
const Checked = ({ level: { storeId, skuId } }: { level: Level }) => {
  const now = useNow()
  const last = useLastCheck()
  if (!last || last.faults.some((fault) => fault.storeId === storeId && fault.skuId === skuId)) return null
  return <> · {when(last.at, now)} 对过，流水合计 = 当时的数</>
}

/** Every change this SKU ever had in this store, newest first, and whether it leads to the level shown. */
export const Ledger = ({ level }: { level: Level }) => {
  const { params, change } = useUrlFilters()
  const account = accountOf(params)
  const entries = useEntries(level, account)
  const rows = entries.data?.pages.flatMap((page) => page.items) ?? []
  const total = entries.data?.pages[0]?.total ?? 0
  return (
    <section className="ledger">
      <header>
        <h3>
          库存账 <small>只追加，不修改</small>
        </h3>
        <Segmented<Account | 'all'>
          size="small"
          aria-label="看哪本账"
          value={account ?? 'all'}
          options={[
            { value: 'all', label: '全部' },
            { value: 'on_hand', label: accountWords.on_hand },
            { value: 'reserved', label: accountWords.reserved },
            { value: 'locked', label: accountWords.locked },
          ]}
          onChange={(wanted) =>
            change({ account: wanted === 'all' ? undefined : wanted, page: params.get('page') ?? undefined })
          }
        />
      </header>
      {entries.isPending && <Bones lines={6} />}
      {entries.isError && (
        <ErrorState title="库存账没取回来" error={entries.error} retry={() => void entries.refetch()} />
      )}
      {entries.data && rows.length === 0 && (
        <p className="card-empty quiet">
          {account ? `${accountWords[account]}还没有变动。` : '还没有变动。'}
        </p>
      )}
      {rows.length > 0 && <EntryTable entries={rows} only={account} />}
      {rows.length > 0 && (
        <footer>
          <span className="quiet small">
            {account === 'locked'
              ? `现在留给活动 ${level.locked} 件；这本账只记变动，每夜对一次合计`
              : ledgerAgrees(level, rows[0], account)
                ? '最近一笔之后 = 现在的数'
                : '账正在追上刚才的变动'}
            <Checked level={level} />
          </span>
          {entries.hasNextPage && (
            <button type="button" className="bare go small" onClick={() => void entries.fetchNextPage()}>
              更早 {total - rows.length} 条
            </button>
          )}
        </footer>
      )}
    </section>
  )
}
