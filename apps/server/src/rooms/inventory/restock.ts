import type { consoleStockWatchRoutes } from '@linli/contract/console-stock-watch'
import type { restockRoutes } from '@linli/contract/restock'
import type { Input, Output } from '@linli/contract'
import type { MemberActor, StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import { inRounds } from '#kernel/turns'
import type { Messages, Notice } from '#room/messages'
import type { Stores } from '#room/stores'
import type { LevelKey } from './level.ts'
import { inStock, levelMissing, noticesFull } from './problems.ts'
import * as sql from './restock.sql.ts'
import type { StockRoom } from './room.ts'

type Waits = (typeof consoleStockWatchRoutes)['GET /console/v1/restock-waits']

/** Remembers that a member waits for this SKU in this store. Asking twice is asking once. */
export async function askForNotice(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { memberId }: MemberActor,
  key: LevelKey,
): Promise<null> {
  await inTx(db, async (tx) => {
    await sql.lockWishes(tx, memberId)
    const free = await sql.freeNow(tx, key)
    if (free === undefined) refuse(levelMissing)
    if (free > 0) refuse(inStock, { available: free })
    if (!(await sql.insertNotice(tx, memberId, key, clock.now()))) refuse(noticesFull)
  })
  return null
}

/** No longer waits; saying so twice changes nothing. */
export async function dropNotice(
  { db }: Pick<Ctx, 'db'>,
  { memberId }: MemberActor,
  key: LevelKey,
): Promise<null> {
  await inTx(db, (tx) => sql.deleteNotice(tx, memberId, key))
  return null
}

export async function listNotices(
  { db }: Pick<Ctx, 'db'>,
  { memberId }: MemberActor,
): Promise<Output<(typeof restockRoutes)['GET /v1/restock-notices']>> {
  const rows = await sql.listNotices(db, memberId)
  return {
    items: rows.map(({ askedAt, dueAt, ...row }) => ({
      ...row,
      askedAt: askedAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
    })),
  }
}

/** What shoppers wait for in the reader's stores, most wanted first. Never who. */
export async function listWaits(
  { ctx: { db }, staff }: StockRoom,
  actor: StaffActor,
  { storeId, page = 1, limit = 20 }: NonNullable<Input<Waits>['query']>,
): Promise<Output<Waits>> {
  if (storeId) staff.requireScope(actor, storeId)
  const storeIds = storeId ? [storeId] : staff.scopeOf(actor)
  const [rows, total] = await Promise.all([
    sql.listWaits(db, storeIds, { limit, offset: (page - 1) * limit }),
    sql.countWaits(db, storeIds),
  ])
  return { items: rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() })), total }
}

const KEPT_SECONDS = 14 * 86_400

/** One wish is told of once; who asks anew is told anew. */
const noticeOf = (
  { memberId, storeId, skuId, askedAt, productId, name }: sql.DueWish,
  store: string,
  at: Date,
): Notice => ({
  memberId,
  kind: 'stock.back',
  ref: `${memberId} ${storeId} ${skuId} ${askedAt.toISOString()}`,
  at,
  fields: { goods: name, store },
  pageId: productId,
})

/** Marks wishes whose goods have returned, each once, tells who waited in the same transaction, and forgets them two weeks later. */
export const restockSweep = (
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { stores, messages }: { stores: Pick<Stores, 'find'>; messages: Pick<Messages, 'tell'> },
): Sweep => ({
  name: 'inventory.restock',
  seconds: 30,
  async run() {
    const now = clock.now()
    await inRounds(() =>
      inTx(db, async (tx) => {
        const due = await sql.markDue(tx, now)
        await messages.tell(
          tx,
          due.map((wish) => noticeOf(wish, stores.find(wish.storeId)?.name ?? wish.storeId, now)),
        )
        return due.length > 0
      }),
    )
    await inTx(db, (tx) => sql.dropDueBefore(tx, secondsAfter(now, -KEPT_SECONDS)))
  },
})
