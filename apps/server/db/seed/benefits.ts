import type pg from 'pg'
import { seedId } from './ids.ts'
import { REWARDS } from './rewards.ts'
import { MEMBERS } from './shoppers.ts'

/** Like the price rules, from before the first start. */
const SINCE = '2026-11-16T00:00:00Z'
/** Who has coupons and points at the first start: the first shoppers of the sandbox's list. The others are for the console to grant to. */
export const GIFTED = MEMBERS.slice(0, 10)
export const GIFT_POINTS = 600

export interface SeedTemplate {
  label: string
  kind: 'steps' | 'exchange' | 'freight' | 'earn'
  atFen?: number
  offFen?: number
  offBp?: number
  toFen?: number
  timesBp?: number
  maxOffFen?: number
  /** Of one group one acts on an order. */
  group: string
  pickupOnly?: boolean
  categoryIds?: readonly string[]
  barcodes?: readonly string[]
  validDays: number
  most: number
  /** How members come to have it; the first shoppers have those that staff grant. */
  way?: 'claim' | 'word' | 'code' | 'points' | 'register' | 'pay' | 'reward'
  word?: string
  pricePoints?: number
  payFromFen?: number
  firstOrder?: boolean
  /** One person has so many of it at most; one where nothing else is said. */
  each?: number
}
/** What the chain promises; the merchant bears all of it. */
export const TEMPLATES: readonly SeedTemplate[] = [
  {
    label: '新客满30减5',
    kind: 'steps',
    atFen: 3000,
    offFen: 500,
    group: 'coupon',
    validDays: 30,
    most: 5000,
  },
  {
    label: '生鲜8折',
    kind: 'steps',
    offBp: 2000,
    maxOffFen: 1000,
    group: 'coupon',
    categoryIds: ['V', 'G', 'M'],
    validDays: 30,
    most: 2000,
  },
  {
    label: '速溶咖啡免费换一盒',
    kind: 'exchange',
    toFen: 0,
    group: 'gift',
    pickupOnly: true,
    barcodes: ['6999916000119'],
    validDays: 60,
    most: 200,
  },
  { label: '积分翻倍', kind: 'earn', timesBp: 20_000, group: 'earn', validDays: 60, most: 1000 },
  {
    label: '周末满59减8',
    kind: 'steps',
    atFen: 5900,
    offFen: 800,
    group: 'coupon',
    validDays: 14,
    most: 3000,
    way: 'claim',
  },
  {
    label: '第一单立减3元',
    kind: 'steps',
    atFen: 1000,
    offFen: 300,
    group: 'first-order',
    firstOrder: true,
    validDays: 30,
    most: 5000,
    way: 'claim',
  },
  {
    label: '鲜奶酸奶9折',
    kind: 'steps',
    offBp: 1000,
    maxOffFen: 600,
    group: 'coupon',
    categoryIds: ['D'],
    validDays: 7,
    most: 800,
    way: 'claim',
  },
  {
    label: '新会员满25减4',
    kind: 'steps',
    atFen: 2500,
    offFen: 400,
    group: 'coupon',
    validDays: 15,
    most: 5000,
    way: 'register',
  },
  {
    label: '回头满50减6',
    kind: 'steps',
    atFen: 5000,
    offFen: 600,
    group: 'coupon',
    validDays: 14,
    most: 2000,
    way: 'pay',
    payFromFen: 8000,
  },
  {
    label: '邻里节满30减4',
    kind: 'steps',
    atFen: 3000,
    offFen: 400,
    group: 'coupon',
    validDays: 30,
    most: 500,
    way: 'word',
    word: '邻里节',
  },
  {
    label: '宣传单满20减3',
    kind: 'steps',
    atFen: 2000,
    offFen: 300,
    group: 'coupon',
    validDays: 30,
    most: 1000,
    way: 'code',
  },
  {
    label: '纯棉毛巾一条',
    kind: 'exchange',
    toFen: 0,
    group: 'gift',
    barcodes: ['6999919000086'],
    validDays: 60,
    most: 300,
    way: 'points',
    pricePoints: 500,
  },
  {
    label: '满30减10',
    kind: 'steps',
    atFen: 3000,
    offFen: 1000,
    group: 'coupon',
    validDays: 30,
    most: 1000,
    way: 'points',
    pricePoints: 900,
  },
  ...REWARDS,
]

