import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import { type Group, members, mostOf, type Seat, sizeOf, taken } from './kinds/group/group.ts'
import { type GroupVerb, type SeatVerb, WAITS } from './kinds/group/states.ts'

export interface GroupEvent {
  groupId: string
  orderId: string | null
  verb: GroupVerb | Exclude<SeatVerb, 'arrive' | 'pay_late' | 'regroup'>
  paid: number
  by: string
  at: Date
}
export interface SeatRow extends Seat {
  groupId: string
  most: number
}
/** Statements that the order desk sends within its own transaction, and only for seats. */
export interface GroupsDesk {
  /** Groups that exist, with their seats, locked by id: the desk sends it after orders and before everything that a group does not lead to. */
  lockGroups(client: pg.ClientBase, ids: readonly string[]): Promise<Group[]>
  setGroups(client: pg.ClientBase, groups: readonly Group[]): Promise<unknown>
  setSeats(client: pg.ClientBase, seats: readonly SeatRow[]): Promise<unknown>
  insertGroupEvents(client: pg.ClientBase, events: readonly GroupEvent[]): Promise<unknown>
}

const SHAPE = `g.id as "groupId", g.campaign_id as "campaignId", g.store_id as "storeId", g.sku_id as "skuId", g.rungs, g.late_payer as "latePayer",
    g.quiet_minutes as "quietMinutes", g.state, g.leader_id as "leaderId", g.opened_at as "openedAt", g.expires_at as "expiresAt",
    g.ended_at as "endedAt", g.why, g.price_fen as "priceFen"`
const SEATS = `select coalesce(json_agg(json_build_object('orderId', s.order_id, 'memberId', s.member_id, 'no', s.seat_no, 'state', s.state,
    'takenAt', s.taken_at, 'paidAt', s.paid_at) order by s.taken_at, s.order_id), '[]') from group_seat s where s.group_id = g.id`
// Two statements: the seats are read once the row of the group is ours, so that they are those of whoever had it before.
const LOCK = `select g.id from unnest($1::uuid[]) k(id) cross join lateral (select id from buy_group p where p.id = k.id for no key update) g`
const READ = `select ${SHAPE}, (${SEATS}) as seats from unnest($1::uuid[]) k(id) cross join lateral (
  select * from buy_group p where p.id = k.id offset 0) g`
const SET_GROUPS = `insert into buy_group (id, campaign_id, store_id, sku_id, rungs, size, most, late_payer, quiet_minutes, state, leader_id, opened_at,
    expires_at, ended_at, why, price_fen, seated, paid, due_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::jsonb[], $6::smallint[], $7::smallint[], $8::text[], $9::smallint[],
    $10::text[], $11::uuid[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::text[], $16::bigint[], $17::smallint[], $18::smallint[],
    $19::timestamptz[])
  on conflict (id) do update set state = excluded.state, leader_id = excluded.leader_id, ended_at = excluded.ended_at, why = excluded.why,
    price_fen = excluded.price_fen, seated = excluded.seated, paid = excluded.paid, due_at = excluded.due_at`
const SET_SEATS = `insert into group_seat (order_id, group_id, member_id, seat_no, most, state, taken_at, paid_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::smallint[], $6::text[], $7::timestamptz[], $8::timestamptz[])
  on conflict (order_id) do update set group_id = excluded.group_id, seat_no = excluded.seat_no, state = excluded.state, paid_at = excluded.paid_at`
const INSERT_EVENTS = `insert into group_event (group_id, order_id, verb, paid, by, at)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::timestamptz[])`

export const READ_ONE = `select ${SHAPE}, (${SEATS}) as seats from buy_group g`

export type StoredGroup = Omit<Group, 'seats'> & {
  seats: (Omit<Seat, 'takenAt' | 'paidAt'> & { takenAt: string; paidAt: string | null })[]
}
export const groupOf = ({ seats, ...group }: StoredGroup): Group => ({
  ...group,
  seats: seats.map((seat) => ({
    ...seat,
    takenAt: new Date(seat.takenAt),
    paidAt: seat.paidAt === null ? null : new Date(seat.paidAt),
  })),
})

/** Seats that are left are written before those that are taken: one batch may free a seat and hand it out again. */
const freedFirst = (seats: readonly SeatRow[]): SeatRow[] => {
  const sits = (seat: SeatRow): number => taken({ seats: [seat] }).length
  return seats.toSorted((a, b) => sits(a) - sits(b))
}
/** Looked at as it expires; once it is over, at once and again until nobody in it waits. */
export const dueAt = (group: Group): Date | null => {
  if (group.state === 'OPEN') return group.expiresAt
  return group.seats.some(({ state }) => WAITS.includes(state)) ? group.endedAt : null
}

export const groupsDesk: GroupsDesk = {
  async lockGroups(client, wanted) {
    const values = [arrayOf([...new Set(wanted)].sort(), (id) => id)]
    const [, { rows }] = await Promise.all([
      client.query({ name: 'groups-lock', text: LOCK, values }),
      client.query<StoredGroup>({ name: 'groups-read', text: READ, values }),
    ])
    return rows.map(groupOf)
  },
  setGroups: (client, groups) =>
    client.query({
      name: 'groups-set',
      text: SET_GROUPS,
      values: [
        arrayOf(groups, (group) => group.groupId),
        arrayOf(groups, (group) => group.campaignId),
        arrayOf(groups, (group) => group.storeId),
        arrayOf(groups, (group) => group.skuId),
        groups.map((group) => JSON.stringify(group.rungs)),
        arrayOf(groups, sizeOf),
        arrayOf(groups, mostOf),
        arrayOf(groups, (group) => group.latePayer),
        arrayOf(groups, (group) => group.quietMinutes),
        arrayOf(groups, (group) => group.state),
        arrayOf(groups, (group) => group.leaderId),
        arrayOf(groups, (group) => group.openedAt),
        arrayOf(groups, (group) => group.expiresAt),
        arrayOf(groups, (group) => group.endedAt),
        arrayOf(groups, (group) => group.why),
        arrayOf(groups, (group) => group.priceFen),
        arrayOf(groups, (group) => taken(group).length),
        arrayOf(groups, (group) => members(group).length),
        arrayOf(groups, dueAt),
      ],
    }),
  setSeats(client, rows) {
    const seats = freedFirst(rows)
    return client.query({
      name: 'groups-set-seats',
      text: SET_SEATS,
      values: [
        arrayOf(seats, (seat) => seat.orderId),
        arrayOf(seats, (seat) => seat.groupId),
        arrayOf(seats, (seat) => seat.memberId),
        arrayOf(seats, (seat) => seat.no),
        arrayOf(seats, (seat) => seat.most),
        arrayOf(seats, (seat) => seat.state),
        arrayOf(seats, (seat) => seat.takenAt),
        arrayOf(seats, (seat) => seat.paidAt),
      ],
    })
  },
  insertGroupEvents: (client, events) =>
    client.query({
      name: 'groups-events',
      text: INSERT_EVENTS,
      values: [
        arrayOf(events, (event) => event.groupId),
        arrayOf(events, (event) => event.orderId),
        arrayOf(events, (event) => event.verb),
        arrayOf(events, (event) => event.paid),
        arrayOf(events, (event) => event.by),
        arrayOf(events, (event) => event.at),
      ],
    }),
}
