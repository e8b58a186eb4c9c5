/** What waits at a till: through restarts, lost answers and bad lines each receipt arrives, once, in the order in which it was written. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import test, { afterEach, beforeEach } from 'node:test'
import { keepKey } from '../src/retail/till/key.ts'
import { createSender } from '../src/retail/till/queue.ts'
import { takeBack } from '../src/retail/till/returning.ts'
import { close, pay, scan } from '../src/retail/till/selling.ts'
import { openTill } from '../src/retail/till/till.ts'
import type { Till } from '../src/retail/till/till.ts'
import { viewOf } from '../src/retail/till/view.ts'
import { cardAt, couponAt, giveKey, newChainKey, openTestShop } from './till-shop.ts'
import type { Shop } from './till-shop.ts'

const APPLES = '6999911000015'
let now: number
let folder: string
let shop: Shop
let till: Till
const faults: unknown[] = []

/** The power came back: everything that is not on disk is gone. */
const restart = async () => {
  till = await openTill({ dataDir: folder, now: () => now, send: shop.send })
}
const send = () => createSender(till, (error) => faults.push(error)).send()
const sell = async () => {
  await scan(till, APPLES)
  await close(till)
  return pay(till, 'cash', 100_000)
}
const states = () => till.book.receipts.map(({ state }) => state)
const kept = () => shop.kept.map(({ posTxnId }) => posTxnId)
const written = () => till.book.receipts.map(({ posTxnId }) => posTxnId)

beforeEach(async () => {
  now = Date.parse('2026-11-23T10:00:00Z')
  folder = await mkdtemp(path.join(os.tmpdir(), 'linli-till-'))
  shop = openTestShop(() => now)
  await giveKey(folder)
  await restart()
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  assert.deepEqual(faults.splice(0), [])
})

test('receipts that were written without a line arrive after it is back, oldest first', async () => {
  till.book.cut = true
  for (let n = 0; n < 3; n++) await sell()
  await send()
  assert.deepEqual([states(), shop.heard], [['waiting', 'waiting', 'waiting'], []])
  till.book.cut = false
  await send()
  assert.deepEqual(kept(), written())
  assert.deepEqual(states(), ['recorded', 'recorded', 'recorded'])
})

test('a restart in the middle loses no receipt, repeats no number, and keeps the basket', async () => {
  shop.deaf = true
  await sell()
  await sell()
  await scan(till, `3*${APPLES}`)
  await till.save()
  await restart()
  assert.equal(till.book.sale.lines[0]?.quantity, 3)
  await close(till)
  await pay(till, 'scan', 0)
  assert.equal(new Set(written()).size, 3)
  shop.deaf = false
  await send()
  assert.deepEqual(kept(), written())
})

test('an answer that was lost: sent again with a new nonce, kept once, and known to be recorded', async () => {
  await sell()
  shop.fail.push('answer_lost')
  await send()
  assert.deepEqual([states(), kept().length], [['waiting'], 1])
  await restart()
  await send()
  await restart()
  assert.deepEqual([states(), kept().length], [['recorded'], 1])
  assert.equal(new Set(shop.nonces).size, shop.nonces.length)
})

test('a request that goes out twice is signed twice, and counts once', async () => {
  await sell()
  till.luck.push('sent_twice')
  await send()
  assert.deepEqual([states(), kept().length], [['recorded'], 1])
  assert.equal(shop.heard.filter((each) => each.endsWith('/sales')).length, 2)
  assert.equal(new Set(shop.nonces).size, shop.nonces.length)
})

test('a return waits behind its sale, and all its pieces bring what was paid', async () => {
  till.book.cut = true
  await scan(till, `3*${APPLES}`)
  await close(till)
  const sale = await pay(till, 'cash', 100_000)
  for (let n = 0; n < 3; n++)
    await takeBack(till, sale.posTxnId, [{ lineNo: 1, quantity: 1, resellable: n === 0 }], 'cash')
  await assert.rejects(
    takeBack(till, sale.posTxnId, [{ lineNo: 1, quantity: 1, resellable: false }], 'cash'),
    {
      code: 'till.too_many',
    },
  )
  till.book.cut = false
  await send()
  assert.deepEqual(
    shop.kept.map(({ kind }) => kind),
    ['sale', 'return', 'return', 'return'],
  )
  const back = till.book.receipts.slice(1).reduce((sum, { paidFen }) => sum + paidFen, 0)
  assert.equal(back, sale.paidFen)
})

