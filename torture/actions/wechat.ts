import { SimRefusal } from '../chain.ts'
import type { Dice } from '../dice.ts'
import type { Town } from '../town.ts'
import type { Action } from './action.ts'

interface Notice {
  id: string
  state: string
  eventType: string
}
interface SimRefund {
  outRefundNo: string
  state: string
}

/** Deliveries that nobody who checks a signature may take. */
const FORGERIES = [
  'wrong-tag',
  'wrong-key',
  'bad-signature',
  'missing-headers',
  'stale-timestamp',
  'future-timestamp',
  'unknown-serial',
  'tampered-body',
  'signtest',
] as const
/** Deliveries that WeChat did sign, odd as they are. */
const ODDITIES = [
  'send',
  'duplicate',
  'duplicate-concurrent',
  'other-mchid',
  'other-appid',
  'amount-mismatch',
  'unknown-order',
  'unknown-event',
  'header-case',
  'chunked',
  'bom',
  'certificate-key',
] as const

/** What the sandbox refuses because the moment has passed is no news. */
export async function unlessRefused<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof SimRefusal) return undefined
    throw error
  }
}

/** Alipay's have no event. */
export const isWechats = (eventType: string): boolean => /^(TRANSACTION|REFUND)\./.test(eventType)

async function someNotice({ chain }: Town, dice: Dice): Promise<Notice | undefined> {
  const { notifications } = await chain.sim<{ notifications: Notice[] }>(
    'GET',
    '/_sim/notifications?limit=40',
  )
  return dice.pick(notifications.filter(({ eventType }) => isWechats(eventType)))
}

/** A notification comes once more, at once, or in a shape that few have seen. */
export const notifyOddly: Action = {
  name: 'notify oddly',
  weight: 3,
  choose(town, dice) {
    return async () => {
      const notice = await someNotice(town, dice)
      const how = dice.pick(ODDITIES)
      if (notice) await unlessRefused(town.chain.sim('POST', `/_sim/notifications/${notice.id}/${how}`, {}))
    }
  },
}

/** Somebody who is not WeChat says that money came. */
export const forge: Action = {
  name: 'forge a notification',
  weight: 3,
  choose(town, dice) {
    return async () => {
      const notice = await someNotice(town, dice)
      const how = dice.pick(FORGERIES)
      if (!notice || !how) return
      const told = await unlessRefused(
        town.chain.sim<{ accepted: boolean }>('POST', `/_sim/notifications/${notice.id}/${how}`, {}),
      )
      if (told?.accepted) town.sightings.violations.push(`a forged notification (${how}) was taken for real`)
    }
  },
}

/** WeChat's own desk decides about a refund that hangs. */
export const decideRefund: Action = {
  name: 'decide a hanging refund',
  weight: 2,
  choose(town, dice) {
    return async () => {
      const { refunds } = await town.chain.sim<{ refunds: SimRefund[] }>('GET', '/_sim/refunds?limit=40')
      const open = dice.pick(refunds.filter(({ state }) => state === 'PROCESSING' || state === 'ABNORMAL'))
      const how = dice.weigh({ succeed: 4, abnormal: 2, close: 2 })
      if (open) await unlessRefused(town.chain.sim('POST', `/_sim/refunds/${open.outRefundNo}/${how}`, {}))
    }
  },
}
