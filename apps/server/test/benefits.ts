import type { AllRoutes, Input } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Shopper, World } from './world.ts'

type Template = Input<AllRoutes['POST /console/v1/coupon-templates']>['body']

export const template = (over: Partial<Template> = {}): Template => ({
  label: '满10减3',
  kind: 'steps',
  steps: [{ atFen: 1000, atPieces: 0, offFen: 300, offBp: 0 }],
  toFen: null,
  timesBp: null,
  maxOffFen: null,
  stackGroup: 'coupon',
  exclusiveWith: [],
  funding: 'hq',
  storeIds: null,
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  validDays: 30,
  most: 1000,
  mostEach: 10,
  mostPerDay: null,
  budgetFen: null,
  budgetOn: null,
  worthFen: null,
  way: 'grant',
  needsPhone: false,
  opensAt: null,
  closesAt: null,
  ...over,
})

/** Head office makes a template and grants one of it to a shopper; the id of their coupon. */
export async function coupon(
  world: World,
  shopper: Pick<Shopper, 'memberId' | 'api'>,
  over: Partial<Template> = {},
): Promise<string> {
  const hq = await world.staff('hq')
  const had = await mine(shopper)
  const { id } = await hq('POST /console/v1/coupon-templates', { body: template(over) })
  await hq('POST /console/v1/coupon-templates/:templateId/grants', {
    params: { templateId: id },
    body: { idempotencyKey: randomUUID(), memberIds: [shopper.memberId] },
  })
  const fresh = (await mine(shopper)).find((each) => !had.some((before) => before.id === each.id))
  if (!fresh) throw new Error('no coupon was granted')
  return fresh.id
}
/** Head office makes a template that members may claim, one each unless it says otherwise; its id. */
export async function offered(world: World, over: Partial<Template> = {}): Promise<string> {
  const hq = await world.staff('hq')
  const body = template({ way: 'claim', mostEach: 1, ...over })
  return (await hq('POST /console/v1/coupon-templates', { body })).id
}
export const mine = async ({ api }: Pick<Shopper, 'api'>, which: 'usable' | 'used' | 'over' = 'usable') =>
  (await api('GET /v1/coupons', { query: { which } })).items

export interface CouponNow {
  state: string
  round: number
  expiresAt: Date
}
export async function couponNow({ ctx }: Pick<World, 'ctx'>, id: string): Promise<CouponNow> {
  const { rows } = await ctx.database.pool.query<CouponNow>(
    'select state, round, expires_at as "expiresAt" from member_coupon where id = $1',
    [id],
  )
  if (!rows[0]) throw new Error(`no coupon ${id}`)
  return rows[0]
}

/** A chain that gives points: 100 are worth a yuan, one is earned for each yuan really paid, half of an order at most. */
export async function plantPoints(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into points_terms (points_per_yuan, cap_bp, min_order_fen, fen_per_point, frozen_days, valid_months, since, by)
     values (100, 5000, 0, 100, 7, 12, now(), 'test')`,
  )
  await client.end()
}

/** Puts points into somebody's account, as a campaign would. */
export async function grantPoints(
  { ctx }: Pick<World, 'ctx'>,
  memberId: string,
  points: number,
  lastDay = '2099-12-31',
): Promise<void> {
  await ctx.database.pool.query(
    `insert into point_posting (member_id, reason, last_day, available, by, at) values ($1, 'grant', $2, $3, 'test', now())`,
    [memberId, lastDay, points],
  )
}
