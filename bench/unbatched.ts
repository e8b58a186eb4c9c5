// The very statements of the order desk as pgbench would send them: one order a transaction, a connection for each caller, each statement after
// the answer to the one before, no HTTP. What the desk saves.
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { DESK_OPTIONS } from '../apps/server/src/kernel/db.ts'
import { createDesk } from '../apps/server/src/kernel/desk.ts'
import { newId } from '../apps/server/src/kernel/id.ts'
import { campaignsDesk } from '../apps/server/src/rooms/campaigns/index.ts'
import { ralliesDesk } from '../apps/server/src/rooms/rallies/index.ts'
import { couponsDesk } from '../apps/server/src/rooms/coupons/index.ts'
import { fulfilmentDesk } from '../apps/server/src/rooms/fulfilment/desk.sql.ts'
import { inventoryDesk } from '../apps/server/src/rooms/inventory/desk.sql.ts'
import { ledgersDesk } from '../apps/server/src/rooms/ledgers/index.ts'
import type { Command, Place } from '../apps/server/src/rooms/orders/commands.ts'
import { orderWork } from '../apps/server/src/rooms/orders/desk.ts'
import { paymentsDesk } from '../apps/server/src/rooms/payments/desk.sql.ts'
import { staffDesk } from '../apps/server/src/rooms/staff/desk.sql.ts'
import { idOf, memberIds } from './data.ts'
import { say } from './measure.ts'

export interface UnbatchedPlan {
  callers: number
  seconds: number
  /** Undefined: there is nothing left to do. */
  next(): Command | undefined
}

const pick = <T>(from: readonly T[], turn: number): T => from[turn % from.length]!
let turn = 0

/** An order of one piece, of these goods and stores in turn; of a campaign, where one is given. */
export function placeNext({
  skuIds,
  storeIds,
  campaign = null,
}: {
  skuIds: readonly string[]
  storeIds: readonly string[]
  campaign?: Place['campaign']
}): Place {
  const at = turn++
  const key = randomBytes(12).toString('hex')
  const now = new Date()
  const skuId = pick(skuIds, at * 7)
  return {
    verb: 'place',
    orderId: newId(),
    no: randomBytes(8).toString('hex'),
    storeId: pick(storeIds, at),
    memberId: pick(memberIds, at),
    key,
    bodyHash: createHash('sha256').update(key).digest('hex'),
    slot: null,
    lines: [
      {
        skuId,
        productId: idOf('product:1'),
        name: '商品',
        unit: '份',
        barcode: '2900000000001',
        shelf: null,
        pictureId: null,
        quantity: 1,
        unitFen: 100,
        payFen: 100,
        pieceGrams: null,
        toleranceBp: null,
        components: null,
        discounts: [],
        earnedPoints: 0,
      },
    ],
    goodsFen: 100,
    discountFen: 0,
    freightFen: 0,
    totalFen: 100,
    couponIds: [],
    usedPoints: 0,
    stored: null,
    campaign,
    depositFen: null,
    pickup: null,
    remark: '',
    ifShort: 'refund',
    by: 'bench',
    at: now,
    expiresAt: new Date(now.getTime() + 900_000),
  }
}

/** Commands per second when each is a transaction of its own. */
export async function unbatched(
  databaseUrl: string,
  { callers, seconds, next }: UnbatchedPlan,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: callers, options: DESK_OPTIONS })
  const work = orderWork({
    inventory: { desk: inventoryDesk },
    campaigns: { desk: campaignsDesk },
    rallies: { desk: ralliesDesk },
    coupons: { desk: couponsDesk },
    ledgers: { desk: ledgersDesk },
    fulfilment: { desk: fulfilmentDesk },
    payments: { desk: paymentsDesk },
    staff: { desk: staffDesk },
  })
  const lanes = Array.from({ length: callers }, () => createDesk(pool, work, { maxBatch: 1 }))
  const warm = performance.now() + 1000
  const end = warm + seconds * 1000
  let count = 0
  let last = warm
  const caller = async (_: unknown, i: number) => {
    while (performance.now() < end) {
      const command = next()
      if (!command) return
      await pick(lanes, i).submit(command)
      const now = performance.now()
      if (now <= warm || now > end) continue
      count++
      last = now
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  await pool.end()
  const perSecond = Math.round((count * 1000) / Math.max(1, last - warm))
  say(`  unbatched: ${perSecond}/s`)
  return perSecond
}
