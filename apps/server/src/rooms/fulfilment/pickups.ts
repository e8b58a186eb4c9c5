import type { Ctx } from '#kernel/ctx'
import type { Guesses } from '#kernel/guesses'
import { type ProblemKind, refuse } from '#kernel/problem'
import type { Stores } from '#room/stores'
import { judgeQr, qrOf, readCode } from './codes.ts'
import type { OfferedSlot } from './desk.sql.ts'
import * as sql from './pickups.sql.ts'
import { codeExpired, codeUnknown, noCode, slotInvalid, slotRequired, wrongStore } from './problems.ts'
import { comingSlots } from './slots.ts'

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

/** What the verbs of this room work with. */
export interface Room {
  ctx: Pick<Ctx, 'db' | 'clock'>
  stores: Pick<Stores, 'require' | 'find' | 'featureOn'>
  guesses: Guesses
}

/** The code of an order. Refuses with `fulfilment.no_code` unless it is paid and not collected. */
export async function codeOf({ ctx: { db, clock } }: Room, orderId: string): Promise<PickupCode> {
  const pickup = await sql.findPickup(db, orderId)
  if (!pickup?.active) refuse(noCode)
  const now = clock.now()
  return { digits: pickup.digits, ...qrOf(orderId, pickup.secret, now), now }
}

/** The order a code stands for. Refuses unknown, stale and other stores' codes, and a person who guesses. */
export async function resolve(room: Room, reading: Reading): Promise<string> {
  const { guesses, stores } = room
  const tryId = await guesses.begin(reading.staffId, reading.storeId)
  const found = await find(room, reading)
  if ('refusal' in found) {
    await guesses.note(tryId, found.refusal.code.replace('fulfilment.', ''))
    return refuse(found.refusal)
  }
  const here = found.storeId === reading.storeId
  await guesses.note(tryId, here ? 'found' : 'wrong_store')
  if (!here)
    refuse(wrongStore, { storeId: found.storeId, storeName: stores.find(found.storeId)?.name ?? null })
  return found.orderId
}

async function find(
  { ctx: { db, clock } }: Room,
  { storeId, code }: Reading,
): Promise<sql.PickupRow | { refusal: ProblemKind }> {
  const read = readCode(code)
  if (!read) return { refusal: codeUnknown }
  if (read.kind === 'digits') {
    const rows = await sql.listByDigits(db, read.digits)
    const row = rows.find((each) => each.storeId === storeId) ?? rows.find((each) => each.active)
    return row ?? { refusal: codeUnknown }
  }
  const pickup = await sql.findPickup(db, read.orderId)
  if (!pickup) return { refusal: codeUnknown }
  const judgement = judgeQr(read, pickup.secret, clock.now())
  if (judgement === 'fits') return pickup
  return { refusal: judgement === 'expired' ? codeExpired : codeUnknown }
}

export interface ShownSlots {
  /** An order must take one of them. */
  required: boolean
  items: ShownSlot[]
}

const hasSlots = ({ stores }: Room, storeId: string): boolean => stores.featureOn(storeId, 'pickup_slots')

const offered = (room: Room, storeId: string): OfferedSlot[] => {
  const store = room.stores.require(storeId)
  return hasSlots(room, storeId) ? comingSlots(store, room.ctx.clock.now()) : []
}

/** Slots that have not begun, with the places left; full ones are shown too, so that a shopper sees why. */
export async function listSlots(room: Room, storeId: string): Promise<ShownSlots> {
  const slots = offered(room, storeId)
  const rows = await sql.listTaken(room.ctx.db, storeId, room.ctx.clock.now())
  const taken = new Map(rows.map((slot) => [slot.startsAt.getTime(), slot.taken]))
  const items = slots.map(({ startsAt, endsAt, capacity }) => ({
    startsAt,
    endsAt,
    capacity,
    left: Math.max(0, capacity - (taken.get(startsAt.getTime()) ?? 0)),
  }))
  return { required: hasSlots(room, storeId), items }
}

/** The slot an order takes, or none where the store has none. Capacity would mean nothing if an order could leave the slot out. */
export function slotFor(room: Room, storeId: string, startsAt: Date | null): OfferedSlot | null {
  if (startsAt === null) return hasSlots(room, storeId) ? refuse(slotRequired, { storeId }) : null
  const slot = offered(room, storeId).find((each) => each.startsAt.getTime() === startsAt.getTime())
  return slot ?? refuse(slotInvalid, { slotStart: startsAt })
}
