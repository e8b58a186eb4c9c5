import type { Dice } from '../dice.ts'
import { answerOf, type LinliApi, type Person, valueOf } from '../people.ts'
import { headOffice, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { offered } from './benefits.ts'
import { runningCampaign, telephone } from './campaigns.ts'
import { forget } from './groups.ts'
import { inDoubt } from './insist.ts'
import { intend, send } from './shopping.ts'

/** Coupons for whoever asked friends, and for friends: fewer than would be wanted. */
export async function offerRewards(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const make = async (label: string, most: number) =>
    (
      await office('POST /console/v1/coupon-templates', {
        body: offered(label, 100, { way: 'reward', most }),
      })
    ).id
  town.rewards = { owner: await make('邀友1元', 12), helper: await make('帮忙1元', 20) }
}

/** Everybody holds a telephone of their own; now and then somebody else's. */
const deviceOf = (town: Town, dice: Dice, { name }: Person): string =>
  telephone(dice.chance(0.1) ? (dice.pick(town.shoppers)?.name ?? name) : name)

/** Asks friends to help, from two telephones at once now and then. */
export const startRally: Action = {
  name: 'ask friends to help',
  weight: 4,
  choose(town, dice) {
    const owner = dice.pick(town.shoppers)
    if (!owner) return undefined
    const api = owner.with(dice)
    return async () => {
      const found = await runningCampaign(api, dice, ['bargain', 'assist'])
      if (!found) return
      const { storeId } = found
      const campaignId = found.campaign.id
      const body = { campaignId, storeId, device: deviceOf(town, dice, owner) }
      const answers = await inDoubt(dice, () => api('POST /v1/rallies', { body }))
      for (const answer of answers) {
        if (answer.kind !== 'ok' || town.rallies.some(({ id }) => id === answer.value.id)) continue
        const { id, kind } = answer.value
        town.rallies.push({ id, kind, owner, campaignId, storeId })
      }
    }
  },
}

/** Friends look and tap, several at a time; some have tapped before, some ask themselves, some never looked. */
export const helpRally: Action = {
  name: 'help',
  weight: 12,
  choose(town, dice) {
    const rally = dice.pick(town.rallies.slice(-4))
    if (!rally) return undefined
    const friends = dice.some(town.shoppers, dice.between(1, 4))
    return async () => {
      await Promise.all(friends.map((friend, i) => helpOnce(town, dice.fork(i), friend, rally.id)))
    }
  },
}

const NEVER_LOOKED = 'nothing.was.shown.to.me'

async function helpOnce(town: Town, dice: Dice, friend: Person, rallyId: string): Promise<void> {
  const api = friend.with(dice)
  const params = { rallyId }
  const shown = valueOf(await answerOf(api('GET /v1/rallies/:rallyId', { params })))
  // Whom the page offers nothing mostly goes away.
  if (!shown?.seen && dice.chance(0.8)) return
  const seen = dice.chance(0.05) ? NEVER_LOOKED : (shown?.seen ?? NEVER_LOOKED)
  const body = { seen, device: deviceOf(town, dice, friend) }
  const answers = await inDoubt(dice, () => api('POST /v1/rallies/:rallyId/helps', { params, body }))
  if (answers.some((answer) => answer.kind === 'ok') && (shown?.mine || seen === NEVER_LOOKED))
    town.sightings.violations.push(
      `${friend.name} helped with ${rallyId} ${shown?.mine ? 'of their own' : 'unseen'}`,
    )
}

/** Orders what was bargained for: in time, too soon, too late, or twice at once. */
export const orderBargain: Action = {
  name: 'order a bargain',
  weight: 5,
  choose(town, dice) {
    const rally = dice.pick(town.rallies.filter(({ kind }) => kind === 'bargain').slice(-5))
    if (!rally) return undefined
    // Somebody else wants it once in a while.
    const shopper = dice.chance(0.9) ? rally.owner : (dice.pick(town.shoppers) ?? rally.owner)
    const { storeId, campaignId } = rally
    const orders = ['one', ...(dice.chance(0.3) ? ['other'] : [])].map((which) =>
      intend(town, shopper, {
        idempotencyKey: dice.key(`bargain-${which}`),
        storeId,
        fulfilment: { kind: 'pickup' },
        lines: [],
        campaign: { campaignId, rallyId: rally.id },
      }),
    )
    return async () => {
      const skuId = await goodsOf(shopper.with(dice), rally.id)
      if (skuId === undefined) return forget(town, orders)
      await Promise.all(
        orders.map((order, i) => {
          order.body.lines = [{ skuId, quantity: 1 }]
          return send(town, order, dice.fork(i))
        }),
      )
    }
  },
}

const goodsOf = async (api: LinliApi, rallyId: string): Promise<string | undefined> =>
  valueOf(await answerOf(api('GET /v1/rallies/:rallyId', { params: { rallyId } })))?.goods?.skuId

/** Passes on what brings a coupon once a friend does something. */
export const passOn: Action = {
  name: 'pass an invitation on',
  weight: 3,
  choose(town, dice) {
    const owner = dice.pick(town.shoppers)
    if (!owner) return undefined
    const api = owner.with(dice)
    return async () => {
      const found = await runningCampaign(api, dice, ['share_off'])
      if (!found) return
      const body = {
        campaignId: found.campaign.id,
        storeId: found.storeId,
        device: deviceOf(town, dice, owner),
      }
      for (const answer of await inDoubt(dice, () => api('POST /v1/invites', { body })))
        if (answer.kind === 'ok' && !town.invites.includes(answer.value.id))
          town.invites.push(answer.value.id)
    }
  },
}

/** Friends open it and say so, of several sharers at once. */
export const openInvite: Action = {
  name: 'open an invitation',
  weight: 5,
  choose(town, dice) {
    const friend = dice.pick(town.shoppers)
    const inviteIds = dice.some(town.invites.slice(-5), 2)
    if (!friend || inviteIds.length === 0) return undefined
    return async () => {
      await Promise.all(
        inviteIds.map(async (inviteId, i) => {
          const own = dice.fork(i)
          const api = friend.with(own)
          const params = { inviteId }
          const shown = valueOf(await answerOf(api('GET /v1/invites/:inviteId', { params })))
          const body = { seen: shown?.seen ?? NEVER_LOOKED, device: deviceOf(town, own, friend) }
          await inDoubt(own, () => api('POST /v1/invites/:inviteId/openings', { params, body }))
        }),
      )
    }
  },
}
