import type { AllRoutes, Input } from '@linli/contract'
import { holder } from '../../apps/server/test/stored-value.ts'
import type { Dice } from '../dice.ts'
import { type Answer, answerOf, type LinliApi, valueOf } from '../people.ts'
import { clerkOf, headOffice, managerOf, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

const TOP_UP = 'POST /staff/v1/stored-value-members/:memberId/top-ups'
const PAY_OUT = 'POST /console/v1/stored-value-members/:memberId/pay-outs'
type TopUp = Input<AllRoutes[typeof TOP_UP]>['body']
type PayOut = Input<AllRoutes[typeof PAY_OUT]>['body']

/** What somebody at a till once sent, and may send again. */
export type AtTill = { memberId: string; storeId: string } & (
  | { way: 'in'; body: TopUp }
  | { way: 'out'; body: PayOut }
)

const MOST_FEN = 60_000
const termsOf = (open: boolean) => ({ open, maxBalanceFen: MOST_FEN, filingNo: null })

/** Cash is put down in notes; a card has its slip. The name was recorded the first time, and is often said again. */
function money(dice: Dice, amountFen: number): Pick<TopUp, 'tender' | 'tenderedFen' | 'slip' | 'holder'> {
  const named = dice.chance(0.7) ? { holder } : {}
  if (dice.chance(0.3)) return { ...named, tender: 'card', slip: String(dice.int(10 ** 6)).padStart(6, '0') }
  return {
    ...named,
    tender: 'cash',
    tenderedFen: dice.chance(0.5) ? amountFen : Math.ceil(amountFen / 10_000) * 10_000,
  }
}

/** Sends it, in doubt again under the same key, and keeps what was answered. */
async function atTill(town: Town, dice: Dice, sent: AtTill): Promise<void> {
  const { memberId, storeId } = sent
  const params = { memberId }
  const send =
    sent.way === 'in'
      ? () => clerkOf(town, dice, storeId).with(dice)(TOP_UP, { params, body: sent.body })
      : () => managerOf(town, dice, storeId).with(dice)(PAY_OUT, { params, body: sent.body })
  keep(town, sent, await inDoubt<{ amountFen: number; at: string }>(dice, send))
}

function keep(town: Town, { way, memberId, body }: AtTill, answers: readonly Answer<{ at: string }>[]): void {
  const told = answers.filter((answer) => answer.kind === 'ok').map(({ value }) => value.at)
  const key = body.idempotencyKey
  if (new Set(told).size > 1)
    town.sightings.violations.push(`key ${key} of a till was answered as done at ${told.join(' and ')}`)
  if (told.length > 0)
    town.promises.push({
      what: 'posted',
      memberId,
      key,
      fen: way === 'in' ? body.amountFen : -body.amountFen,
    })
}

/** Head office opens it before the doors do, and everybody pays something ahead. */
export async function storeSome(town: Town, dice: Dice): Promise<void> {
  await headOffice(town, dice)('PUT /console/v1/stored-value/terms', { body: termsOf(true) })
  for (const memberId of town.memberIds) {
    const amountFen = dice.between(20, 200) * 100
    const storeId = dice.pick(STORES) ?? 'S01'
    const body: TopUp = {
      idempotencyKey: dice.key('top-up'),
      storeId,
      amountFen,
      tender: 'cash',
      tenderedFen: amountFen,
      holder,
    }
    const sent: AtTill = { way: 'in', memberId, storeId, body }
    town.atTill.push(sent)
    const clerk = clerkOf(town, dice, storeId).with(dice)
    keep(town, sent, [await answerOf(clerk(TOP_UP, { params: { memberId }, body }))])
  }
}

/** Head office switches stored value off, or on again; it is on most of the time. */
export const switchValue: Action = {
  name: 'switch stored value',
  weight: 1,
  choose(town, dice) {
    const office = headOffice(town, dice)
    const body = termsOf(dice.chance(0.75))
    return async () => {
      await inDoubt(dice, () => office('PUT /console/v1/stored-value/terms', { body }))
    }
  },
}

export const topUp: Action = {
  name: 'top up',
  weight: 5,
  choose(town, dice) {
    const memberId = dice.pick(town.memberIds)
    const storeId = dice.pick(STORES)
    if (!memberId || !storeId) return undefined
    const amountFen = dice.between(1, 300) * 100
    const body: TopUp = {
      idempotencyKey: dice.key('top-up'),
      storeId,
      amountFen,
      ...money(dice, amountFen),
    }
    const sent: AtTill = { way: 'in', memberId, storeId, body }
    town.atTill.push(sent)
    return () => atTill(town, dice, sent)
  },
}

/** The member shows what is there and wants some of it, or all, in cash; once in a while two tills pay it at the same time. */
export const payOut: Action = {
  name: 'pay out',
  weight: 3,
  choose(town, dice) {
    const at = dice.int(town.memberIds.length)
    const [shopper, memberId, storeId] = [town.shoppers[at], town.memberIds[at], dice.pick(STORES)]
    if (!shopper || !memberId || !storeId) return undefined
    const tills = dice.chance(0.2) ? ['a', 'b'] : ['a']
    return async () => {
      const mine = valueOf(await answerOf(shopper.with(dice)('GET /v1/stored-value')))
      if (!mine || mine.availableFen === 0) return
      const { availableFen } = mine
      await Promise.all(
        tills.map((till) => {
          const amountFen = dice.chance(0.3) ? availableFen : dice.between(1, availableFen)
          const body: PayOut = {
            idempotencyKey: dice.key('pay-out'),
            storeId,
            amountFen,
            expectFen: availableFen,
            reason: '顾客要求退回',
          }
          const sent: AtTill = { way: 'out', memberId, storeId, body }
          town.atTill.push(sent)
          return atTill(town, dice.fork(till), sent)
        }),
      )
    }
  },
}

/** A till that never heard sends it again, perhaps days later; or somebody's mistake puts other money under the same key. */
export const sendAgain: Action = {
  name: 'send to the till again',
  weight: 3,
  choose(town, dice) {
    const sent = dice.pick(town.atTill)
    if (!sent) return undefined
    const other = dice.chance(0.15)
    return async () => {
      if (!other) return atTill(town, dice, sent)
      const { way, memberId, storeId, body } = sent
      if (way === 'out' || !town.promises.some((each) => isOf(each, sent))) return
      const clerk = clerkOf(town, dice, storeId).with(dice)
      const changed = { ...body, ...money(dice, body.amountFen + 1), amountFen: body.amountFen + 1 }
      const answer = await answerOf(clerk(TOP_UP, { params: { memberId }, body: changed }))
      if (answer.kind === 'ok')
        town.sightings.violations.push(
          `key ${body.idempotencyKey} of a till was taken again with another sum`,
        )
    }
  },
}
const isOf = (each: Town['promises'][number], { memberId, body }: AtTill): boolean =>
  each.what === 'posted' && each.memberId === memberId && each.key === body.idempotencyKey

/** On a third of placements: all that is there, or a part of it. */
export async function wantedValue(api: LinliApi, dice: Dice): Promise<{ useStoredValue?: number }> {
  if (!dice.chance(1 / 3)) return {}
  const all = dice.chance(0.5)
  const mine = valueOf(await answerOf(api('GET /v1/stored-value')))
  if (!mine?.open || mine.availableFen === 0) return {}
  return { useStoredValue: all ? mine.availableFen : dice.between(1, mine.availableFen) }
}
