import type { AllRoutes, Input } from '@linli/contract'
import type { Dice } from '../dice.ts'
import { answerOf, type LinliApi, valueOf } from '../people.ts'
import { headOffice, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

type Template = Input<AllRoutes['POST /console/v1/coupon-templates']>['body']

const template = (label: string, over: Partial<Template>): Template => ({
  label,
  kind: 'steps',
  steps: [],
  toFen: null,
  timesBp: null,
  maxOffFen: null,
  stackGroup: 'coupon',
  exclusiveWith: [],
  funding: 'hq',
  storeIds: null,
  pickupOnly: false,
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  validDays: 30,
  most: 5000,
  mostEach: 50,
  ...over,
})
const off = (atFen: number, offFen: number, offBp = 0) => [{ atFen, atPieces: 0, offFen, offBp }]

/** One of each kind there is; the second one pays a small order whole. */
const TEMPLATES: readonly Template[] = [
  template('满15减2', { steps: off(1500, 200) }),
  template('无门槛4元', { steps: off(0, 400), stackGroup: 'gift' }),
  template('九折', { steps: off(0, 0, 1000), maxOffFen: 500 }),
  template('积分双倍', { kind: 'earn', timesBp: 20_000, stackGroup: 'earn' }),
]

/** Head office makes the templates and gives everybody some of each. */
export async function grantToAll(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  for (const shopper of town.shoppers) town.memberIds.push((await shopper.with(dice)('GET /v1/me')).id)
  for (const body of TEMPLATES) {
    const { id } = await office('POST /console/v1/coupon-templates', { body })
    town.templateIds.push(id)
    for (let each = 0; each < 3; each++) {
      const grant = { idempotencyKey: dice.key('grant'), memberIds: town.memberIds }
      await office('POST /console/v1/coupon-templates/:templateId/grants', {
        params: { templateId: id },
        body: grant,
      })
    }
  }
}

/** More coupons for some, under one key however often it is sent. */
export const grantCoupons: Action = {
  name: 'grant coupons',
  weight: 2,
  choose(town, dice) {
    const templateId = dice.pick(town.templateIds)
    if (!templateId) return undefined
    const office = headOffice(town, dice)
    const body = {
      idempotencyKey: dice.key('grant'),
      memberIds: dice.some(town.memberIds, dice.between(1, 5)),
    }
    return async () => {
      const params = { templateId }
      await inDoubt(dice, () =>
        office('POST /console/v1/coupon-templates/:templateId/grants', { params, body }),
      )
    }
  },
}

/** The coupons and points that a shopper wants an order to take. */
export async function benefits(
  api: LinliApi,
  dice: Dice,
): Promise<{ couponIds?: string[]; usePoints?: number }> {
  const wanted: { couponIds?: string[]; usePoints?: number } = {}
  if (dice.chance(0.4)) {
    const mine = valueOf(await answerOf(api('GET /v1/coupons', { query: { which: 'usable' } })))
    const chosen = dice.some(mine?.items ?? [], dice.between(1, 2))
    if (chosen.length > 0) wanted.couponIds = chosen.map(({ id }) => id)
  }
  if (dice.chance(0.4)) {
    const points = valueOf(await answerOf(api('GET /v1/points')))
    if (points && points.available > 0) wanted.usePoints = dice.between(1, points.available)
  }
  return wanted
}
