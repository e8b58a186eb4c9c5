import type { Dice } from './dice.ts'
import type { Query } from './query.ts'
import { headOffice, type Town } from './town.ts'

/** What the chain owes its members, as head office reads it. */
export type Owed = Record<
  'availableFen' | 'heldFen' | 'toppedUpFen' | 'paidOutFen' | 'spentFen' | 'accounts',
  number
>

export const COLUMNS = ['cashIn', 'cashOut', 'cardIn', 'cardOut'] as const
/** What one person took and gave back in one store on one day, as the sheet says. */
export type Sheet = { day: string; storeId: string; account: string } & Record<
  (typeof COLUMNS)[number],
  { count: number; fen: number }
>

/** One order that a store packs for a week of boxes. */
export interface Packed {
  campaignId: string
  week: string
  storeId: string
  orderId: string
  quantity: number
}

/** What head office reads when everything is over. */
export interface Desks {
  owed: Owed
  sheets: readonly Sheet[]
  packed: readonly Packed[]
}

/** Days on which anything moved, and those between. */
const DAYS = `select generate_series(min(d), max(d), '1 day')::date::text as day from (
  select (paid_at at time zone 'Asia/Shanghai')::date as d from payment_attempt where paid_at is not null
  union all select (at at time zone 'Asia/Shanghai')::date from value_posting
  union all select (done_at at time zone 'Asia/Shanghai')::date from refund where done_at is not null) x`

/** What there could be to pack. */
const WEEKS = `select distinct b.campaign_id as "campaignId", to_char(w.week, 'YYYY-MM-DD') as week, w.store_id as "storeId"
  from box_week w join box b on b.id = w.box_id order by 1, 2, 3`

export async function readDesks(town: Town, dice: Dice, query: Query): Promise<Desks> {
  const office = headOffice(town, dice)
  const owed = await office('GET /console/v1/stored-value')
  const sheets: Sheet[] = []
  for (const { day } of await query<{ day: string }>(DAYS)) {
    const { rows } = await office('GET /console/v1/counter-days/:day', { params: { day }, query: {} })
    sheets.push(...rows.map((row) => ({ day, ...row })))
  }
  const packed: Packed[] = []
  for (const { campaignId, ...at } of await query<Omit<Packed, 'orderId' | 'quantity'>>(WEEKS)) {
    const params = { campaignId }
    const list = await office('GET /console/v1/campaigns/:campaignId/box-packing', { params, query: at })
    packed.push(...list.items.map(({ orderId, quantity }) => ({ campaignId, ...at, orderId, quantity })))
  }
  return { owed, sheets, packed }
}
