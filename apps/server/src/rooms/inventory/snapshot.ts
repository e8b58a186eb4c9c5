import type { Ctx } from '#kernel/ctx'
import { type Look, lookAt } from '#kernel/following'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import type { LevelKey } from './level.ts'
import { type FreeLevel, readAll, readChanged, readOne, readStore } from './snapshot.sql.ts'

const EVERY_MS = 1000
/** Looks even where the ledger is empty. */
const BEFORE_ALL = -1

/** What shoppers are shown: at most about a second old, never used to decide a sale. */
export interface Snapshot {
  available(storeId: string, skuId: string): number
  /** Grows whenever something shown of this store changed. */
  version(storeId: string): number
  /** When the snapshot last agreed with the database. */
  asOf(): Date
  /** Reads what changed. Whoever awaits sees every change committed before the call. */
  refresh(): Promise<void>
  refreshOne(key: LevelKey): Promise<void>
  stop(): Promise<void>
}

/**
 * Where to read the ledger from. Entries become visible out of order (an id is drawn before its transaction commits), so the floor rises to an
 * earlier look's last entry only when every transaction that was under way at that look has ended: nothing is skipped, and no delay is guessed.
 *
 * Not one of those who follow a book (kernel/following), though it looks as they do: every process reads for its own memory, which ends with it, so there
 * is no cursor to keep and nobody to lock out; and what shoppers are shown is read as soon as it can be seen, again and again until nothing can be late.
 */
export function ledgerFloor(first: Look): {
  floor(): number
  settled(): boolean
  looked(now: Look): void
} {
  let floor = first.top
  let mark = first
  let settled = false
  return {
    floor: () => floor,
    /** Has everything ended that was under way at the first look? Until then an entry below the floor may still appear. */
    settled: () => settled,
    looked(now) {
      if (now.oldest < mark.fence) return
      settled = true
      floor = mark.top
      mark = now
    },
  }
}

/** What is known of every store's levels, and how often that changed. */
function createBook() {
  const stores = new Map<string, Map<string, number>>()
  const versions = new Map<string, number>()
  return {
    available: (storeId: string, skuId: string): number => stores.get(storeId)?.get(skuId) ?? 0,
    version: (storeId: string): number => versions.get(storeId) ?? 0,
    note(levels: readonly FreeLevel[]): void {
      const touched = new Set<string>()
      for (const { storeId, skuId, free } of levels) {
        const store = stores.get(storeId) ?? new Map<string, number>()
        stores.set(storeId, store)
        const available = Math.max(0, free)
        if (store.get(skuId) === available) continue
        store.set(skuId, available)
        touched.add(storeId)
      }
      for (const storeId of touched) versions.set(storeId, (versions.get(storeId) ?? 0) + 1)
    },
  }
}

/** Does `work` about every second until stopped; `stop` waits for the one under way. */
function everySecond(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const next = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      running = work().then(next)
    }, EVERY_MS)
    timer.unref()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
    return running
  }
}

export async function createSnapshot({ db, clock, listener, log }: Ctx): Promise<Snapshot> {
  const book = createBook()
  let asOf = clock.now()
  let ledger: ReturnType<typeof ledgerFloor>

  async function reload(): Promise<void> {
    const look = await lookAt(db, 'stock_ledger', BEFORE_ALL)
    book.note(await readAll(db))
    if (!look) throw new Error('a look from before the beginning sees something')
    ledger = ledgerFloor(look)
    asOf = clock.now()
  }
  const refresh = oneAtATime(async () => {
    const at = clock.now()
    const wasSettled = ledger.settled()
    const look = await lookAt(db, 'stock_ledger', wasSettled ? ledger.floor() : BEFORE_ALL)
    if (look) {
      book.note(await readChanged(db, ledger.floor()))
      ledger.looked(look)
      if (!wasSettled && ledger.settled()) book.note(await readAll(db))
    }
    asOf = at
  })
  const refreshOne = async (key: LevelKey): Promise<void> => book.note(await readOne(db, key))
  const complain = (error: unknown) => log.warn({ err: error }, 'stock could not be read again')

  // Safety stock is no entry in the ledger: the table itself says when it changed. A star: many levels of the store at once.
  const readAgain = untilFresh(oneAtATime(reload), complain)
  await listener.on('stock', (payload) => {
    const [storeId = '', skuId = ''] = payload.split(' ')
    const told = skuId === '*' ? readStore(db, storeId).then(book.note) : refreshOne({ storeId, skuId })
    told.catch((error: unknown) => {
      complain(error)
      readAgain()
    })
  })
  listener.onReconnect(readAgain)
  await reload()
  const stop = everySecond(() => refresh().catch(complain))
  return { ...book, asOf: () => asOf, refresh, refreshOne, stop }
}
