import type { AllRoutes, Input } from '@linli/contract'
import { skuOf } from '../../apps/server/test/fixtures.ts'
import type { Dice } from '../dice.ts'
import { answerOf, type LinliApi, valueOf } from '../people.ts'
import { headOffice, type PlaceBody, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { wantedValue } from './stored-value.ts'

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
  fulfilments: null,
  channels: null,
  tiers: null,
  firstOrder: false,
  categoryIds: [],
  skuIds: [],
  exceptCategoryIds: [],
  exceptSkuIds: [],
  validDays: 30,
  most: 5000,
  mostEach: 50,
  mostPerDay: null,
  budgetFen: null,
  budgetOn: null,
  worthFen: null,
  way: 'grant',
  needsPhone: false,
  word: null,
  pricePoints: null,
  payFromFen: null,
  opensAt: null,
  closesAt: null,
  ...over,
})
/** A coupon of so much off anything, that members come by in their own way. */
export const offered = (label: string, offFen: number, over: Partial<Template>): Template =>
  template(label, { steps: off(0, offFen), stackGroup: 'offer', ...over })
const off = (atFen: number, offFen: number, offBp = 0) => [{ atFen, atPieces: 0, offFen, offBp }]

/** What the coupon gives for nothing. */
const GIFT = skuOf('6999910000016')
const GIFT_LABEL = '送黄瓜一份'

/** One of each kind there is; the second one pays a small order whole. */
const TEMPLATES: readonly Template[] = [
  template('满15减2', { steps: off(1500, 200) }),
  template('无门槛4元', { steps: off(0, 400), stackGroup: 'gift' }),
  template('九折', { steps: off(0, 0, 1000), maxOffFen: 500 }),
  template(GIFT_LABEL, { kind: 'exchange', toFen: 0, skuIds: [GIFT], stackGroup: 'present' }),
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

/** A member's complaint about somebody's mistake: some coupons are taken away again, used ones among them. */
export const withdrawCoupons: Action = {
  name: 'withdraw coupons',
  weight: 1,
  choose(town, dice) {
    const templateId = dice.pick(town.templateIds)
    if (!templateId) return undefined
    const office = headOffice(town, dice)
    return async () => {
      const params = { templateId }
      const granted = valueOf(
        await answerOf(
          office('GET /console/v1/coupon-templates/:templateId/coupons', { params, query: { limit: 50 } }),
        ),
      )
      const couponIds = dice.some(granted?.items ?? [], dice.between(1, 3)).map(({ id }) => id)
      if (couponIds.length === 0) return
      const body = { couponIds, reason: '发错了' }
      const answers = await inDoubt(dice, () => office('POST /console/v1/coupon-withdrawals', { body }))
      const withdrawn = answers.flatMap((answer) => (answer.kind === 'ok' ? answer.value.withdrawn : []))
      for (const couponId of withdrawn) town.promises.push({ what: 'withdrawn', couponId })
      if (new Set(withdrawn).size < withdrawn.length)
        town.sightings.violations.push(`a coupon was withdrawn twice: ${withdrawn.join(' ')}`)
    }
  },
}

/** Points are switched off for a while, or on again; they are on most of the time. */
export const switchPoints: Action = {
  name: 'switch points',
  weight: 1,
  choose(town, dice) {
    const office = headOffice(town, dice)
    const body = {
      pointsPerYuan: 100,
      capBp: 5000,
      capPoints: null,
      minOrderFen: 0,
      exceptCategoryIds: [],
      fenPerPoint: 10,
      frozenDays: 1,
      validMonths: 12,
      active: dice.chance(0.75),
      since: null,
    }
    return async () => void (await answerOf(office('POST /console/v1/points-terms', { body })))
  },
}

/** The coupons, points and stored value that a shopper wants an order to take; a coupon for a present wants the present in the basket. */
export async function benefits(
  api: LinliApi,
  dice: Dice,
  { lines }: Pick<PlaceBody, 'lines'>,
): Promise<Pick<PlaceBody, 'lines' | 'couponIds' | 'usePoints' | 'useStoredValue'>> {
  const wanted: Awaited<ReturnType<typeof benefits>> = { lines }
  if (dice.chance(0.4)) {
    const mine = valueOf(await answerOf(api('GET /v1/coupons', { query: { which: 'usable' } })))
    const chosen = dice.some(mine?.items ?? [], dice.between(1, 2))
    if (chosen.length > 0) wanted.couponIds = chosen.map(({ id }) => id)
    if (chosen.some(({ label }) => label === GIFT_LABEL) && !lines.some(({ skuId }) => skuId === GIFT))
      wanted.lines = [...lines, { skuId: GIFT, quantity: 1 }]
  }
  if (dice.chance(0.4)) {
    const points = valueOf(await answerOf(api('GET /v1/points')))
    if (points && points.available > 0) wanted.usePoints = dice.between(1, points.available)
  }
  return { ...wanted, ...(await wantedValue(api, dice)) }
}
