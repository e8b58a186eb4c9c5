import type { AllRoutes, Output } from '@linli/contract'
import type { Dice } from '../dice.ts'
import { answerOf, type LinliApi, valueOf } from '../people.ts'
import { headOffice, type PlaceBody, SKUS, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { BOX_SKU, campaignOf, type CampaignInput, type CampaignKind } from './campaign-kinds.ts'
import { inDoubt } from './insist.ts'

type Running = Output<AllRoutes['GET /v1/stores/:storeId/campaigns']>['items'][number]

const STATES = ['DRAFT', 'SCHEDULED', 'LIVE'] as const
/** Days in which whoever comes finds one of each kind. */
const LONG = 30 * 86_400
const HOUR = 3600
const DAY = 24 * HOUR

async function schedule(office: LinliApi, body: CampaignInput): Promise<string | undefined> {
  const made = valueOf(await answerOf(office('POST /console/v1/campaigns', { body })))
  if (!made) return undefined
  const params = { campaignId: made.id }
  const { revision } = made
  await answerOf(office('POST /console/v1/campaigns/:campaignId/schedule', { params, body: { revision } }))
  return made.id
}

/** A campaign that runs from so soon on, whatever it takes. */
export async function openOne(
  town: Town,
  dice: Dice,
  kind: CampaignKind,
  times: { skuId: string | undefined; inSeconds: number; seconds: number },
): Promise<{ campaignId: string }> {
  const office = headOffice(town, dice)
  const body = campaignOf(town, dice.fork(kind), { kind, ...times })
  const { id, revision } = await office('POST /console/v1/campaigns', { body })
  const params = { campaignId: id }
  await office('POST /console/v1/campaigns/:campaignId/schedule', { params, body: { revision } })
  return params
}

/** Of what people subscribe to there is one already. */
const OPENED = ['flash', 'group', 'bargain', 'assist', 'share_off', 'presale'] as const

/** Before the doors open: one of each kind, and one that was stopped at once. What is ordered ahead is ordered soon, so that its balance falls due. */
export async function openCampaigns(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const skuIds = dice.some(SKUS, SKUS.length).filter((skuId) => skuId !== BOX_SKU)
  const open = (kind: CampaignKind, times: { inSeconds: number; seconds: number }) =>
    openOne(town, dice, kind, { skuId: skuIds.pop(), ...times })
  for (const kind of OPENED) await open(kind, { inSeconds: 0, seconds: kind === 'presale' ? 6 * HOUR : LONG })
  const params = await open('flash', { inSeconds: HOUR, seconds: 600 })
  await office('POST /console/v1/campaigns/:campaignId/stop', { params, body: { reason: '试一试' } })
  await town.chain.sweep()
}

/** Head office makes one more for now or soon; some are never scheduled. */
export const makeCampaign: Action = {
  name: 'make a campaign',
  weight: 3,
  choose(town, dice) {
    const office = headOffice(town, dice)
    const kind = dice.weigh({ flash: 3, group: 3, bargain: 3, assist: 1, share_off: 1, presale: 3, box: 2 })
    const inSeconds = dice.pick([0, 0, 60, 900]) ?? 0
    const seconds =
      (kind === 'box' ? dice.pick([9 * DAY, 16 * DAY]) : dice.pick([600, HOUR, 20 * HOUR])) ?? 600
    const body = campaignOf(town, dice, { kind, inSeconds, seconds })
    const isScheduled = dice.chance(0.85)
    return async () => {
      if (isScheduled) await schedule(office, body)
      else await answerOf(office('POST /console/v1/campaigns', { body }))
    }
  },
}

/** Somebody at head office pauses one, goes on with it, stops it, or throws a draft away. */
export const turnCampaign: Action = {
  name: 'turn a campaign',
  weight: 2,
  choose(town, dice) {
    const office = headOffice(town, dice)
    const state = dice.pick(STATES) ?? 'LIVE'
    const deed = dice.weigh({ pause: 2, resume: 3, stop: 1, discard: 1 })
    const which = dice.fork('which')
    return async () => {
      const list = valueOf(await answerOf(office('GET /console/v1/campaigns', { query: { state } })))
      const found = which.pick(list?.items ?? [])
      if (!found) return
      const params = { campaignId: found.id }
      const reason = { reason: '试一试' }
      const deeds = {
        pause: () => office('POST /console/v1/campaigns/:campaignId/pause', { params, body: reason }),
        resume: () => office('POST /console/v1/campaigns/:campaignId/resumption', { params }),
        stop: () => office('POST /console/v1/campaigns/:campaignId/stop', { params, body: reason }),
        discard: () => office('DELETE /console/v1/campaigns/:campaignId', { params }),
      }
      await answerOf<unknown>(deeds[deed]())
    }
  },
}

/** Whatever is paused goes on: who asked friends for something waits for the end of it. */
export async function resumeAll(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const query = { state: 'LIVE', limit: 100 } as const
  const list = valueOf(await answerOf(office('GET /console/v1/campaigns', { query })))
  for (const { id, paused } of list?.items ?? []) {
    const params = { campaignId: id }
    if (paused) await answerOf(office('POST /console/v1/campaigns/:campaignId/resumption', { params }))
  }
}

/** A campaign that runs in some store now, of these kinds; undefined where none does. */
export async function runningCampaign(
  api: LinliApi,
  dice: Dice,
  kinds: readonly CampaignKind[],
): Promise<{ campaign: Running; storeId: string } | undefined> {
  const storeId = dice.pick(STORES) ?? 'S01'
  const running = valueOf(
    await answerOf(api('GET /v1/stores/:storeId/campaigns', { params: { storeId }, query: {} })),
  )
  const campaign = dice.pick(
    (running?.items ?? []).filter(({ state, kind }) => state === 'LIVE' && kinds.some((k) => k === kind)),
  )
  return campaign && { campaign, storeId }
}

/** What is sold to whoever comes; a bargain has to be reached first. */
const FOR_ALL = ['flash', 'group', 'presale'] as const

/** A basket of a campaign that runs in some store now; undefined where none does. */
export async function basketInCampaign(
  api: LinliApi,
  dice: Dice,
  kinds: readonly CampaignKind[] = FOR_ALL,
): Promise<Pick<PlaceBody, 'storeId' | 'lines' | 'campaign'> | undefined> {
  const found = await runningCampaign(api, dice, kinds)
  const item = found && dice.pick(found.campaign.items)
  if (!found || !item) return undefined
  const { storeId, campaign } = found
  const quantity = dice.weigh({ 1: 5, 2: 2 })
  return {
    storeId,
    lines: [{ skuId: item.skuId, quantity: Number(quantity) }],
    campaign:
      campaign.kind === 'flash'
        ? await askedIn(api, dice, { campaignId: campaign.id, storeId, skuId: item.skuId })
        : { campaignId: campaign.id },
  }
}

/** What an app made for itself on the telephone of this name. */
export const telephone = (name: string): string =>
  name
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .padEnd(16, '0')
    .slice(0, 64)

/** What the gate gives: a pass, or nothing; an order without one is refused by name. */
async function askedIn(
  api: LinliApi,
  dice: Dice,
  { campaignId, storeId, skuId }: { campaignId: string; storeId: string; skuId: string },
): Promise<{ campaignId: string; pass?: string }> {
  const device = telephone(dice.key('telephone'))
  const params = { campaignId }
  const entry = valueOf(
    await answerOf(
      api('POST /v1/campaigns/:campaignId/entries', { params, body: { storeId, skuId, device } }),
    ),
  )
  return { campaignId, ...(entry?.pass ? { pass: entry.pass } : {}) }
}

/** One who wants two of what everybody may have one of, from both telephones and in both stores at once. */
export const grabTwice: Action = {
  name: 'grab twice',
  weight: 2,
  choose({ shoppers, sightings }: Town, dice) {
    const shopper = dice.pick(shoppers)
    if (!shopper) return undefined
    const api = shopper.with(dice)
    return async () => {
      const wanted = await basketInCampaign(api, dice, ['flash'])
      if (!wanted) return
      const [line] = wanted.lines
      const { campaignId } = wanted.campaign ?? {}
      if (!line || campaignId === undefined) return
      // A pass for each, so that nothing but the table keeps them from two.
      const bodies: PlaceBody[] = []
      for (const storeId of STORES)
        bodies.push({
          ...wanted,
          storeId,
          campaign: await askedIn(api, dice, { campaignId, storeId, skuId: line.skuId }),
          idempotencyKey: dice.key('grab'),
          fulfilment: { kind: 'pickup' as const },
        })
      const answers = await Promise.all(
        bodies.map((body) => inDoubt(dice.fork(body.storeId), () => api('POST /v1/orders', { body }))),
      )
      for (const [i, told] of answers.entries()) {
        const ids = new Set(told.flatMap((answer) => (answer.kind === 'ok' ? [answer.value.id] : [])))
        if (ids.size > 1)
          sightings.violations.push(`key ${bodies[i]?.idempotencyKey} grabbed ${ids.size} orders`)
      }
    }
  },
}