/** 100 points are worth a yuan, one is earned for a yuan paid, half of an order at most. */
async function plantTerms(client: pg.Client): Promise<void> {
  await client.query(
    `insert into points_terms (points_per_yuan, cap_bp, min_order_fen, fen_per_point, frozen_days, valid_months, since, by)
     values (100, 5000, 1000, 100, 7, 12, $1, 'seed')`,
    [SINCE],
  )
}

async function plantTemplate(client: pg.Client, template: SeedTemplate): Promise<void> {
  const { label, kind, atFen = 0, offFen = 0, offBp = 0, toFen, timesBp, maxOffFen, group, most } = template
  const id = seedId(`coupon template ${label}`)
  await client.query(
    `insert into coupon_template (id, label, kind, steps, to_fen, times_bp, max_off_fen, stack_group, funding, fulfilments, category_ids, sku_ids,
       valid_days, most, most_each, created_at, created_by, way, word, price_points, first_order, pay_from_fen)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'hq', $9, $10, $11, $12, $13, $20, $14, 'seed', $15, $16, $17, $18, $19)`,
    [
      id,
      label,
      kind,
      JSON.stringify(kind === 'steps' ? [{ atFen, atPieces: 0, offFen, offBp }] : []),
      toFen ?? null,
      timesBp ?? null,
      maxOffFen ?? null,
      group,
      template.pickupOnly ? ['pickup'] : null,
      template.categoryIds ?? [],
      (template.barcodes ?? []).map((barcode) => seedId(`sku ${barcode}`)),
      template.validDays,
      most,
      SINCE,
      template.way ?? 'grant',
      template.word ?? null,
      template.pricePoints ?? null,
      template.firstOrder ?? false,
      template.payFromFen ?? null,
      template.each ?? 1,
    ],
  )
  if (template.way !== undefined) return
  // Granted at the first start, to the end of its last day: a demo that is started later must not begin with coupons that are over.
  await client.query(
    `with given as (
       insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
       select k.id, $1, k.member_id, 'UNUSED', now(), now(),
         (date_trunc('day', now() at time zone 'Asia/Shanghai') + make_interval(days => $4)) at time zone 'Asia/Shanghai', 'seed'
       from unnest($2::uuid[], $3::uuid[]) k(id, member_id) returning id, expires_at),
     counted as (update coupon_template set granted = granted + cardinality($2::uuid[]) where id = $1)
     insert into coupon_event (coupon_id, round, verb, to_state, expires_at, by, at)
     select id, 0, 'grant', 'UNUSED', expires_at, 'seed', now() from given`,
    [
      id,
      GIFTED.map((member) => seedId(`coupon ${label} ${member.id}`)),
      GIFTED.map((member) => member.id),
      template.validDays,
    ],
  )
}

/** Points to begin with, usable to the end of next year's month, as a campaign would give them. */
async function plantPoints(client: pg.Client): Promise<void> {
  await client.query(
    `insert into point_posting (member_id, reason, last_day, available, by, at)
     select id, 'grant', (date_trunc('month', now() at time zone 'Asia/Shanghai') + interval '13 months - 1 day')::date, $2, 'seed', now()
     from unnest($1::uuid[]) id`,
    [GIFTED.map(({ id }) => id), GIFT_POINTS],
  )
}

/** Terms of points, coupon templates of every kind and way, and what the first shoppers hold of both. A real chain begins without. */
export async function plantBenefits(client: pg.Client): Promise<void> {
  await plantTerms(client)
  for (const template of TEMPLATES) await plantTemplate(client, template)
  await plantPoints(client)
}
