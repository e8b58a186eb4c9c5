// Members who bought lately and agreed to hear of presents, an audience of them, and drops for it.
import type { AllRoutes, Input } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import { secondsAfter, businessDay } from '../src/kernel/clock.ts'
import { createInsight } from '../src/rooms/insight/index.ts'
import { asRule } from './audience-world.ts'
import { template } from './benefits.ts'
import { rows } from './payments/purchase.ts'
import type { LinliApi, World } from './world.ts'

export type DropTerms = Input<AllRoutes['POST /console/v1/drops']>['body']

/** Receipts of these members, of so many fen each, at an instant. */
export const bought = (world: World, memberIds: readonly string[], at: Date, fen = 3000): Promise<void> =>
  createInsight(world.ctx).bringHistory(
    memberIds.map((memberId) => ({
      id: randomUUID(),
      source: 'history',
      storeId: 'S01',
      memberId,
      channel: 'till',
      boughtAt: at,
      day: businessDay(at),
      goodsFen: fen,
      collectedAt: at,
      campaignId: null,
      lines: [{ lineNo: 1, skuId: null, quantity: 1, refundedQuantity: 0, payFen: fen, refundedFen: 0 }],
    })),
  )

/** So many members who bought a while ago; all but `silent` agreed to hear of presents. Answers their ids. */
export async function crowd(world: World, many: number, { silent = 0 } = {}): Promise<string[]> {
  const now = world.clock.now()
  const ids = Array.from({ length: many }, () => randomUUID())
  await rows(
    world,
    `insert into member (id, nickname, joined_at) select x, '邻居', $2 from unnest($1::uuid[]) x`,
    [ids, secondsAfter(now, -90 * 86_400)],
  )
  await rows(
    world,
    `insert into message_consent (member_id, topic, agreed, wording, via, at) select x, 'marketing', true, 9, 'shop', $2 from unnest($1::uuid[]) x`,
    [ids.slice(silent), secondsAfter(now, -60 * 86_400)],
  )
  await bought(world, ids, secondsAfter(now, -40 * 86_400))
  return ids
}

let serial = 0
/** A saved audience of whoever bought within ninety days. */
export async function audienceOf(hq: LinliApi): Promise<string> {
  const rule = asRule([{ fact: 'purchases', op: 'at_least', value: 1, lastDays: 90 }])
  const begun = await hq('POST /console/v1/audiences', {
    body: { name: `买过的人 ${++serial}`, note: '', rule },
  })
  await hq('POST /console/v1/audiences/:audienceId/versions', {
    params: { audienceId: begun.id },
    body: { revision: begun.revision },
  })
  return begun.id
}
export const giftOf = async (hq: LinliApi, most = 10_000): Promise<string> =>
  (
    await hq('POST /console/v1/coupon-templates', {
      body: template({ way: 'reward', label: '满10减3', most, mostEach: 5 }),
    })
  ).id

/** Once, now, with a tenth held back and a fortnight to look. */
export async function dropTerms(
  { clock }: Pick<World, 'clock'>,
  hq: LinliApi,
  over: Partial<DropTerms> = {},
): Promise<DropTerms> {
  return {
    name: '请老邻居回来',
    audienceId: over.audienceId ?? (await audienceOf(hq)),
    templateId: over.templateId ?? (await giftOf(hq)),
    words: '好久不见，',
    schedule: 'once',
    startsAt: clock.now().toISOString(),
    lastDay: null,
    holdoutBp: 1000,
    windowDays: 14,
    againAfterDays: null,
    mostMessages: 4,
    mostMembers: 10_000,
    budgetFen: null,
    mostOptOutBp: 500,
    ...over,
  }
}
/** Drafts a drop and starts it; the sweep has not been there yet. */
export async function started(hq: LinliApi, body: DropTerms): Promise<string> {
  const { id, version } = await hq('POST /console/v1/drops', { body })
  await hq('POST /console/v1/drops/:dropId/start', { params: { dropId: id }, body: { version } })
  return id
}
