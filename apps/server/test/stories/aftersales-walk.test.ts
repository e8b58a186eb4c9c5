// Any path through the table, walked over HTTP by shoppers, stores and the clock at random: whatever happens, money and goods agree.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  apply,
  type Asked,
  type Bought,
  buy,
  collect,
  FRESH,
  KEEPS,
  pieces,
  type Request,
  showMine,
  upload,
  wrongInAftersales,
} from '../aftersales.ts'
import { ApiProblem } from '@linli/contract/client'
import { fault, rows } from '../payments/purchase.ts'
import { SOY } from '../fixtures.ts'
import { levelOf, wrongInTheBooks } from '../shopping.ts'
import { correct } from '../stocking.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let shopper: Shopper
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ onHand: 1000 })
})
after(() => world.close())

const DEEDS = [
  'apply',
  'approve',
  'reject',
  'cancel',
  'appeal',
  'grant',
  'uphold',
  'bring',
  'accept',
  'refuse',
  'give',
  'money',
  'sell out',
  'resend',
  'settle',
  'collect',
  'pack',
  'two days',
  'a week',
  'work',
  'break',
  'mend',
] as const
type Deed = (typeof DEEDS)[number]
/** What people are likely to do next. Now and then they do anything at all. */
const NEXT: Record<Request['state'], readonly Deed[]> = {
  APPLIED: ['approve', 'approve', 'approve', 'sell out', 'reject', 'cancel', 'two days'],
  WAIT_RETURN: ['bring', 'bring', 'bring', 'cancel', 'a week'],
  RETURNED: ['accept', 'accept', 'refuse'],
  WAIT_COLLECT: ['give', 'give', 'money', 'a week'],
  REFUNDING: ['work', 'work', 'collect'],
  REFUND_FAILED: ['mend', 'resend', 'resend', 'settle', 'work'],
  REJECTED: ['appeal', 'appeal', 'apply'],
  INSPECT_REJECTED: ['appeal'],
  APPEALED: ['grant', 'grant', 'uphold', 'collect'],
  DONE: ['apply', 'apply', 'collect', 'break', 'pack'],
  CANCELLED: ['apply', 'apply', 'collect', 'break', 'pack'],
}
interface Turn {
  wild: boolean
  pick: number
}
const turn: fc.Arbitrary<Turn> = fc.record({
  wild: fc.nat(5).map((n) => n === 0),
  pick: fc.nat(1000),
})

async function signIn(): Promise<void> {
  shopper = await world.member('shopper-0001')
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}

const BEFORE: readonly Asked[] = [
  { kind: 'uncollected', reason: 'changed_mind', lines: pieces(FRESH) },
  { kind: 'uncollected', reason: 'mistake', lines: [...pieces(FRESH, 3), ...pieces(KEEPS, 3)] },
  { kind: 'uncollected', reason: 'mistake', lines: pieces(KEEPS, 2) },
]
const AFTER: readonly Asked[] = [
  { kind: 'claim', reason: 'spoiled', lines: pieces(FRESH, 2) },
  { kind: 'claim', reason: 'short', lines: pieces(KEEPS) },
  { kind: 'return', reason: 'no_reason', lines: pieces(KEEPS, 2) },
  { kind: 'return', reason: 'defect', lines: pieces(KEEPS) },
  { kind: 'exchange', reason: 'defect', lines: pieces(KEEPS, 2) },
  { kind: 'exchange', reason: 'wrong_item', lines: pieces(KEEPS) },
]

async function pass(seconds: number): Promise<void> {
  world.clock.advance(seconds)
  await signIn()
  await world.sweep('aftersales.timers')
}

const stock = (storeId: string, delta: number) => correct(hq, SOY, delta, storeId)
const free = async (storeId: string): Promise<number> => {
  const { onHand, reserved } = await levelOf(world, SOY, storeId)
  return onHand - reserved
}
/** All but what is promised to somebody is gone from a store, or there is plenty of it again. */
async function turnStock(storeId: string): Promise<void> {
  const left = await free(storeId)
  await stock(storeId, left > 0 ? -left : 1000)
}

