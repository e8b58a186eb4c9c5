import type { Dice } from '../dice.ts'
import type { Answer, LinliApi } from '../people.ts'
import { headOffice, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { offered } from './benefits.ts'
import { inDoubt } from './insist.ts'

const WORD = '邻里开张'
/** Few of each, so that many want the last one: by claim, by a word, on paper and for points. */
const OFFERS = [
  offered('领1元', 100, {
    way: 'claim',
    most: 25,
    mostEach: 4,
    budgetOn: 'granted',
    budgetFen: 1800,
    worthFen: 100,
  }),
  offered('口令1元', 100, { way: 'word', word: WORD, most: 12, mostEach: 2, mostPerDay: 5 }),
  offered('纸券1元', 100, { way: 'code', most: 20, mostEach: 5 }),
  offered('积分换1元', 100, { way: 'points', pricePoints: 40, most: 30, mostEach: 6 }),
] as const

/** Head office makes the offers, and has codes printed. */
export async function offer(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  for (const body of OFFERS) {
    const { id } = await office('POST /console/v1/coupon-templates', { body })
    town.offers[body.way === 'points' ? 'points' : body.way === 'claim' ? 'claim' : 'paper'] = id
    if (body.way !== 'code') continue
    const batch = await office('POST /console/v1/coupon-templates/:templateId/code-batches', {
      params: { templateId: id },
      body: { idempotencyKey: dice.key('codes'), count: 18 },
    })
    await town.chain.sweep()
    const params = { batchId: batch.id }
    const reveal = office('POST /console/v1/coupon-code-batches/:batchId/reveals', {
      params,
      body: { after: 0 },
    })
    town.codes.push(...(await reveal).items.map(({ code }) => code))
  }
}

type Got = { id: string }
/** One key is worth one coupon, however often it is sent. */
function keep(town: Town, key: string, memberId: string, answers: readonly Answer<Got>[]): void {
  const ids = new Set(answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value.id] : [])))
  if (ids.size > 1) town.sightings.violations.push(`claim ${key} was answered with ${ids.size} coupons`)
  for (const couponId of ids) town.promises.push({ what: 'claimed', couponId, memberId })
}

const WAYS: Record<
  'claim' | 'points' | 'paper' | 'word',
  (town: Town, dice: Dice, key: string) => (api: LinliApi) => Promise<Got>
> = {
  claim:
    ({ offers }, _dice, idempotencyKey) =>
    (api) =>
      api('POST /v1/coupon-offers/:templateId/claims', {
        params: { templateId: offers.claim },
        body: { idempotencyKey },
      }),
  points:
    ({ offers }, _dice, idempotencyKey) =>
    (api) =>
      api('POST /v1/coupon-offers/:templateId/purchases', {
        params: { templateId: offers.points },
        body: { idempotencyKey },
      }),
  paper: ({ codes }, dice, idempotencyKey) => {
    const code = dice.pick(codes) ?? ''
    return (api) => api('POST /v1/coupon-codes', { body: { code, idempotencyKey } })
  },
  word: (_town, _dice, idempotencyKey) => (api) =>
    api('POST /v1/coupon-codes', { body: { code: WORD, idempotencyKey } }),
}

/** Two shoppers want a coupon at the same moment, the same one now and then: of those on paper, the very same code. */
export const wantCoupon: Action = {
  name: 'want a coupon',
  weight: 6,
  choose(town, dice) {
    const way = dice.weigh({ claim: 3, points: 3, paper: 2, word: 2 })
    const people = dice.some([...town.shoppers.keys()], dice.between(1, 2))
    const key = dice.key('claim')
    const ask = WAYS[way](town, dice, key)
    return async () => {
      await Promise.all(
        people.map(async (at) => {
          const [shopper, memberId] = [town.shoppers[at], town.memberIds[at]]
          if (!shopper || !memberId) return
          const api = shopper.with(dice.fork(at))
          keep(town, key, memberId, await inDoubt(dice.fork(`${at} again`), () => ask(api)))
        }),
      )
    }
  },
}
