import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { tell } from '#kernel/listen'
import { oneAtATime, untilFresh } from '#kernel/refresh'
import { lockLevels } from './booking.sql.ts'
import * as sql from './doubt.sql.ts'

/** What is kept back of stock whose counts are old. */
export interface DoubtTerms {
  widen: 'pieces' | 'percent' | 'days'
  widenBy: number
  /** Goods that sell as many pieces a day stop where the stock is very old. */
  fastPerDay: number
}
export type Standing = sql.DoubtRow['standing']

/** Stores whose stock nobody is sure of, and what is kept back there meanwhile. */
export interface Doubts {
  /** In this process's memory; the table says when it changed. */
  of(storeId: string): sql.DoubtRow | undefined
  list(): readonly sql.DoubtRow[]
  /** How many SKUs of a store have something kept back. */
  buffered(): Promise<ReadonlyMap<string, number>>
  /** Doubts a store's counts, or goes on doubting them: works out anew what is kept back. */
  doubt(storeId: string, standing: Standing, toldAt: Date, terms: DoubtTerms): Promise<void>
  /** The counts are new again: nothing is kept back any more. */
  trust(storeId: string): Promise<void>
}

const PACE_DAYS = 14
const DAY_MS = 86_400_000
const PAGE = 300
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * How many pieces are kept back: by the chain's rule, and everything that was counted of goods which sell fast when the counts are very old. What
 * arrives after that is known and may be sold.
 */
export function bufferOf(
  { widen, widenBy, fastPerDay }: DoubtTerms,
  standing: Standing,
  { onHand, perDay }: { onHand: number; perDay: number },
): number {
  if (standing === 'stopped' && perDay >= fastPerDay) return onHand
  switch (widen) {
    case 'pieces':
      return widenBy
    case 'percent':
      return Math.ceil((onHand * widenBy) / 100)
    case 'days':
      return Math.ceil(perDay * widenBy)
  }
}

export async function createDoubts({ db, clock, listener, log }: Ctx): Promise<Doubts> {
  let known = new Map<string, sql.DoubtRow>()
  const reload = oneAtATime(async () => {
    known = new Map((await sql.listDoubts(db)).map((row) => [row.storeId, row]))
  })
  const again = untilFresh(reload, (error) => log.error({ err: error }, 'doubts could not be read again'))
  await listener.on('stock_doubt', again)
  listener.onReconnect(again)
  await reload()

  /** Page after page, each a short transaction, so that selling goes on. */
  async function keepBack(storeId: string, wanted: (pace: sql.Pace) => number): Promise<void> {
    const since = secondsAfter(clock.now(), -PACE_DAYS * (DAY_MS / 1000))
    for (let after = FIRST; ;) {
      const page = await sql.listPaces(db, storeId, { after, limit: PAGE, since })
      const changed = page.flatMap((pace) =>
        wanted(pace) === pace.buffer ? [] : [{ ...pace, buffer: wanted(pace) }],
      )
      if (changed.length > 0)
        await inTx(db, async (tx) => {
          await lockLevels(tx, changed)
          await sql.setBuffers(tx, changed)
          await tell(tx, 'stock', `${storeId} *`)
        })
      const last = page.at(-1)
      if (!last) return
      after = last.skuId
    }
  }
  async function daysOfTrade(storeId: string): Promise<number> {
    const first = await sql.firstEntry(db, storeId)
    const age = first === null ? 0 : (clock.now().getTime() - first.getTime()) / DAY_MS
    return Math.min(PACE_DAYS, Math.max(1, Math.ceil(age)))
  }

  return {
    of: (storeId) => known.get(storeId),
    list: () => [...known.values()],
    buffered: async () =>
      new Map((await sql.countBuffered(db)).map(({ storeId, count }) => [storeId, count])),
    async doubt(storeId, standing, toldAt, terms) {
      await inTx(db, (tx) => sql.putDoubt(tx, { storeId, standing, toldAt, at: clock.now() }))
      await reload()
      const days = await daysOfTrade(storeId)
      await keepBack(storeId, ({ onHand, sold }) =>
        bufferOf(terms, standing, { onHand, perDay: sold / days }),
      )
    },
    async trust(storeId) {
      await keepBack(storeId, () => 0)
      await inTx(db, (tx) => sql.dropDoubt(tx, storeId))
      await reload()
    },
  }
}
