import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { businessDay, dayAfter, instantOf } from '../src/kernel/clock.ts'
import { paid, type Purchase, rows } from './payments/purchase.ts'
import type { LinliApi, Shopper, World } from './world.ts'

/** Tomorrow at noon: the outside world, which keeps its own time, must not think that an order is over. */
export const NOON = instantOf(dayAfter(businessDay(new Date()), 1), '12:00')
/** A shopper with the name that the sandbox knows them by. */
export type Named = Shopper & { shopper: string }

/** The template of the sandbox for a kind of message. */
export const templateOf = (kind: string): string =>
  createHash('sha256').update(`linli sandbox template ${kind}`).digest('base64url')

/** The shopper presses 允许 on WeChat's sheet, and the shop says so. */
export async function consent(
  world: World,
  { shopper, api }: { shopper: string; api: Shopper['api'] },
  ...kinds: readonly string[]
): Promise<void> {
  const ids = kinds.map(templateOf)
  await world.sim('POST', '/_sim/subscriptions', {
    shopper,
    answers: Object.fromEntries(ids.map((id) => [id, 'accept'])),
  })
  const { accepted } = await api('POST /v1/subscriptions', {
    body: {
      idempotencyKey: randomUUID(),
      answers: ids.map((templateId) => ({ templateId, answer: 'accept' as const })),
    },
  })
  assert.equal(accepted, kinds.length)
}

export interface OnPhone {
  channel: 'wechat' | 'sms'
  title: string
  lines: [name: string, value: string][]
  page: string
}
/** What lies on a shopper's phone: subscribe messages by their name, text messages by the number. */
export const phoneOf = async (world: World, to: string): Promise<OnPhone[]> =>
  (await world.sim<{ messages: OnPhone[] }>('GET', `/_sim/phone-messages?to=${to}`)).messages

interface Sent {
  channel: string
  state: string
  reason: string | null
}
/** A chain at work: bags are packed, messages go out, and the books behind it lie open. */
export interface House {
  newcomer(): Promise<Named>
  ready(purchase: Purchase): Promise<void>
  /** Paid and packed, with one consent to be told. */
  packed(who: Named): Promise<Purchase>
  send(): Promise<void>
  inbox(
    who: Shopper,
  ): Promise<
    { id: string; title: string; body: string; page: string; pageId: string | null; read: boolean }[]
  >
  pushesOf(who: Shopper): Promise<Sent[]>
  fates(who: Shopper): Promise<(string | null)[][]>
  postings(who: Shopper): Promise<(string | number)[][]>
  /** Sessions of staff end in the night. */
  signInAgain(): Promise<void>
}
let number = 100

export async function createHouse(world: World): Promise<House> {
  let clerk: LinliApi = await world.staff('clerk01', 'floor')
  const house: House = {
    async newcomer() {
      const shopper = `shopper-0${number++}`
      return { shopper, ...(await world.member(shopper)) }
    },
    async ready({ orderId }) {
      await clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId } })
      await world.sweep('messages.orders')
    },
    async packed(who) {
      await consent(world, who, 'order.ready')
      const purchase = await paid(world, who)
      await house.ready(purchase)
      return purchase
    },
    // What WeChat does not take goes by text message the next time.
    async send() {
      await world.sweep('messages.send')
      await world.sweep('messages.send')
    },
    inbox: async ({ api }) => (await api('GET /v1/messages')).items,
    pushesOf: ({ memberId }) =>
      rows<Sent & Record<string, unknown>>(
        world,
        'select channel, state, reason from message_push where member_id = $1 order by kind, channel desc',
        [memberId],
      ),
    fates: async (who) =>
      (await house.pushesOf(who)).map(({ channel, state, reason }) => [channel, state, reason]),
    postings: async ({ memberId }) =>
      (
        await rows<{ cause: string; delta: number; remaining: number }>(
          world,
          'select cause, delta, remaining from subscription_posting where member_id = $1 order by id',
          [memberId],
        )
      ).map(({ cause, delta, remaining }) => [cause, delta, remaining]),
    async signInAgain() {
      clerk = await world.staff('clerk01', 'floor')
    },
  }
  return house
}
