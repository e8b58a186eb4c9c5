import { randomBytes } from 'node:crypto'
import { type MemberActor, signature, type StaffActor } from '#kernel/actor'
import { businessDay, secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { inRounds } from '#kernel/turns'
import type { AuditedCall } from '#room/staff'
import { raiseAlarm } from './alarms.sql.ts'
import { leftOf } from './claims.ts'
import type { Claiming } from './claiming.ts'
import * as sql from './codes.sql.ts'
import { batchMissing, codeLocked, codeUnknown, grantedOut, withoutCodes } from './problems.ts'
import type { TemplateDeps, Templates } from './templates.ts'
import { requireScope } from './templates.ts'
import type { ShownCoupon } from './wallet.ts'

/** No letters that look like others: 12 of them are 60 bits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12
const MADE_AT_ONCE = 2000
const REVEALED_AT_ONCE = 2000
const MISSES_AT_MOST = 10
const LOCK_SECONDS = 600

/** A random code as it is printed: `7KQ2-M4TD-90XA`. */
export const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')
/** What was typed, as codes are kept: people read O for 0, and I or L for 1. */
export const codeOf = (typed: string): string => wordOf(typed).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
/** And as words are. */
export const wordOf = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase()

/** Codes on paper and words: how they are made, and what saying one brings. */
export function createCodes(
  { db, clock, secrets }: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  { staff }: Pick<TemplateDeps, 'staff'>,
  {
    templates,
    claiming,
  }: { templates: Pick<Templates, 'find' | 'lockOpen'>; claiming: Pick<Claiming, 'get'> },
) {
  const hashOf = (code: string): Buffer => secrets.hash(`coupon-code:${code}`)
  const context = (batchId: string, n: number): string => `coupon_code:${batchId}:${n}`

  /** Counts a try before it is judged, so that tries made at the same moment see each other. */
  async function guess({ memberId }: MemberActor): Promise<void> {
    const at = clock.now()
    const { misses, since } = await inTx(db, (tx) =>
      sql.countGuess(tx, { memberId, at, from: secondsAfter(at, -LOCK_SECONDS) }),
    )
    if (misses <= MISSES_AT_MOST) return
    const alarm = { kind: 'codes_guessed', memberId, templateId: null, day: businessDay(at), at } as const
    await inTx(db, (tx) => raiseAlarm(tx, alarm))
    refuse(codeLocked, { until: secondsAfter(since, LOCK_SECONDS).toISOString() })
  }

  async function makeSome(): Promise<boolean> {
    return inTx(db, async (tx) => {
      const batch = await sql.lockUnmade(tx)
      if (!batch) return false
      const { id: batchId, made, count } = batch
      const codes = Array.from({ length: Math.min(MADE_AT_ONCE, count - made) }, (_, i) => {
        const [n, code] = [made + i + 1, newCode()]
        return { n, hash: hashOf(codeOf(code)), cipher: secrets.seal(code, context(batchId, n)) }
      })
      await sql.insertCodes(tx, { batchId, codes })
      return true
    })
  }

  return {
    /** The coupon that a code or a word stands for, or a refusal by name. Who guesses waits. */
    async say(
      actor: MemberActor,
      { code, idempotencyKey }: { code: string; idempotencyKey: string },
    ): Promise<ShownCoupon> {
      await guess(actor)
      const hash = hashOf(codeOf(code))
      const wanted = await sql.findWanted(db, { hash, word: wordOf(code) })
      if (!wanted) return refuse(codeUnknown)
      await inTx(db, (tx) => sql.forgiveGuess(tx, actor.memberId))
      const { templateId, way } = wanted
      return way === 'code'
        ? claiming.get(actor, {
            templateId,
            way,
            key: `code:${hash.toString('hex')}`,
            code: hash.toString('hex'),
          })
        : claiming.get(actor, { templateId, way, key: `word:${idempotencyKey}`, code: null })
    },

    async batches(actor: StaffActor, templateId: string): Promise<sql.BatchRow[]> {
      await templates.find(actor, templateId)
      return sql.listBatches(db, { templateId })
    },

    /** Has so many codes made; the same key again makes no more. */
    order: (
      call: AuditedCall,
      templateId: string,
      { idempotencyKey: key, count }: { idempotencyKey: string; count: number },
    ): Promise<sql.BatchRow> =>
      inTx(db, async (tx) => {
        const template = await templates.lockOpen(tx, call, templateId)
        if (template.way !== 'code') refuse(withoutCodes)
        const [known] = await sql.listBatches(tx, { templateId, key })
        if (known) return known
        const { left } = leftOf({ ...template, mostPerDay: null }, businessDay(clock.now()))
        const free = left + template.granted - (await sql.sumCodes(tx, templateId)).count
        if (count > free) refuse(grantedOut, { left: Math.max(0, free) })
        const row = {
          id: newId(),
          templateId,
          key,
          count,
          createdAt: clock.now(),
          createdBy: signature(call.actor),
        }
        await sql.insertBatch(tx, row)
        await staff.audit(tx, call, {
          action: 'coupons.codes_ordered',
          subject: `coupon_template:${templateId}`,
          storeId: null,
          after: { batchId: row.id, count },
        })
        return { ...row, made: 0, used: 0 }
      }),

    /** Codes in clear, for the printer; who reads them stands in the trail. */
    async reveal(
      call: AuditedCall,
      batchId: string,
      after: number,
    ): Promise<{ items: { n: number; code: string; usedAt: string | null }[]; next: number | null }> {
      const [batch] = await sql.listBatches(db, { id: batchId })
      if (!batch) return refuse(batchMissing)
      requireScope(staff, call.actor, (await templates.find(call.actor, batch.templateId)).storeIds)
      const rows = await inTx(db, async (tx) => {
        const found = await sql.listCodes(tx, { batchId, after, limit: REVEALED_AT_ONCE })
        await staff.audit(tx, call, {
          action: 'coupons.codes_revealed',
          subject: `coupon_template:${batch.templateId}`,
          storeId: null,
          after: { batchId, after, count: found.length },
        })
        return found
      })
      return {
        items: rows.map(({ n, cipher, usedAt }) => ({
          n,
          code: secrets.open(cipher, context(batchId, n)),
          usedAt: usedAt?.toISOString() ?? null,
        })),
        next: rows.length === REVEALED_AT_ONCE ? (rows.at(-1)?.n ?? null) : null,
      }
    },

    make: () => inRounds(makeSome),
  }
}
export type Codes = ReturnType<typeof createCodes>
