import type { Out } from '../../api.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { wasteWords } from './words.ts'

export type Level = Out<'GET /console/v1/stock-levels'>['items'][number]
export type Entry = Out<'GET /console/v1/stores/:storeId/stock-levels/:skuId/entries'>['items'][number]
type Reason = Entry['reason']

export const pageSize = 30

/** A level is one SKU in one store. */
export const keyOf = (level: Level): string => `${level.storeId}.${level.skuId}`

const onlyWords = { sold_out: '卖完', low: '偏少', reserved: '有预占', short: '欠货' } as const

export interface StockFilters {
  q?: string
  categoryId?: string
  only?: keyof typeof onlyWords
}

/** The accounts of a ledger, as the drawer narrows it to one. */
export const accountWords = { on_hand: '在手', reserved: '预占', locked: '活动锁' } as const
export type Account = keyof typeof accountWords

/** How each account is told apart where their lines stand together. */
export const accountTones = { 在手: 'plain', 预占: 'slate', 活动锁: 'amber' } as const

/** Which account the address asks for; undefined for all of them. */
export const accountOf = (params: URLSearchParams): Account | undefined => {
  const account = params.get('account')
  return account !== null && Object.hasOwn(accountWords, account) ? (account as Account) : undefined
}

/** Reads the list's filters out of the address; anything that cannot be a filter is left out. */
export const stockFilters = (params: URLSearchParams): StockFilters => {
  const filters: StockFilters = {}
  const q = params.get('q')?.trim().slice(0, 40)
  const categoryId = params.get('cat')
  const only = params.get('only')
  if (q) filters.q = q
  if (categoryId && /^[A-Za-z0-9_-]{1,20}$/.test(categoryId)) filters.categoryId = categoryId
  if (only && Object.hasOwn(onlyWords, only)) filters.only = only as keyof typeof onlyWords
  return filters
}

export const onlyChoices = Object.entries(onlyWords) as [keyof typeof onlyWords, string][]

/** What the sum says before it is cut off at zero: a shop may owe more than it holds. */
export const rawSellable = (
  level: Pick<Level, 'onHand' | 'reserved' | 'safety' | 'locked' | 'expired' | 'buffer'>,
): number => level.onHand - level.reserved - level.safety - level.locked - level.expired - level.buffer

/** The parts of what is on hand, in the order they are drawn; sellable is never drawn below zero. */
export const composition = (level: Level) =>
  [
    { part: 'reserved', word: '预占', count: level.reserved },
    {
      part: 'safety',
      word: '安全',
      count: Math.max(0, Math.min(level.safety, level.onHand - level.reserved)),
    },
    {
      part: 'locked',
      word: '活动锁',
      count: Math.max(0, Math.min(level.locked, level.onHand - level.reserved - level.safety)),
    },
    {
      part: 'expired',
      word: '过期停售',
      count: Math.max(
        0,
        Math.min(level.expired, level.onHand - level.reserved - level.safety - level.locked),
      ),
    },
    {
      part: 'buffer',
      word: '缓冲',
      count: Math.max(
        0,
        Math.min(level.buffer, level.onHand - level.reserved - level.safety - level.locked - level.expired),
      ),
    },
    { part: 'sellable', word: '可售', count: Math.max(0, rawSellable(level)) },
  ] as const

/** What each reason is called in the ledger. */
export const reasonWords: Record<Reason, string> = {
  OPENING: '期初',
  RESERVE: '预占',
  RELEASE: '释放预占',
  SHIP: '交接出库',
  POS_SALE: '收银卖出',
  RECEIVE: '收货',
  WASTE: '报损',
  ADJUST: '盘点调整',
  TRANSFER: '调拨',
  RETURN: '退货',
  SYNC: '数据同步',
  LOCK: '留给活动',
  UNLOCK: '活动放回',
}

/** The note of an entry in words: a write-off's note is its reason. */
export const noteWords = ({ reason, note }: Pick<Entry, 'reason' | 'note'>): string | null =>
  reason === 'WASTE' && note && Object.hasOwn(wasteWords, note)
    ? wasteWords[note as keyof typeof wasteWords]
    : note

/** One line of the ledger as drawn: which account moved, by how much, and what it was before and after. */
export interface EntryLine {
  account: '在手' | '预占' | '活动锁'
  tone: Tone
  delta: number
  /** Null: the ledger does not say. */
  before: number | null
  after: number | null
}

/** A ledger entry may move several accounts (a hand-over takes from two); each gets its own line, unless only one is asked for. */
export const entryLines = (entry: Entry, only?: Account): EntryLine[] => {
  const lines: EntryLine[] = []
  if (entry.onHandDelta !== 0 || (entry.reservedDelta === 0 && entry.lockedDelta === 0))
    lines.push({
      account: '在手',
      tone: 'over',
      delta: entry.onHandDelta,
      before: entry.onHandAfter - entry.onHandDelta,
      after: entry.onHandAfter,
    })
  if (entry.reservedDelta !== 0)
    lines.push({
      account: '预占',
      tone: 'waiting',
      delta: entry.reservedDelta,
      before: entry.reservedAfter - entry.reservedDelta,
      after: entry.reservedAfter,
    })
  if (entry.lockedDelta !== 0)
    lines.push({ account: '活动锁', tone: 'waiting', delta: entry.lockedDelta, before: null, after: null })
  return only ? lines.filter(({ account }) => account === accountWords[only]) : lines
}

/** `+3`, `−3`, `0`, with a minus as wide as a digit. */
export const signed = (count: number): string => (count > 0 ? `+${count}` : count < 0 ? `−${-count}` : '0')

/** Whether the newest entry (of one account, where one is asked for) leads to the level shown: the drawer says so under the ledger. */
export const ledgerAgrees = (level: Level, newest: Entry | undefined, only?: Account): boolean =>
  newest !== undefined &&
  (only === 'reserved' || newest.onHandAfter === level.onHand) &&
  (only === 'on_hand' || newest.reservedAfter === level.reserved)

export type AdjustReason = 'ADJUST' | 'RECEIVE' | 'RETURN'
export type AdjustMode = 'by' | 'to'

export interface Adjustment {
  reason: AdjustReason
  /** `to`: the number counted on the shelf. `by`: how many came or went. */
  mode: AdjustMode
  typed: string
  note: string
}

/** What an adjustment would do, or why it cannot be done. */
export const adjustOutcome = (
  level: Level,
  { mode, typed, note }: Adjustment,
): { delta: number; onHand: number; sellable: number; fault?: undefined } | { fault: string } => {
  const match = /^([+\-−]?)(\d{1,6})$/.exec(typed.trim())
  if (!match) return { fault: mode === 'to' ? '填数到的件数' : '填多了或少了几件，少用减号' }
  const count = Number(match[2]) * (match[1] === '-' || match[1] === '−' ? -1 : 1)
  const delta = mode === 'to' ? count - level.onHand : count
  const onHand = level.onHand + delta
  if (mode === 'to' && count < 0) return { fault: '数到的件数不会小于 0' }
  if (delta === 0) return { fault: '和现在一样，不用记' }
  if (Math.abs(delta) > 100_000) return { fault: '一次最多改 100,000 件' }
  if (delta < 0 && onHand < level.reserved)
    return { fault: `在手不能少于预占的 ${level.reserved} 件，先处理订单` }
  if (!note.trim()) return { fault: '写一句原因，会留在库存账里' }
  return { delta, onHand, sellable: Math.max(0, rawSellable({ ...level, onHand })) }
}
