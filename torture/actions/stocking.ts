import { skuOf } from '../../apps/server/test/fixtures.ts'
import type { Dice } from '../dice.ts'
import { COUNTED } from '../erp.ts'
import { answerOf, type Answer, type LinliApi, valueOf } from '../people.ts'
import { managerOf, SKUS, STORES, type Town } from '../town.ts'
import type { Action } from './action.ts'
import { inDoubt } from './insist.ts'

/** What the ERP counts nobody counts by hand. */
const BY_HAND = SKUS.filter((skuId) => !COUNTED.map(skuOf).includes(skuId))
type Known = Town['documents'][number]
const WASTES = ['BROKEN', 'SPOILT', 'LOST', 'USED'] as const

/** Keeps a document that was answered; two answers to one key must name the same one. */
function keep(
  town: Town,
  verb: string,
  answers: readonly Answer<{
    id: string
    kind: string
    storeId: string
    toStoreId: string | null
    items: { skuId: string }[]
  }>[],
): Known | undefined {
  const ids = new Set<string>()
  let known: Known | undefined
  for (const answer of answers) {
    if (answer.kind !== 'ok') continue
    const { id, kind, storeId, toStoreId, items } = answer.value
    ids.add(id)
    if (known) continue
    known = { id, kind, storeId, toStoreId: toStoreId ?? undefined, skuIds: items.map(({ skuId }) => skuId) }
    town.promises.push({ what: 'document', documentId: id, verb })
  }
  if (ids.size > 1)
    town.sightings.violations.push(`one key made ${ids.size} stock documents: ${[...ids].join(', ')}`)
  if (known && !town.documents.some(({ id }) => id === known?.id)) town.documents.push(known)
  return known
}

const pieces = (dice: Dice, most: number) =>
  dice.some(SKUS, dice.between(1, 3)).map((skuId) => ({ skuId, quantity: dice.between(1, most) }))

/** Goods arrive from a supplier. */
export const receive: Action = {
  name: 'receive goods',
  weight: 5,
  choose(town, dice) {
    const storeId = dice.pick(STORES) ?? 'S01'
    const office = managerOf(town, dice, storeId).with(dice)
    const body = { idempotencyKey: dice.key('receive'), source: 'SUPPLIER' as const, lines: pieces(dice, 25) }
    return async () => {
      const send = () => office('POST /console/v1/stores/:storeId/receipts', { params: { storeId }, body })
      keep(town, 'post', await inDoubt(dice, send))
    }
  },
}

/** Goods are broken, or gone though somebody ordered them. */
export const waste: Action = {
  name: 'write goods off',
  weight: 3,
  choose(town, dice) {
    const storeId = dice.pick(STORES) ?? 'S01'
    const office = managerOf(town, dice, storeId).with(dice)
    const body = {
      idempotencyKey: dice.key('waste'),
      reason: dice.pick(WASTES) ?? 'BROKEN',
      shortAccepted: dice.chance(0.3),
      lines: pieces(dice, 4),
    }
    return async () => {
      const send = () => office('POST /console/v1/stores/:storeId/wastes', { params: { storeId }, body })
      keep(town, 'post', await inDoubt(dice, send))
    }
  },
}

/** Somebody counts a shelf while others sell from it, and mostly counts right. */
export const countShelf: Action = {
  name: 'count a shelf',
  weight: 3,
  choose(town, dice) {
    const storeId = dice.pick(STORES) ?? 'S01'
    const office = managerOf(town, dice, storeId).with(dice)
    const start = { idempotencyKey: dice.key('count') }
    const skuIds = dice.some(BY_HAND, 2)
    return async () => {
      const begun = () =>
        office('POST /console/v1/stores/:storeId/counts', { params: { storeId }, body: start })
      const known = keep(town, 'start', await inDoubt(dice, begun))
      if (!known) return
      for (const skuId of skuIds) await countLine(office, dice, known, skuId)
      const verb = dice.chance(0.8) ? 'posting' : 'cancellation'
      const body = { idempotencyKey: dice.key(verb) }
      const end = () =>
        office(`POST /console/v1/stock-documents/:documentId/${verb}`, {
          params: { documentId: known.id },
          body,
        })
      keep(town, verb === 'posting' ? 'post' : 'cancel', await inDoubt(dice, end))
    }
  },
}

