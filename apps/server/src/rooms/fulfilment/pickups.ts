import type { Ctx } from '#kernel/ctx'
import { secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import { type ProblemKind, refuse } from '#kernel/problem'
import type { Stores } from '#room/stores'
import { judgeQr, qrOf, readCode } from './codes.ts'
import type { OfferedSlot } from './desk.sql.ts'
import * as sql from './pickups.sql.ts'
import { codeExpired, codeUnknown, locked, noCode, slotInvalid, wrongStore } from './problems.ts'
import { comingSlots } from './slots.ts'

const WRONG_AT_MOST = 10
const LOCK_SECONDS = 600
const KEEP_TRIES_SECONDS = 30 * 86_400

export interface PickupCode {
  digits: string
  qr: string
  validUntil: Date
  now: Date
}
export interface ShownSlot {
  startsAt: Date
  endsAt: Date
  capacity: number
  left: number
}
export interface Reading {
  staffId: string
  storeId: string
  code: string
}

export interface Pickups {
  /** Refuses with `fulfilment.no_code` unless the order is paid and not collected. */
  codeOf(orderId: string): Promise<PickupCode>
  /** The order a code stands for. Refuses unknown, stale and other stores' codes, and a person who guesses. */
  resolve(reading: Reading): Promise<string>
  /** Slots that can be taken, with the places left. */
  slots(storeId: string): Promise<ShownSlot[]>
  /** The slot that begins then; refuses with `fulfilment.slot_invalid` what the store does not offer. */
  slotAt(storeId: string, startsAt: Date): OfferedSlot
  forgetTries(): Promise<void>
}

export function createPickups({ db, clock }: Ctx, stores: Stores): Pickups {
  const offered = (storeId: string): OfferedSlot[] => {
    const store = stores.require(storeId)
    return stores.featureOn(storeId, 'pickup_slots') ? comingSlots(store, clock.now()) : []
  }

  async function find({ storeId, code }: Reading): Promise<sql.PickupRow | { refusal: ProblemKind }> {
    const read = readCode(code)
    if (!read) return { refusal: codeUnknown }
    if (read.kind === 'digits') {
      const rows = await sql.listByDigits(db, read.digits)
      return (
        rows.find((row) => row.storeId === storeId) ??
        rows.find((row) => row.active) ?? { refusal: codeUnknown }
      )
    }
    const pickup = await sql.findPickup(db, read.orderId)
    if (!pickup) return { refusal: codeUnknown }
    const judgement = judgeQr(read, pickup.secret, clock.now())
    if (judgement === 'fits') return pickup
    return { refusal: judgement === 'expired' ? codeExpired : codeUnknown }
  }

  return {
    async codeOf(orderId) {
      const pickup = await sql.findPickup(db, orderId)
      if (!pickup?.active) refuse(noCode)
      const now = clock.now()
      return { digits: pickup.digits, ...qrOf(orderId, pickup.secret, now), now }
    },

    async resolve(reading) {
      const { staffId, storeId } = reading
      const at = clock.now()
      const { id, wrong, first } = await inTx(db, async (tx) => {
        await sql.takeTurn(tx, staffId)
        const mine = await sql.insertTry(tx, { staffId, storeId, at })
        const window = { since: secondsAfter(at, -LOCK_SECONDS), before: mine.id }
        return { ...mine, ...(await sql.countWrong(tx, staffId, window)) }
      })
      if (wrong >= WRONG_AT_MOST) {
        await sql.noteTry(db, id, 'locked')
        refuse(locked, { until: secondsAfter(first ?? at, LOCK_SECONDS) })
      }
      const found = await find(reading)
      if ('refusal' in found) {
        await sql.noteTry(db, id, found.refusal.code.replace('fulfilment.', ''))
        refuse(found.refusal)
      }
      const here = found.storeId === storeId
      await sql.noteTry(db, id, here ? 'found' : 'wrong_store')
      if (!here)
        refuse(wrongStore, { storeId: found.storeId, storeName: stores.find(found.storeId)?.name ?? null })
      return found.orderId
    },

    async slots(storeId) {
      const slots = offered(storeId)
      const taken = new Map(
        (await sql.listTaken(db, storeId, clock.now())).map((slot) => [slot.startsAt.getTime(), slot.taken]),
      )
      return slots
        .map(({ startsAt, endsAt, capacity }) => ({
          startsAt,
          endsAt,
          capacity,
          left: Math.max(0, capacity - (taken.get(startsAt.getTime()) ?? 0)),
        }))
        .filter(({ left }) => left > 0)
    },

    slotAt: (storeId, startsAt) =>
      offered(storeId).find((slot) => slot.startsAt.getTime() === startsAt.getTime()) ??
      refuse(slotInvalid, { slotStart: startsAt }),

    async forgetTries() {
      await sql.deleteTries(db, secondsAfter(clock.now(), -KEEP_TRIES_SECONDS))
    },
  }
}
