import { APPLE, PEAR, productOf } from '../apps/server/test/fixtures.ts'
import { grantToAll } from './actions/benefits.ts'
import { lookAtAll, openBoxes } from './actions/boxes.ts'
import { openCampaigns } from './actions/campaigns.ts'
import { offer } from './actions/claims.ts'
import { applyAs, bindAs, openPromoting } from './actions/promoting.ts'
import { offerRewards } from './actions/rallies.ts'
import { storeSome } from './actions/stored-value.ts'
import type { Dice } from './dice.ts'
import { connect, tier } from './connect.ts'
import type { Person } from './people.ts'
import { clerkOf, headOffice, type Town } from './town.ts'

const DAY = 86_400
/** The after-sales term of what promoters earn, and the day after it. */
const TERM_DAYS = 9
/** Their first week is ordered, and over, and the second one ordered: so far nobody has paid. */
const WEEK_DAYS = [1, 4] as const

const PEAR_PRODUCT = productOf('6999911000039')

/** What head office sets up before the doors open: something to weigh, rules that take money off, coupons, and money paid ahead. */
export async function furnish(town: Town, dice: Dice): Promise<void> {
  await earnSome(town, dice.fork('promoters'))
  const office = headOffice(town, dice)
  const params = { productId: PEAR_PRODUCT }
  const product = await office('GET /console/v1/products/:productId', { params })
  const { name, subtitle, description, categoryId, unit, speciality, facts, version, pictures } = product
  const pictureIds = pictures.map(({ id }) => id)
  const weight = { pieceGrams: 1500, perGrams: 500 } as const
  await office('PUT /console/v1/products/:productId', {
    params,
    body: { name, subtitle, description, categoryId, unit, speciality, facts, version, pictureIds, weight },
  })
  const terms = {
    stackGroup: 'step',
    exclusiveWith: [],
    maxOffFen: null,
    funding: 'hq' as const,
    storeIds: null,
    categoryIds: [],
    skuIds: [],
    exceptCategoryIds: [],
    exceptSkuIds: [],
    startsAt: town.chain.now().toISOString(),
    endsAt: null,
    replaces: null,
  }
  await office('POST /console/v1/price-rules', {
    body: {
      ...terms,
      stage: 'step',
      label: '满20减3',
      steps: [{ atFen: 2000, atPieces: 0, offFen: 300, offBp: 0 }],
    },
  })
  await office('POST /console/v1/price-rules', {
    body: {
      ...terms,
      stackGroup: 'pickup',
      stage: 'pickup',
      label: '梨自提九七折',
      skuIds: [PEAR],
      steps: [{ atFen: 0, atPieces: 1, offFen: 0, offBp: 300 }],
    },
  })
  await grantToAll(town, dice)
  await storeSome(town, dice.fork('stored value'))
  await offer(town, dice.fork('offers'))
  await connect(town, dice.fork('systems'))
  await offerRewards(town, dice.fork('rewards'))
  await openCampaigns(town, dice.fork('campaigns'))
}

/** Promoters two deep who earned something days ago, before anything else was there to wait: what may be withdrawn from the first day on. */
async function earnSome(town: Town, dice: Dice): Promise<void> {
  const [first, second, ...others] = town.shoppers
  if (!first || !second) throw new Error('nobody lives here')
  await tier(town, dice)
  await openPromoting(town, dice)
  for (const each of [first, second]) await applyAs(town, dice.fork(each.name), each, 1)
  for (const each of [...others, first]) await bindAs(town, dice.fork(`${each.name} comes`), each)
  for (const [i, each] of others.slice(0, 4).entries()) await buy(town, dice.fork(i), each)
  await openBoxes(town, dice.fork('boxes'))
  for (const days of [...WEEK_DAYS, TERM_DAYS - WEEK_DAYS[0] - WEEK_DAYS[1]]) {
    await town.chain.sweep()
    await town.chain.jump(days * DAY)
  }
  await town.chain.sweep()
  await lookAtAll(town, dice.fork('boxes of all'))
}

/** Orders something, pays and takes it home. */
async function buy(town: Town, dice: Dice, shopper: Person): Promise<void> {
  const api = shopper.with(dice)
  const placed = await api('POST /v1/orders', {
    body: {
      idempotencyKey: dice.key('first'),
      storeId: 'S01',
      fulfilment: { kind: 'pickup' },
      lines: [{ skuId: APPLE, quantity: 1 }],
    },
  })
  const params = { orderId: placed.id }
  const opened = await api('POST /v1/orders/:orderId/payments', { params, body: { provider: 'wechat' } })
  if (opened.provider !== 'wechat') throw new Error(`paid by ${opened.provider}`)
  const at = { prepayId: opened.prepayId, outcome: 'success-without-callback', couponFen: 0 }
  await town.chain.sim('POST', '/_sim/pay', at)
  await api('GET /v1/orders/:orderId/payment', { params })
  const { digits } = await api('GET /v1/orders/:orderId/pickup-code', { params })
  const clerk = clerkOf(town, dice, 'S01').with(dice)
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}
