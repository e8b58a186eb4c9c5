/**
 * Fulfilment: how goods reach the shopper. Today: pickup in the store.
 *
 * Owns pickup and pickup_slot. Promises that a code is good in one store for one order until it is collected, that a photograph of
 * its QR is worth nothing a minute later, that a slot is never taken more often than it has places, and that guessing codes locks the guesser.
 * Tells others which slots there are, which order a code stands for, and the code of an order.
 */
import type { Ctx } from '#kernel/ctx'
import { createGuesses } from '#kernel/guesses'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import type { Stores } from '#room/stores'
import { newPickup, type PickupSecret } from './codes.ts'
import { fulfilmentDesk, type FulfilmentDesk, type OfferedSlot } from './desk.sql.ts'
import { codeOf, type PickupCode, type Reading, resolve, type Room, slotFor } from './pickups.ts'
import { codeExpired, codeUnknown, locked } from './problems.ts'
import { mountFulfilment } from './routes.ts'

export { slotInvalid } from './problems.ts'
export type * from './desk.sql.ts'
export { fulfilmentDesk, slotKey } from './desk.sql.ts'
export type { PickupSecret } from './codes.ts'
export type { PickupCode, Reading } from './pickups.ts'

export interface Fulfilment {
  /** A fresh code, for an order that may become paid. */
  newPickup(): PickupSecret
  /** Refuses with `fulfilment.no_code` unless the order is paid and not collected. */
  codeOf(orderId: string): Promise<PickupCode>
  /** The order a code stands for. Refuses unknown, stale and other stores' codes, and a person who guesses. */
  resolve(reading: Reading): Promise<string>
  /**
   * The slot that an order takes: the one that begins then, or none where the store has no slots. Refuses with `fulfilment.slot_invalid` what the store
   * does not offer, and with `fulfilment.slot_required` an order that names none where one is needed.
   */
  slotFor(storeId: string, startsAt: Date | null): OfferedSlot | null
  desk: FulfilmentDesk
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createFulfilment(ctx: Ctx, { stores }: { stores: Stores }): Fulfilment {
  const wrong = [codeUnknown, codeExpired].map(({ code }) => code.replace('fulfilment.', ''))
  const guesses = createGuesses(ctx, { kind: 'pickup', wrong, locked })
  const room: Room = { ctx, stores, guesses }
  return {
    newPickup,
    codeOf: (orderId) => codeOf(room, orderId),
    resolve: (reading) => resolve(room, reading),
    slotFor: (storeId, startsAt) => slotFor(room, storeId, startsAt),
    desk: fulfilmentDesk,
    routes: (http) => mountFulfilment(http, room),
    sweeps: [{ name: 'fulfilment.tries', seconds: 3600, run: () => guesses.forget() }],
  }
}