async function take(bought: Bought, ids: string[], deed: Deed, pick: number): Promise<void> {
  const aftersaleId = ids.at(-1) ?? '01900000-0000-7000-8000-000000000000'
  const params = { aftersaleId }
  const words = '看过了'
  switch (deed) {
    case 'apply': {
      const { completedAt } = await shopper.api('GET /v1/orders/:orderId', {
        params: { orderId: bought.orderId },
      })
      const kinds = completedAt ? AFTER : BEFORE
      const asked = kinds[pick % kinds.length] as Asked
      const photoIds = asked.reason === 'spoiled' ? [(await upload(shopper)).id] : []
      ids.push((await apply({ ...bought, shopper }, asked, { photoIds })).id)
      return
    }
    case 'approve':
      await hq('POST /console/v1/aftersales/:aftersaleId/approval', { params, body: {} })
      return
    case 'reject':
      await hq('POST /console/v1/aftersales/:aftersaleId/rejection', { params, body: { words } })
      return
    case 'cancel':
      await shopper.api('POST /v1/aftersales/:aftersaleId/cancellation', { params })
      return
    case 'appeal':
      await shopper.api('POST /v1/aftersales/:aftersaleId/appeal', { params, body: { note: words } })
      return
    case 'grant':
    case 'uphold':
      await hq('POST /console/v1/aftersales/:aftersaleId/appeal-judgement', {
        params,
        body: { grant: deed === 'grant', words },
      })
      return
    case 'bring': {
      const { returnCode } = await showMine(shopper, aftersaleId)
      const storeId = pick % 2 ? 'S01' : 'S02'
      await hq('POST /console/v1/returns', { body: { storeId, code: returnCode ?? '0000000000' } })
      return
    }
    case 'accept':
    case 'refuse':
      await hq('POST /console/v1/aftersales/:aftersaleId/inspection', {
        params,
        body: { accept: deed === 'accept', words, toShelf: pick % 2 ? [KEEPS] : [] },
      })
      return
    case 'give': {
      const { returnCode } = await showMine(shopper, aftersaleId)
      const storeId = pick % 2 ? 'S01' : 'S02'
      await hq('POST /console/v1/exchanges', { body: { storeId, code: returnCode ?? '0000000000' } })
      return
    }
    case 'money':
      await shopper.api('POST /v1/aftersales/:aftersaleId/refund-instead', { params })
      return
    case 'sell out':
      await turnStock(pick % 2 ? 'S01' : 'S02')
      return
    case 'resend':
      await hq('POST /console/v1/aftersales/:aftersaleId/resending', { params })
      return
    case 'settle':
      await hq('POST /console/v1/aftersales/:aftersaleId/settlement', { params, body: { words } })
      return
    case 'collect':
      return collect(clerk, { ...bought, shopper })
    case 'pack':
      await clerk('POST /staff/v1/orders/:orderId/readiness', { params: { orderId: bought.orderId } })
      return
    case 'two days':
      return pass(48 * 3600)
    case 'a week':
      return pass(7 * 24 * 3600)
    case 'work':
      world.clock.advance(61)
      await world.sweep('payments.refunds')
      return world.sweep('aftersales.refunds')
    case 'break':
      await fault(world, bought.outTradeNo, [['refund', 'refund-closed', 1]])
      return
    case 'mend':
      await fault(world, bought.outTradeNo, [])
  }
}

const endedOf = (ids: readonly string[]) =>
  rows<{ id: string; state: string }>(
    world,
    `select id, state from aftersale where id = any($1::uuid[]) and state in ('DONE', 'CANCELLED') order by id`,
    [ids],
  )

test('domain 2.12: whatever shoppers, stores and the clock do, ends stay ends and money and goods agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 12, maxLength: 30, size: 'max' }), async (turns) => {
      await signIn()
      if ((await free('S01')) < 3) await stock('S01', 1000)
      const bought = await buy(world, shopper, 3, 3)
      const ids: string[] = []
      if (turns.length % 2) await collect(clerk, bought)
      // Every walk begins with something to walk with.
      for (const { wild, pick } of [{ wild: false, pick: turns.length }, ...turns]) {
        const last = ids.at(-1)
        const next = last ? NEXT[(await showMine(shopper, last)).state] : (['apply'] as const)
        const deeds = wild ? DEEDS : next
        const ended = await endedOf(ids)
        await take(bought, ids, deeds[pick % deeds.length] ?? 'work', pick).catch((error: unknown) => {
          if (!(error instanceof ApiProblem) || error.problem.status >= 500) throw error
        })
        const now = await endedOf(ids)
        for (const end of ended)
          assert.deepEqual(
            now.find(({ id }) => id === end.id),
            end,
            'an end is an end',
          )
      }
      assert.deepEqual([...(await wrongInTheBooks(world)), ...(await wrongInAftersales(world))], [])
    }),
    { numRuns: 20, seed: 20261122 },
  )
  const walked = await rows<{ verb: string }>(world, 'select distinct verb from aftersale_event')
  assert.ok(walked.length >= 20, `only ${walked.map(({ verb }) => verb).join(', ')}`)
})