async function countLine(office: LinliApi, dice: Dice, { id, storeId }: Known, skuId: string): Promise<void> {
  const levels = valueOf(
    await answerOf(office('GET /console/v1/stock-levels', { query: { storeId, limit: 50 } })),
  )
  const level = levels?.items.find((each) => each.skuId === skuId)
  if (!level) return
  const counted = Math.max(0, level.onHand + dice.pick([0, 0, 0, -1, 1, 2, -2])!)
  const params = { documentId: id, skuId }
  await inDoubt(dice, () =>
    office('PUT /console/v1/stock-documents/:documentId/counts/:skuId', { params, body: { counted } }),
  )
}

/** A store asks another for goods. */
export const askForTransfer: Action = {
  name: 'ask for a transfer',
  weight: 3,
  choose(town, dice) {
    const [fromStoreId = 'S01', toStoreId = 'S02'] = dice.some(STORES, 2)
    const office = managerOf(town, dice, toStoreId).with(dice)
    const body = { idempotencyKey: dice.key('transfer'), fromStoreId, toStoreId, lines: pieces(dice, 6) }
    return async () => {
      keep(town, 'request', await inDoubt(dice, () => office('POST /console/v1/transfers', { body })))
    }
  },
}

/** A transfer goes on its way, arrives short, turns back, or is given up: whatever its state, somebody tries something. */
export const moveTransfer: Action = {
  name: 'move a transfer',
  weight: 5,
  choose(town, dice) {
    const known = dice.pick(town.documents.filter(({ kind }) => kind === 'TRANSFER').slice(-8))
    if (!known) return undefined
    const office = managerOf(town, dice, dice.pick(STORES) ?? 'S01').with(dice)
    const what = dice.weigh({ shipment: 5, arrival: 5, recall: 1, cancellation: 1 })
    const params = { documentId: known.id }
    const idempotencyKey = dice.key(what)
    return async () => {
      if (what === 'recall' || what === 'cancellation') {
        const send = () =>
          office(`POST /console/v1/stock-documents/:documentId/${what}`, { params, body: { idempotencyKey } })
        keep(town, what === 'recall' ? 'recall' : 'cancel', await inDoubt(dice, send))
        return
      }
      const seen = valueOf(await answerOf(office('GET /console/v1/stock-documents/:documentId', { params })))
      if (!seen) return
      const lines = seen.items.map(({ skuId, quantity, shipped }) => ({
        skuId,
        quantity: Math.max(
          0,
          (what === 'shipment' ? (quantity ?? 0) : (shipped ?? 0)) - (dice.chance(0.2) ? 1 : 0),
        ),
      }))
      const body = { idempotencyKey, lines }
      const send = () => office(`POST /console/v1/stock-documents/:documentId/${what}`, { params, body })
      keep(town, what === 'shipment' ? 'ship' : 'receive', await inDoubt(dice, send))
    }
  },
}

/** Somebody made a mistake and takes a posted document back. */
export const reverse: Action = {
  name: 'reverse a document',
  weight: 2,
  choose(town, dice) {
    const known = dice.pick(town.documents.filter(({ kind }) => kind !== 'TRANSFER').slice(-10))
    if (!known) return undefined
    const office = managerOf(town, dice, known.storeId).with(dice)
    const body = { idempotencyKey: dice.key('reverse'), note: '录错了' }
    return async () => {
      const send = () =>
        office('POST /console/v1/stock-documents/:documentId/reversal', {
          params: { documentId: known.id },
          body,
        })
      keep(town, 'post', await inDoubt(dice, send))
    }
  },
}

/** Head office has the sums checked while everybody works. */
export const checkSums: Action = {
  name: 'check the sums',
  weight: 1,
  choose(town, dice) {
    const office = managerOf(town, dice, 'S01').with(dice)
    return async () => {
      const checked = valueOf(await answerOf(office('POST /console/v1/stock-checks', {})))
      if (checked && checked.faults.length > 0)
        town.sightings.violations.push(`the sum check found ${JSON.stringify(checked.faults[0])}`)
    }
  },
}