test('a busy shop, or a key that ended, leaves receipts waiting; one that cannot be read harms no other', async () => {
  for (let n = 0; n < 3; n++) await sell()
  shop.fail.push({ status: 503, body: { code: 'server.overloaded', status: 503, detail: '', requestId: '' } })
  await send()
  shop.fail.push({
    status: 401,
    body: { code: 'partners.key_ended', status: 401, detail: '', requestId: '' },
  })
  await send()
  assert.deepEqual(states(), ['waiting', 'waiting', 'waiting'])
  assert.equal((await viewOf(till)).line.trouble, 'partners.key_ended')
  const unreadable = {
    status: 400,
    body: { code: 'request.invalid', status: 400, detail: '', requestId: '' },
  }
  shop.fail.push(unreadable, unreadable)
  await send()
  assert.deepEqual(states(), ['refused', 'recorded', 'recorded'])
  assert.equal((await viewOf(till)).line.trouble, null)
})

test('a day of long receipts that is more than the shop reads at once goes one by one', async () => {
  for (let n = 0; n < 3; n++) await sell()
  shop.fail.push({
    status: 413,
    body: { code: 'request.too_large', status: 413, detail: '', requestId: '' },
  })
  await send()
  assert.deepEqual(states(), ['recorded', 'recorded', 'recorded'])
  assert.equal((await viewOf(till)).line.trouble, null)
})

test('what was asked when the power went is reversed when it is back', async () => {
  Object.assign(till.book.sale, { asking: 'S01-1-TEST-0001' })
  await till.save()
  await restart()
  await send()
  assert.equal(shop.heard[0], 'POST /partner/v1/till/reversals')
  assert.deepEqual(till.book.reversals, [])
})

test('without a line: a card for a minute, a coupon of the pack once a day, points never; all of it on the receipt', async () => {
  await send()
  till.book.cut = true
  await scan(till, APPLES)
  await assert.rejects(scan(till, '0001 123456'), { code: 'till.offline_digits' })
  const card = cardAt(shop.key, now - 30_000)
  const code = couponAt(shop.key, now - 200_000)
  await scan(till, card)
  await scan(till, code)
  const { payFen, points } = (await viewOf(till)).sale
  assert.deepEqual([payFen, points], [980, null])
  now += 31_000
  await assert.rejects(close(till), { code: 'till.card_old' })
  await scan(till, cardAt(shop.key, now))
  await close(till)
  const receipt = await pay(till, 'cash', 1000)
  assert.deepEqual(
    [receipt.benefitOffFen, receipt.coupon, receipt.lines[0]?.payFen],
    [300, { code, offFen: 300 }, 980],
  )
  await restart()
  await scan(till, APPLES)
  await assert.rejects(scan(till, code), { code: 'till.coupon_twice' })
})

test('a pack that somebody else signed is not taken, and the old one stays; another key of ours begins anew', async () => {
  await send()
  const first = till.book.pack?.signature
  shop.key = newChainKey('k2bbbb')
  now += 3_700_000
  till.book.pack = { ...till.book.pack!, fetchedAt: new Date(0).toISOString() }
  await assert.rejects(createSenderAndThrow(), { code: 'till.pack_wrong' })
  assert.equal(till.book.pack?.signature, first)
  await keepKey(folder, { origin: 'http://127.0.0.1:1', keyId: 'lk_anotherKey000000', secret: 'x' })
  await send()
  assert.notEqual(till.book.pack?.signature, first)
})
const createSenderAndThrow = async () => {
  const said: unknown[] = []
  await createSender(till, (error) => said.push(error)).send()
  if (said.length > 0) throw said[0]
}

test('book and key are for their owner’s eyes, and the secret is in no view', async () => {
  await keepKey(folder, { origin: 'http://127.0.0.1:1', keyId: 'lk_anotherKey000000', secret: 'very secret' })
  await till.save()
  for (const name of ['till.json', 'till-key.json'])
    assert.equal((await stat(path.join(folder, 'sandbox', name))).mode & 0o777, 0o600, name)
  assert.doesNotMatch(JSON.stringify(await viewOf(till)), /very secret/)
  assert.doesNotMatch(await readFile(path.join(folder, 'sandbox/till.json'), 'utf8'), /very secret/)
})
