import type pg from 'pg'
import { arrayOf } from '#kernel/array'

export interface SlotKey {
  storeId: string
  startsAt: Date
}
/** A slot as the store offers it now; its row is made when somebody first asks for it. */
export interface OfferedSlot extends SlotKey {
  endsAt: Date
  capacity: number
}
export interface SlotLevel extends SlotKey {
  capacity: number
  taken: number
}
export interface NewPickup {
  orderId: string
  storeId: string
  digits: string
  secret: Buffer
}
export interface ClosedPickup {
  orderId: string
  /** Null: closed without handing over (refund). */
  handedAt: Date | null
  handedBy: string | null
}

/** Statements that the order desk sends within its own transaction (pipelined client). */
export interface FulfilmentDesk {
  /** Makes the rows of slots nobody took yet, and follows a capacity that the store changed. Before `lockSlots`. */
  offerSlots(client: pg.ClientBase, slots: readonly OfferedSlot[]): Promise<unknown>
  /** Locked by store, then start. */
  lockSlots(client: pg.ClientBase, keys: readonly SlotKey[]): Promise<SlotLevel[]>
  /** Takes places (positive) or gives them back (negative). */
  countSlots(client: pg.ClientBase, changes: readonly (SlotKey & { delta: number })[]): Promise<unknown>
  insertPickups(client: pg.ClientBase, rows: readonly NewPickup[]): Promise<unknown>
  readyPickups(client: pg.ClientBase, rows: readonly { orderId: string; at: Date }[]): Promise<unknown>
  /** The code opens nothing any more. */
  closePickups(client: pg.ClientBase, rows: readonly ClosedPickup[]): Promise<unknown>
}

export const slotKey = ({ storeId, startsAt }: SlotKey): string => `${storeId} ${startsAt.getTime()}`

const OFFER_SLOTS = `insert into pickup_slot (store_id, starts_at, ends_at, capacity)
  select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::int[])
  on conflict (store_id, starts_at) do update set capacity = greatest(excluded.capacity, pickup_slot.taken)
  where pickup_slot.capacity <> greatest(excluded.capacity, pickup_slot.taken)`
const LOCK_SLOTS = `select s.* from unnest($1::text[], $2::timestamptz[]) k(store_id, starts_at) cross join lateral (
  select store_id as "storeId", starts_at as "startsAt", capacity, taken
  from pickup_slot p where p.store_id = k.store_id and p.starts_at = k.starts_at for no key update) s`
const COUNT_SLOTS = `update pickup_slot p set taken = p.taken + x.delta
  from unnest($1::text[], $2::timestamptz[], $3::int[]) x(store_id, starts_at, delta)
  where p.store_id = x.store_id and p.starts_at = x.starts_at`
const INSERT_PICKUPS = `insert into pickup (order_id, store_id, digits, secret)
  select id, store_id, digits, decode(secret, 'hex') from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) x(id, store_id, digits, secret)`
const READY_PICKUPS = `update pickup p set ready_at = x.at from unnest($1::uuid[], $2::timestamptz[]) x(id, at) where p.order_id = x.id`
const CLOSE_PICKUPS = `update pickup p set active = false, handed_at = x.at, handed_by = x.by
  from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) x(id, at, by) where p.order_id = x.id`

const at = (row: SlotKey): Date => row.startsAt

const distinct = <T extends SlotKey>(keys: readonly T[]): T[] =>
  [...new Map(keys.map((key) => [slotKey(key), key])).values()].sort((a, b) =>
    a.storeId === b.storeId ? a.startsAt.getTime() - b.startsAt.getTime() : a.storeId < b.storeId ? -1 : 1,
  )

export const fulfilmentDesk: FulfilmentDesk = {
  offerSlots(client, slots) {
    const rows = distinct(slots)
    return client.query({
      name: 'fulfilment-offer-slots',
      text: OFFER_SLOTS,
      values: [
        arrayOf(rows, (slot) => slot.storeId),
        arrayOf(rows, at),
        arrayOf(rows, (slot) => slot.endsAt),
        arrayOf(rows, (slot) => slot.capacity),
      ],
    })
  },
  async lockSlots(client, keys) {
    const wanted = distinct(keys)
    const { rows } = await client.query<SlotLevel>({
      name: 'fulfilment-lock-slots',
      text: LOCK_SLOTS,
      values: [arrayOf(wanted, (key) => key.storeId), arrayOf(wanted, at)],
    })
    return rows
  },
  countSlots: (client, changes) =>
    client.query({
      name: 'fulfilment-count-slots',
      text: COUNT_SLOTS,
      values: [
        arrayOf(changes, (each) => each.storeId),
        arrayOf(changes, at),
        arrayOf(changes, (each) => each.delta),
      ],
    }),
  insertPickups: (client, rows) =>
    client.query({
      name: 'fulfilment-insert-pickups',
      text: INSERT_PICKUPS,
      values: [
        arrayOf(rows, (row) => row.orderId),
        arrayOf(rows, (row) => row.storeId),
        arrayOf(rows, (row) => row.digits),
        arrayOf(rows, (row) => row.secret.toString('hex')),
      ],
    }),
  readyPickups: (client, rows) =>
    client.query({
      name: 'fulfilment-ready-pickups',
      text: READY_PICKUPS,
      values: [arrayOf(rows, (row) => row.orderId), arrayOf(rows, (row) => row.at)],
    }),
  closePickups: (client, rows) =>
    client.query({
      name: 'fulfilment-close-pickups',
      text: CLOSE_PICKUPS,
      values: [
        arrayOf(rows, (row) => row.orderId),
        arrayOf(rows, (row) => row.handedAt),
        arrayOf(rows, (row) => row.handedBy),
      ],
    }),
}
