import type { AllRoutes, Output } from '@linli/contract'
import { TERMS } from '../../apps/server/test/commissions.ts'
import type { Dice } from '../dice.ts'
import { answerOf, type Answer, valueOf } from '../people.ts'
import { headOffice, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'
import { unlessRefused } from './wechat.ts'

type Shown = Output<AllRoutes['POST /v1/promoter/withdrawals']>
const PROMOTERS = 3

/** Head office sets the terms: two deep, and the least that WeChat sends. */
export async function openPromoting(town: Town, dice: Dice): Promise<void> {
  const levels = [{ code: 'new', name: '新手', rateBp: 2000, upperBp: 500 }]
  await headOffice(town, dice)('POST /console/v1/commission-terms', { body: { ...TERMS, levels } })
}

/** Somebody wants to promote, by the code of another who does perhaps; head office answers those who wait. */
export const promote: Action = {
  name: 'apply to promote',
  weight: 2,
  choose(town, dice) {
    // The same few: what they earn adds up.
    const shopper = dice.pick(town.shoppers.slice(0, PROMOTERS))
    if (!shopper) return undefined
    return () => applyAs(town, dice, shopper, 0.8)
  },
}

/** Applies, and is let in as likely as that; answers their key. */
export async function applyAs(
  town: Town,
  dice: Dice,
  shopper: Town['shoppers'][number],
  chance: number,
): Promise<void> {
  const api = shopper.with(dice)
  const [invite] = await keysOf(town, dice, 1)
  const body = { words: '我想推广', ...(invite ? { invite } : {}) }
  await inDoubt(dice, () => api('POST /v1/promoter-applications', { body }))
  const office = headOffice(town, dice)
  const query = { state: 'APPLIED' } as const
  const waiting = valueOf(await answerOf(office('GET /console/v1/promoter-applications', { query })))
  for (const { id: applicationId } of waiting?.items ?? []) {
    const params = { applicationId }
    const answer = () =>
      dice.chance(chance)
        ? office('POST /console/v1/promoter-applications/:applicationId/approval', {
            params,
            body: { level: 'new' },
          })
        : office('POST /console/v1/promoter-applications/:applicationId/refusal', {
            params,
            body: { reason: '再等等' },
          })
    await inDoubt<unknown>(dice, answer)
  }
}

/** What links of theirs carry. */
async function keysOf(town: Town, dice: Dice, most: number): Promise<string[]> {
  const keys: string[] = []
  for (const shopper of dice.some(town.shoppers.slice(0, PROMOTERS), most)) {
    const shown = valueOf(await answerOf(shopper.with(dice)('GET /v1/promoter')))
    if (shown?.me) keys.push(shown.me.key)
  }
  return keys
}

/** Comes by the links of promoters, of two at once. */
export const bindTo: Action = {
  name: 'come by a promoter’s link',
  weight: 4,
  choose(town, dice) {
    const shopper = dice.pick(town.shoppers)
    return shopper && (() => bindAs(town, dice, shopper))
  },
}

export async function bindAs(town: Town, dice: Dice, shopper: Town['shoppers'][number]): Promise<void> {
  const keys = await keysOf(town, dice, 2)
  await Promise.all(
    keys.map((key, i) => {
      const own = dice.fork(i)
      const api = shopper.with(own)
      return inDoubt(own, () => api('POST /v1/promoter-bindings', { body: { key } }))
    }),
  )
}

/** A promoter is stopped, or goes on. */
export const judgePromoter: Action = {
  name: 'stop a promoter or let them go on',
  weight: 1,
  choose(town, dice) {
    const office = headOffice(town, dice)
    return async () => {
      const list = valueOf(await answerOf(office('GET /console/v1/promoters', { query: {} })))
      const found = dice.pick(list?.items ?? [])
      if (!found) return
      const params = { memberId: found.member.id }
      const body = { active: dice.chance(0.7), level: 'new', reason: '看看' }
      await answerOf(office('POST /console/v1/promoters/:memberId/standing', { params, body }))
    }
  },
}

/** Withdraws some of what is there, or more; twice at once now and then. */
export const withdrawEarned: Action = {
  name: 'withdraw what was earned',
  weight: 5,
  choose(town, dice) {
    const owner = dice.pick(town.shoppers.slice(0, PROMOTERS))
    if (!owner) return undefined
    const api = owner.with(dice)
    return async () => {
      const shown = valueOf(await answerOf(api('GET /v1/promoter')))
      if (!shown?.me) return
      const most = Math.max(20, Math.min(200, shown.me.sums.availableFen + 20))
      const amountFen = dice.between(10, most)
      const body = { idempotencyKey: dice.key('withdrawal'), amountFen, expectNetFen: amountFen }
      keep(town, owner, await inDoubt(dice, () => api('POST /v1/promoter/withdrawals', { body })))
    }
  },
}

function keep(town: Town, owner: Town['shoppers'][number], answers: readonly Answer<Shown>[]): void {
  for (const answer of answers) {
    if (answer.kind !== 'ok') continue
    const { withdrawal, confirm } = answer.value
    const known = town.withdrawals.find(({ id }) => id === withdrawal.id)
    if (known) known.package ??= confirm?.package
    else town.withdrawals.push({ id: withdrawal.id, owner, package: confirm?.package })
  }
}

/** What the owner does with a withdrawal: looks, presses 确认收款, takes it back; two of these at once. */
export const endWithdrawal: Action = {
  name: 'confirm a withdrawal or take it back',
  weight: 6,
  choose(town, dice) {
    const withdrawal = dice.pick(town.withdrawals.slice(-4))
    if (!withdrawal) return undefined
    const { id: withdrawalId, owner } = withdrawal
    const api = owner.with(dice)
    const params = { withdrawalId }
    return async () => {
      const look = async () =>
        keep(town, owner, [await answerOf(api('GET /v1/promoter/withdrawals/:withdrawalId', { params }))])
      const confirm = async () => {
        if (withdrawal.package === undefined) return
        const body = { package: withdrawal.package }
        await unlessRefused(town.chain.sim('POST', '/_sim/transfers/confirmation', body))
      }
      const takeBack = async () =>
        void (await inDoubt(dice, () =>
          api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', { params }),
        ))
      await look()
      const deeds = dice.weigh({ look: 2, confirm: 4, back: 1, both: 2 })
      if (deeds === 'confirm' || deeds === 'back') await (deeds === 'confirm' ? confirm() : takeBack())
      if (deeds === 'both') await Promise.all([confirm(), takeBack()])
      await look()
    }
  },
}
