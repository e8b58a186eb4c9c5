import type { Dice } from '../dice.ts'
import { answerOf, valueOf } from '../people.ts'
import { clerkOf, headOffice, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

const HEAD = '卡号,姓名,手机号,积分,成长值,首次消费,最近消费,消费次数,消费金额'
/** What each of them brings. */
export const CARD_POINTS = 150
const CARDS = ['TORTURE01', 'TORTURE02', 'TORTURE03']

/** Cards of the time before, of nobody's phone: staff who see them bind them. */
export async function importCards(town: Town, dice: Dice): Promise<void> {
  const rows = CARDS.map((no) => `${no},王小满,,${CARD_POINTS},30,2019-03-01,2025-12-30,88,1234.50`)
  const body = { csv: [HEAD, ...rows].join('\n'), dryRun: false }
  await headOffice(town, dice)('POST /console/v1/old-card-imports', { body })
}

/** A card lies on the counter, and somebody says it is theirs; at another counter somebody else says so too. */
export const bindCard: Action = {
  name: 'bind an old card',
  weight: 3,
  choose(town, dice) {
    const no = dice.pick(CARDS)
    const claimants = dice.some(town.memberIds, dice.between(1, 2))
    if (!no || claimants.length === 0) return undefined
    return async () => {
      await Promise.all(
        claimants.map(async (memberId) => {
          const own = dice.fork(memberId)
          const storeId = own.pick(STORES) ?? 'S01'
          const clerk = clerkOf(town, own, storeId).with(own)
          const body = { storeId, no, memberId }
          await inDoubt(own, () => clerk('POST /staff/v1/old-card-bindings', { body }))
        }),
      )
    }
  },
}

/** It was somebody else's: head office undoes it, and the card is free. */
export const undoCard: Action = {
  name: 'undo an old card',
  weight: 2,
  choose(town, dice) {
    const no = dice.pick(CARDS)
    if (!no) return undefined
    const office = headOffice(town, dice)
    return async () => {
      const found = valueOf(await answerOf(office('GET /console/v1/old-cards', { query: { q: no } })))
      const bindingId = found?.items[0]?.binding?.id
      if (bindingId === undefined) return
      const send = () =>
        office('POST /console/v1/card-bindings/:bindingId/undoing', {
          params: { bindingId },
          body: { reason: '不是本人' },
        })
      const done = (await inDoubt(dice, send)).filter(({ kind }) => kind === 'ok')
      if (done.length > 1) town.sightings.violations.push(`binding ${bindingId} was undone twice`)
    }
  },
}
