import type { AllRoutes, Input } from '@linli/contract'
import { GOODS, skuOf } from '../../apps/server/test/fixtures.ts'
import { businessDay, dayAfter, secondsAfter } from '../../apps/server/src/kernel/clock.ts'
import type { Dice } from '../dice.ts'
import { SKUS, STORES, type Town } from '../town.ts'

export type CampaignInput = Input<AllRoutes['POST /console/v1/campaigns']>['body']
/** What comes every week before the doors open; nothing else that is opened then is of it. */
export const BOX_SKU = SKUS[0] ?? ''
export type CampaignKind = CampaignInput['terms']['kind']
type Head = Omit<CampaignInput, 'terms' | 'items'>
interface Wanted {
  head: Head
  skuId: string
  startsAt: Date
  endsAt: Date
}

/** One fen less than the cheapest thing costs, so that any goods will do. */
const CHEAP_FEN = 90
const HOUR = 3600
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const priceOf = (skuId: string): number =>
  GOODS.find(({ barcode }) => skuOf(barcode) === skuId)?.priceFen ?? CHEAP_FEN

/** Less than people want. */
const itemsOf = (dice: Dice, skuId: string, priceFen: number, least = 2): CampaignInput['items'] => [
  {
    skuId,
    priceFen,
    quotas: dice
      .some(STORES, dice.between(1, STORES.length))
      .map((storeId) => ({ storeId, quota: dice.between(least, least + 6) })),
  },
]

function flash(_town: Town, dice: Dice, { head, skuId, startsAt, endsAt }: Wanted): CampaignInput {
  const half = new Date((startsAt.getTime() + endsAt.getTime()) / 2)
  const batches = dice.chance(0.5)
    ? []
    : [
        { at: startsAt.toISOString(), shareBp: 4000 },
        { at: half.toISOString(), shareBp: 6000 },
      ]
  return { ...head, items: itemsOf(dice, skuId, CHEAP_FEN), terms: { kind: 'flash', batches } }
}

function group(_town: Town, dice: Dice, { head, skuId }: Wanted): CampaignInput {
  const size = dice.between(2, 3)
  const steps = dice.chance(0.5) ? [{ size: size + 1, priceFen: CHEAP_FEN - dice.between(1, 40) }] : undefined
  const terms = {
    kind: 'group',
    size,
    hours: dice.between(1, 2),
    quietMinutes: 20,
    latePayer: dice.pick(['refund', 'new_group'] as const) ?? 'refund',
    newOnly: false,
    ...(steps ? { steps } : {}),
  } as const
  const most = steps?.[0]?.size ?? size
  return { ...head, items: itemsOf(dice, skuId, CHEAP_FEN, most * head.perMember), terms }
}

/** What friends who help may do and get, alike in a bargain and an assist. */
const friends = (town: Town, dice: Dice) => ({
  hours: dice.between(1, 6),
  helpsEach: dice.between(2, 5),
  helpsPerDay: dice.between(1, 2),
  helperTemplateId: dice.chance(0.5) ? town.rewards.helper : null,
})

function bargain(town: Town, dice: Dice, { head, skuId }: Wanted): CampaignInput {
  const startFen = priceOf(skuId)
  const cuts = Array.from({ length: dice.between(2, 3) }, () => dice.between(1, 30))
  const priceFen = startFen - cuts.reduce((sum, cut) => sum + cut, 0)
  return {
    ...head,
    items: itemsOf(dice, skuId, priceFen, head.perMember),
    terms: { kind: 'bargain', startFen, cuts, holdMinutes: dice.between(10, 30), ...friends(town, dice) },
  }
}

const assist = (town: Town, dice: Dice, { head }: Wanted): CampaignInput => ({
  ...head,
  items: [],
  terms: {
    kind: 'assist',
    storeIds: [...STORES],
    helpers: dice.between(1, 3),
    templateId: town.rewards.owner,
    ...friends(town, dice),
  },
})

const shareOff = (town: Town, dice: Dice, { head }: Wanted): CampaignInput => ({
  ...head,
  items: [],
  terms: {
    kind: 'share_off',
    storeIds: [...STORES],
    act: dice.pick(['claim', 'buy'] as const) ?? 'claim',
    newOnly: dice.chance(0.2),
    days: dice.between(1, 9),
    templateId: town.rewards.owner,
    friendTemplateId: town.rewards.helper,
    mostEach: dice.between(1, 3),
  },
})

/** Paid at once or a deposit first; as far as days pass in a run, some balances fall due in it, and some are missed. */
function presale(_town: Town, dice: Dice, { head, skuId, startsAt, endsAt }: Wanted): CampaignInput {
  const at = (seconds: number): string => secondsAfter(endsAt, seconds).toISOString()
  const called = dice.pick(['advance', 'earnest', null] as const) ?? null
  const deposit = called && {
    called,
    bp: dice.between(500, 2000),
    balanceFrom: at(HOUR),
    balanceUntil: at(HOUR + DAY * dice.between(1, 4)),
  }
  const cutoff = secondsAfter(startsAt, Math.min(HOUR, (endsAt.getTime() - startsAt.getTime()) / 2000))
  const terms = {
    kind: 'presale',
    deposit,
    cutoff: cutoff.toISOString(),
    pickupFrom: at(HOUR),
    promisedBy: at(6 * DAY),
  } as const
  return { ...head, items: itemsOf(dice, skuId, priceOf(skuId) - dice.between(1, 20)), terms }
}

/** Ordered for the first time tomorrow at nine, and paid for days; two in one week are more than some stores pack. */
function box(_town: Town, dice: Dice, { head, skuId, startsAt, endsAt }: Wanted): CampaignInput {
  const ordersDaysBefore = dice.between(3, 4)
  const day = dayAfter(businessDay(startsAt), 1 + ordersDaysBefore)
  const weeks = Math.ceil((endsAt.getTime() - startsAt.getTime()) / 1000 / WEEK)
  const quotas = STORES.map((storeId) => ({ storeId, quota: weeks * dice.between(4, 7) }))
  const terms = {
    kind: 'box',
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7,
    ordersDaysBefore,
    payUntilHour: dice.between(12, 22),
  } as const
  const items = [{ skuId, priceFen: priceOf(skuId) - dice.between(1, 20), quotas }]
  return { ...head, perMember: weeks * dice.between(1, 2), items, terms }
}

const KINDS: Readonly<Record<CampaignKind, (town: Town, dice: Dice, wanted: Wanted) => CampaignInput>> = {
  flash,
  group,
  bargain,
  assist,
  share_off: shareOff,
  presale,
  box,
}

/** A campaign of one kind that begins so soon and lasts so long; in every shape that its kind has. */
export function campaignOf(
  town: Town,
  dice: Dice,
  {
    kind,
    skuId = dice.pick(SKUS) ?? '',
    inSeconds,
    seconds,
  }: { kind: CampaignKind; skuId?: string | undefined; inSeconds: number; seconds: number },
): CampaignInput {
  const startsAt = secondsAfter(town.chain.now(), inSeconds)
  const endsAt = secondsAfter(startsAt, seconds)
  const head: Head = {
    name: `${kind} ${dice.key('campaign').slice(-6)}`,
    perMember: dice.between(1, 2),
    payMinutes: dice.between(5, 15),
    armMinutes: dice.pick([0, 30]) ?? 0,
    tiers: null,
    firstOrder: false,
    funding: 'hq',
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  }
  return KINDS[kind](town, dice, { head, skuId, startsAt, endsAt })
}
