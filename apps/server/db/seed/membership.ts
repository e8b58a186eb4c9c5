import type pg from 'pg'
import { seedId } from './ids.ts'
import { MEMBERS } from './shoppers.ts'

/** Like the price rules, from before the first start. */
const SINCE = '2026-11-16T00:00:00Z'

export const TIERS = [
  { code: 'green', name: '青柿', atGrowth: 0, pointsTimesBp: 10_000, offBp: 0 },
  { code: 'gold', name: '金柿', atGrowth: 500, pointsTimesBp: 12_000, offBp: 200 },
  { code: 'red', name: '红柿', atGrowth: 1000, pointsTimesBp: 15_000, offBp: 500 },
] as const

/**
 * Plastic cards of the years before, all invented; the books of their time had little more than numbers. No names and no whole phones: those are sealed
 * with a key that the seed does not have.
 */
export const OLD_CARDS = Array.from({ length: 24 }, (_, i) => ({
  no: `8800${String(i + 1).padStart(4, '0')}`,
  phoneTail: String(i + 1).padStart(4, '0'),
  points: i < 2 ? 0 : 40 + ((i * 73) % 560),
  growth: i < 2 ? [614, 1180][i] : (i * 37) % 420,
  firstBought: `20${16 + (i % 8)}-0${1 + (i % 9)}-11`,
  lastBought: `2025-1${i % 3}-0${1 + (i % 9)}`,
  purchases: 12 + ((i * 29) % 140),
  spentFen: 80_000 + ((i * 91_357) % 900_000),
}))
/** Bound at the first start: somebody of each higher tier. */
const BOUND = [
  { card: 0, member: MEMBERS[1], tier: 'gold' },
  { card: 1, member: MEMBERS[2], tier: 'red' },
] as const

async function plantTerms(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into tier_terms (growth_per_yuan, period_months, tiers, active, since, by) values (1, 12, $1, true, $2, 'seed') returning id`,
    [JSON.stringify(TIERS), SINCE],
  )
  return Number(rows[0]?.id)
}

async function plantCards(client: pg.Client): Promise<void> {
  for (const card of OLD_CARDS)
    await client.query(
      `insert into plastic_card (no, phone_tail, points, growth, first_bought, last_bought, purchases, spent_fen, imported_at, imported_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'seed')`,
      [
        card.no,
        card.phoneTail,
        card.points,
        card.growth,
        card.firstBought,
        card.lastBought,
        card.purchases,
        card.spentFen,
        SINCE,
      ],
    )
}

async function plantBinding(client: pg.Client, termsId: number, index: number): Promise<void> {
  const { card: at, member, tier } = BOUND[index] ?? BOUND[0]
  const card = OLD_CARDS[at]
  if (!card || !member) throw new Error('no such card or member')
  const bindingId = seedId(`card binding ${card.no}`)
  await client.query(
    `insert into card_binding (id, card_no, member_id, way, store_id, points, growth, at, by)
     values ($1, $2, $3, 'staff', 'S01', $4, $5, now(), 'seed')`,
    [bindingId, card.no, member.id, card.points, card.growth],
  )
  await client.query(
    `insert into growth_account (member_id, tier, period_from, period_until, terms_id)
     select $1, $2, d, (date_trunc('month', d) + interval '13 months - 1 day')::date, $3
     from (select (now() at time zone 'Asia/Shanghai')::date as d) today`,
    [member.id, tier, termsId],
  )
  await client.query(
    `insert into growth_posting (member_id, reason, growth, binding_id, by, at) values ($1, 'card', $2, $3, 'seed', now())`,
    [member.id, card.growth, bindingId],
  )
  await client.query(
    `insert into tier_change (member_id, from_tier, to_tier, why, at) values ($1, null, 'green', 'begin', now()), ($1, 'green', $2, 'card', now())`,
    [member.id, tier],
  )
}

/** Tiers, plastic cards, and two members who bound theirs. A real chain begins without. */
export async function plantMembership(client: pg.Client): Promise<void> {
  const termsId = await plantTerms(client)
  await plantCards(client)
  for (const index of BOUND.keys()) await plantBinding(client, termsId, index)
}
