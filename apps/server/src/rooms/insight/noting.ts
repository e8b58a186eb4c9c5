import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader, type Tx } from '#kernel/db'
import { follow, type Follower, type Span } from '#kernel/following'
import { additions, type Purchase } from './purchases.ts'
import * as sql from './purchases.sql.ts'
import * as scratch from './scratch.sql.ts'

const AT_ONCE = 1000

/** Notes purchases as they are now and moves the sums by the difference; a purchase that is known and unchanged moves nothing. */
export async function note(tx: Tx, read: () => Promise<readonly Purchase[]>): Promise<void> {
  await sql.takeTurn(tx)
  const purchases = await read() // behind the lock: whoever held it has committed what we are about to read
  if (purchases.length === 0) return
  const noted = await sql.readNoted(
    tx,
    purchases.map(({ id }) => id),
  )
  await sql.putPurchases(tx, purchases)
  const { sales, skus, members } = additions(purchases, noted)
  await sql.addSales(tx, sales)
  if (skus.length > 0) await sql.addSkus(tx, skus)
  if (members.length > 0) await sql.addMembers(tx, members)
}

interface Books {
  name: 'orders' | 'tills'
  book: 'order_event' | 'till_event'
  of: 'orders' | 'till_sale'
  told(db: Reader, span: Span): Promise<string[]>
  read(db: Reader, ids: readonly string[]): Promise<Purchase[]>
}
const BOOKS: readonly Books[] = [
  { name: 'orders', book: 'order_event', of: 'orders', told: sql.ordersTold, read: sql.readOrders },
  { name: 'tills', book: 'till_event', of: 'till_sale', told: sql.tillSalesTold, read: sql.readTillSales },
]

/** Follows orders and tills: what they tell is a purchase, or changes one, within some seconds. */
export const followPurchases = (ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>): Follower[] =>
  BOOKS.map(({ name, book, told, read }) =>
    follow(ctx, {
      name: `insight.${name}`,
      book,
      cursors: 'insight_cursor',
      async take(tx, span) {
        const ids = await told(tx, span)
        if (ids.length > 0) await note(tx, () => read(tx, ids))
      },
    }),
  )

/** Notes all that the books say once more, and counts all sums anew, without stopping anybody. Says how many rows of sums had been wrong. */
export async function rebuild({ db }: Pick<Ctx, 'db'>): Promise<number> {
  for (const { of, read } of BOOKS) {
    let after: string | null = null
    do {
      const ids: string[] = await scratch.pageOf(db, of, after, AT_ONCE)
      if (ids.length > 0) await inTx(db, (tx) => note(tx, () => read(tx, ids)))
      after = ids.length === AT_ONCE ? (ids.at(-1) ?? null) : null
    } while (after !== null)
  }
  return inTx(db, async (tx) => {
    await sql.takeTurn(tx)
    let faults = 0
    for (const table of scratch.SUM_TABLES) {
      const wrong = await scratch.countFaults(tx, table)
      if (wrong > 0) await scratch.recount(tx, table)
      faults += wrong
    }
    return faults
  })
}
