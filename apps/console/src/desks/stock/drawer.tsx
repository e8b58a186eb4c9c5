import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { AdjustForm } from './adjust-form.tsx'
import {
  entryLines,
  ledgerAgrees,
  rawSellable,
  reasonWords,
  signed,
  type Entry,
  type Level,
} from './model.ts'
import { SafetyForm } from './safety-form.tsx'

const perPage = 30

const Sum = ({ level }: { level: Level }) => {
  const raw = rawSellable(level)
  return (
    <>
      <dl className="sum" aria-label="可售怎么来的">
        <Term word="在手" count={level.onHand} />
        <span aria-hidden="true">−</span>
        <Term word="预占" count={level.reserved} tone="navy" />
        <span aria-hidden="true">−</span>
        <Term word="安全" count={level.safety} tone="amber" />
        <span aria-hidden="true">−</span>
        <Term word="活动锁" count={level.locked} />
        <span aria-hidden="true">=</span>
        <Term word="可售" count={level.available} tone={level.available > 0 ? 'leaf' : 'red'} />
      </dl>
      {raw < 0 && (
        <p className="sum-note small">
          算出来是 {signed(raw)}，按 0 卖。
          {level.onHand < level.reserved
            ? '在手不够交已下的单，先去补货或退款。'
            : '安全库存把剩下的都留住了。'}
        </p>
      )}
    </>
  )
}

const Term = ({ word, count, tone = '' }: { word: string; count: number; tone?: string }) => (
  <div className={`term ${tone && `term-${tone}`}`}>
    <dd>{count}</dd>
    <dt>{word}</dt>
  </div>
)

const EntryRows = ({ entry }: { entry: Entry }) => {
  const now = useNow()
  return (
    <>
      {entryLines(entry).map((line, index) => (
        <tr key={line.account}>
          <td className="quiet small nowrap">{index === 0 && when(entry.at, now, true)}</td>
          <td>
            {index === 0 ? (
              <>
                <b className="entry-reason">{reasonWords[entry.reason]}</b>
                <small className="entry-ref">
                  {[entry.reference, entry.note, whoWords(entry.by)].filter(Boolean).join(' · ')}
                </small>
              </>
            ) : (
              <small className="entry-ref">同上</small>
            )}
          </td>
          <td>
            <Label tone={line.account === '预占' ? 'slate' : 'plain'}>{line.account}</Label>
          </td>
          <td className={`num strong ${line.delta > 0 ? 'up' : ''}`}>{signed(line.delta)}</td>
          <td className="num quiet">
            {line.before} → <b className="strong entry-after">{line.after}</b>
          </td>
        </tr>
      ))}
    </>
  )
}

/** One SKU in one store: the sum, the ways to change it, and every change it ever had. Pushes; never covers. */
export const StockDrawer = ({ level, close }: { level: Level; close: () => void }) => {
  const [editing, setEditing] = useState<'adjust' | 'safety'>()
  const mayAdjust = useMay('stock.adjust')
  const { path } = useScope()
  useKeys([{ keys: 'Escape', label: '关掉库存账', run: close }])
  useEffect(() => document.getElementById('stock-drawer')?.focus({ preventScroll: true }), [])
  return (
    <aside className="stock-drawer" id="stock-drawer" tabIndex={-1} aria-label={`${level.name} 库存账`}>
      <header>
        <Thumb src={level.picture?.s} size={44} />
        <div>
          <h2>
            <Link to={path(`/goods/${level.productId}`)}>{level.name}</Link>
          </h2>
          <p className="quiet small">
            {[level.storeId, level.barcode, level.shelf].filter(Boolean).join(' · ')}
          </p>
        </div>
        <button type="button" className="bare" onClick={close} aria-label="关掉">
          <X size={18} />
        </button>
      </header>
      <Sum level={level} />
      {mayAdjust && !editing && (
        <div className="drawer-actions">
          <Button type="primary" onClick={() => setEditing('adjust')}>
            调整在手
          </Button>
          <Button onClick={() => setEditing('safety')}>改安全库存</Button>
        </div>
      )}
      {editing === 'adjust' && <AdjustForm level={level} close={() => setEditing(undefined)} />}
      {editing === 'safety' && <SafetyForm level={level} close={() => setEditing(undefined)} />}
      <Ledger level={level} />
    </aside>
  )
}

const Ledger = ({ level }: { level: Level }) => {
  const params = { storeId: level.storeId, skuId: level.skuId }
  const entries = useInfiniteQuery({
    queryKey: ['ledger', params],
    queryFn: ({ pageParam }) =>
      api('GET /console/v1/stores/:storeId/stock-levels/:skuId/entries', {
        params,
        query: { page: pageParam, limit: perPage },
      }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (pages.length * perPage < last.total ? pages.length + 1 : undefined),
  })
  const { refetch } = entries
  // The list behind the drawer refreshes by itself; when it brings a new level, the ledger must explain it.
  useEffect(() => void refetch(), [level.onHand, level.reserved, refetch])
  const rows = entries.data?.pages.flatMap((page) => page.items) ?? []
  const total = entries.data?.pages[0]?.total ?? 0
  return (
    <section className="ledger">
      <h3>
        库存账 <small>只追加，不修改</small>
      </h3>
      {entries.isPending && <Bones lines={6} />}
      {entries.isError && (
        <ErrorState title="库存账没取回来" error={entries.error} retry={() => void refetch()} />
      )}
      {entries.data && rows.length === 0 && <p className="card-empty quiet">还没有变动。</p>}
      {rows.length > 0 && (
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
            {rows.map((entry) => (
              <EntryRows key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
      {entries.data && (
        <footer>
          <span className="quiet small">
            {ledgerAgrees(level, rows[0]) ? '最近一笔之后 = 现在的数' : '账正在追上刚才的变动'}
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
