import type { StockLevel } from '@linli/contract/console-stock'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import { businessDay, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import type { LevelKey } from './level.ts'
import { show } from './levels.ts'
import { lockLevel } from './levels.sql.ts'
import { levelMissing } from './problems.ts'
import type { StockRoom } from './room.ts'
import * as sql from './safety.sql.ts'

const LOOK_BACK_DAYS = 28
const NOT_BEFORE = '03:00'
const FIRST: LevelKey = { storeId: '', skuId: '00000000-0000-0000-0000-000000000000' }

/** As many as `coverDays` days sell at the pace of late, rounded up, and never fewer than `least`. */
export const coverOf = ({ pieces, days }: sql.Sold, { least, coverDays }: sql.SafetyRule): number =>
  Math.max(least, Math.ceil((pieces * coverDays) / days))

const coverNow = async (db: Reader, key: LevelKey, rule: sql.SafetyRule, now: Date): Promise<number> =>
  coverOf(await sql.soldLately(db, key, { now, days: LOOK_BACK_DAYS }), rule)

export interface SafetyWish {
  safety: number
  coverDays?: number
  reason: string
}

/** Sets how many are kept back from sale, and why: a number, or as many as some days sell. */
export async function setSafety(
  room: StockRoom,
  call: AuditedCall,
  key: LevelKey,
  { safety: least, coverDays, reason }: SafetyWish,
): Promise<Static<typeof StockLevel>> {
  const { ctx, staff } = room
  staff.requireScope(call.actor, key.storeId)
  await inTx(ctx.db, async (tx) => {
    const level = (await lockLevel(tx, key)) ?? refuse(levelMissing)
    const before = await sql.findRule(tx, key)
    const at = ctx.clock.now()
    const rule = coverDays === undefined ? undefined : { least, coverDays }
    const safety = rule ? await coverNow(tx, key, rule, at) : least
    const same = before?.coverDays === coverDays && (before?.least ?? level.safety) === least
    if (same && level.safety === safety) return
    if (rule) await sql.putRule(tx, key, { ...rule, by: signature(call.actor), at })
    else await sql.dropRule(tx, key)
    if (level.safety !== safety) await sql.setSafety(tx, key, safety, at)
    await staff.audit(tx, call, {
      action: 'inventory.safety_set',
      subject: `sku:${key.skuId}`,
      storeId: key.storeId,
      before: { safety: level.safety, coverDays: before?.coverDays ?? null, least: before?.least ?? null },
      after: { safety, coverDays: coverDays ?? null, least: rule ? least : null, reason },
    })
  })
  return show(room, key)
}

/** Every night the safety stock that follows the sales is worked out anew. Doing it twice changes nothing. */
export function safetySweep({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Sweep {
  let doneOn = ''
  const follow = ({ least, coverDays, ...key }: LevelKey & sql.SafetyRule, now: Date): Promise<void> =>
    inTx(db, async (tx) => {
      const level = await lockLevel(tx, key)
      const safety = await coverNow(tx, key, { least, coverDays }, now)
      if (level && level.safety !== safety) await sql.setSafety(tx, key, safety, now)
    })
  return {
    name: 'inventory.safety',
    seconds: 1800,
    async run() {
      const now = clock.now()
      if (doneOn === businessDay(now) || timeOfDay(now) < NOT_BEFORE) return
      for (let after = FIRST; ;) {
        const page = await sql.listRuled(db, after)
        for (const rule of page) await follow(rule, now)
        const last = page.at(-1)
        if (!last) break
        after = last
      }
      doneOn = businessDay(now)
    },
  }
}
