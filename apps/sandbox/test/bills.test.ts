/** Daily bills: made from the ledger, described by a signed reply, fetched as unsigned bytes. */
import assert from 'node:assert/strict'
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto'
import test, { after, before } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { newNumber, oracle, placeOrder, placePaid, signed, startWorld } from './world.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
const beijingDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

let world: World
let today: string
let paidNumber: string
let couponNumber: string

/** Moves the virtual clock to an instant. */
const goTo = async (at: number): Promise<void> => {
  const seconds = (at - world.sandbox.world.clock.now()) / 1_000
  assert.ok(seconds > 0, 'time goes forward')
  await world.sim('POST', '/_sim/clock', { advanceSeconds: seconds })
}

before(async () => {
  world = await startWorld()
  await world.sim('POST', '/_sim/settings', { tellsTime: 'virtual' })
  await world.sim('POST', '/_sim/clock', { scale: 0 })
  await world.sim('POST', '/_sim/login', { shopper: 'shopper-0001' })
  // Noon of tomorrow, so that both midnights are far away.
  const tomorrow = beijingDay(Date.now() + DAY_MS)
  await goTo(startOf(tomorrow) + DAY_MS / 2)
  today = tomorrow
  paidNumber = await placePaid(world)
  couponNumber = await placePaid(world, {}, 190)
  await world.sim('POST', `/_sim/orders/${couponNumber}/refund`, { fen: 995 })
})
after(() => world.close())

const ask = (target: string) => signed(world, 'GET', target)
const describeBill = async (kind: string, day: string, more = '') => {
  const reply = await ask(`/v3/bill/${kind}?bill_date=${day}${more}`)
  return { ...reply, url: String(reply.body.download_url), hash: String(reply.body.hash_value) }
}

const fetchFile = async (url: string, twist: { signature?: string } = {}): Promise<Response> => {
  const target = new URL(url).pathname + new URL(url).search
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1_000)), randomBytes(16).toString('hex')]
  const key = createPrivateKey(world.merchant.merchantPrivateKeyPem)
  const message = `GET\n${target}\n${timestamp}\n${nonce}\n\n`
  const signature = twist.signature ?? sign('sha256', Buffer.from(message), key).toString('base64')
  const { mchId, merchantSerial } = world.merchant
  return fetch(url, {
    headers: {
      accept: '*/*',
      'user-agent': 'sandbox-test',
      authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${mchId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${merchantSerial}"`,
    },
  })
}
const textOf = async (url: string, zipped: boolean): Promise<string> => {
  const reply = await fetchFile(url)
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('wechatpay-signature'), null, 'a bill is not signed')
  const bytes = Buffer.from(await reply.arrayBuffer())
  return (zipped ? gunzipSync(bytes) : bytes).toString('utf8')
}
const rowsOf = (text: string): string[][] =>
  text
    .split('\r\n')
    .filter((line) => line.startsWith('`'))
    .map((line) => line.slice(1).split(',`'))

test('a bill is being made until nine, and none is made of a day that is not over or long past', async () => {
  const notOver = await describeBill('tradebill', today)
  assert.equal(notOver.body.code, 'PARAM_ERROR')
  await goTo(startOf(today) + DAY_MS + 3_600_000)
  assert.equal((await describeBill('tradebill', today)).body.code, 'STATEMENT_CREATING')
  await goTo(startOf(today) + DAY_MS + 10 * 3_600_000)
  assert.equal((await describeBill('tradebill', today)).status, 200)
  const past = beijingDay(startOf(today) - 120 * DAY_MS)
  assert.equal((await describeBill('tradebill', past)).body.code, 'PARAM_ERROR')
  const empty = await describeBill('tradebill', beijingDay(startOf(today) - 5 * DAY_MS))
  assert.deepEqual([empty.status, empty.body.code], [400, 'NO_STATEMENT_EXIST'])
  for (const wrong of ['2026-02-30', '20260101', 'x'])
    assert.equal((await describeBill('tradebill', wrong)).body.code, 'PARAM_ERROR', wrong)
  assert.equal((await describeBill('tradebill', today, '&page=1')).body.code, 'PARAM_ERROR')
})

test('27 columns, backticks, CRLF, a byte order mark, yuan, five decimals of a fee, and a summary of the rows', async () => {
  const bill = await describeBill('tradebill', today, '&bill_type=ALL&tar_type=GZIP')
  const text = await textOf(bill.url, true)
  assert.equal(createHash('sha1').update(text).digest('hex'), bill.hash)
  assert.ok(text.startsWith('\uFEFF交易时间,公众账号ID,'))
  const lines = text.split('\r\n')
  assert.equal(lines[0]?.split(',').length, 27)
  assert.ok(!text.replaceAll('\r\n', '').includes('\n'))
  const rows = rowsOf(text)
  const summary = rows.pop()
  assert.deepEqual(summary, ['3.0', '39.80', '9.95', '0.95', '0.17910', '39.80', '9.95'])
  assert.ok(rows.every((row) => row.length === 27))
  const paid = rows.find((row) => row[6] === paidNumber)
  assert.deepEqual(
    [paid?.[9], paid?.[12], paid?.[13], paid?.[22], paid?.[24]],
    ['SUCCESS', '19.90', '0.00', '0.11940', '19.90'],
  )
  const refund = rows.find((row) => row[9] === 'REFUND')
  assert.deepEqual(
    [refund?.[6], refund?.[16], refund?.[17], refund?.[19], refund?.[22], refund?.[25]],
    [couponNumber, '9.95', '0.95', 'SUCCESS', '-0.05970', '9.95'],
  )
})

test('payments only, refunds only, and without gzip', async () => {
  const payments = await describeBill('tradebill', today, '&bill_type=SUCCESS')
  assert.equal(rowsOf(await textOf(payments.url, false)).length, 3)
  const refunds = await describeBill('tradebill', today, '&bill_type=REFUND&tar_type=GZIP')
  assert.equal(rowsOf(await textOf(refunds.url, true)).length, 2)
})

test('the fund-flow bill adds up: takings less fees less refunds is what is left', async () => {
  const bill = await describeBill('fundflowbill', today, '&tar_type=GZIP')
  const rows = rowsOf(await textOf(bill.url, true))
  const summary = rows.pop()
  const kinds = rows.map((row) => `${row[4]} ${row[5]} ${row[6]}`)
  assert.deepEqual(
    kinds.sort(),
    [
      '交易 收入 19.90',
      '交易 收入 19.90',
      '扣除交易手续费 支出 0.12',
      '扣除交易手续费 支出 0.12',
      '退款 支出 9.95',
      '退还交易手续费 收入 0.06',
    ].sort(),
  )
  assert.deepEqual(summary, ['6', '3', '39.86', '3', '10.19'])
  assert.equal(rows.at(-1)?.[7], '29.67')
})

test('the address of a bill lives thirty seconds and wants a signature', async () => {
  const bill = await describeBill('tradebill', today)
  assert.equal((await fetchFile(bill.url, { signature: 'bm9wZQ==' })).status, 401)
  assert.equal((await fetchFile(bill.url)).status, 200)
  await goTo(world.sandbox.world.clock.now() + 31_000)
  const late = await fetchFile(bill.url)
  assert.equal(late.status, 400)
  assert.match(await late.text(), /失效/)
})

test('mode 59: a payment at 23:59:59.9 Beijing stands in the bill of that day', async () => {
  const day = beijingDay(world.sandbox.world.clock.now())
  await goTo(startOf(day) + DAY_MS - 100)
  const late = await placePaid(world)
  await goTo(startOf(day) + DAY_MS + 100)
  const early = await placePaid(world)
  const next = beijingDay(startOf(day) + DAY_MS)
  await goTo(startOf(next) + DAY_MS + 10 * 3_600_000)
  const numbersOf = async (which: string) =>
    rowsOf(await textOf((await describeBill('tradebill', which)).url, false)).map((row) => row[6])
  assert.ok((await numbersOf(day)).includes(late))
  assert.deepEqual((await numbersOf(next)).slice(0, -1), [early])
})

test('mode 43 in a bill: what succeeded after nine stays PROCESSING', async () => {
  const number = await placePaid(world)
  await world.sim('POST', '/_sim/faults', {
    namespace: number,
    rules: [{ match: { route: 'refund' }, action: 'refund-hold' }],
  })
  const out = newNumber('R')
  await signed(world, 'POST', '/v3/refund/domestic/refunds', {
    out_trade_no: number,
    out_refund_no: out,
    amount: { refund: 1_990, total: 1_990, currency: 'CNY' },
  })
  const day = beijingDay(world.sandbox.world.clock.now())
  await goTo(startOf(day) + DAY_MS + 12 * 3_600_000)
  await world.sim('POST', `/_sim/refunds/${out}/succeed`)
  const rows = rowsOf(await textOf((await describeBill('tradebill', day)).url, false))
  assert.equal(rows.find((row) => row[15] === out)?.[19], 'PROCESSING')
})

const spoilt: [string, (text: string, hash: string) => void][] = [
  ['bill-extra-column', (text) => assert.equal(rowsOf(text)[0]?.length, 28)],
  ['bill-reordered', (text) => assert.ok(text.startsWith('\uFEFF微信订单号'))],
  ['bill-odd-names', (text) => assert.ok(text.includes('苹果, "特价" `斤`\r\n第二行 🍎'))],
  ['bill-extra-row', (text) => assert.equal(rowsOf(text).length, 5)],
  ['bill-missing-row', (text) => assert.equal(rowsOf(text).length, 3)],
  ['bill-off-by-one', (text) => assert.ok(text.includes('`19.91,'))],
  ['bill-summary-wrong', (text) => assert.equal(rowsOf(text).pop()?.[1], '39.81')],
]
for (const [action, check] of spoilt) {
  test(`fault ${action}: the file is as told, and its hash with it`, async () => {
    await world.sim('POST', '/_sim/faults', { rules: [{ match: { route: 'tradebill' }, action }] })
    const bill = await describeBill('tradebill', today)
    const text = await textOf(bill.url, false)
    assert.equal(createHash('sha1').update(text).digest('hex'), bill.hash)
    check(text, bill.hash)
    await world.sim('POST', '/_sim/faults', { rules: [] })
  })
}

test('faults bill-not-ready, bill-url-expired, bill-hash-mismatch, bill-truncated', async () => {
  const under = async (route: string, action: string) => {
    await world.sim('POST', '/_sim/faults', { rules: [{ match: { route }, action }] })
    const bill = await describeBill('tradebill', today, '&tar_type=GZIP')
    return bill
  }
  assert.equal((await under('tradebill', 'bill-not-ready')).body.code, 'STATEMENT_CREATING')
  assert.equal((await fetchFile((await under('tradebill', 'bill-url-expired')).url)).status, 400)
  const lied = await under('tradebill', 'bill-hash-mismatch')
  assert.notEqual(
    createHash('sha1')
      .update(await textOf(lied.url, true))
      .digest('hex'),
    lied.hash,
  )
  const cut = await fetchFile((await under('bill-download', 'bill-truncated')).url)
  const bytes = Buffer.from(await cut.arrayBuffer())
  assert.throws(() => gunzipSync(bytes))
  await world.sim('POST', '/_sim/faults', { rules: [] })
})

test('mode 65: a large bill is made while it is sent, and its hash is right', async () => {
  const rules = [{ match: { route: 'tradebill' }, action: { kind: 'bill-large', rows: 20_000 } }]
  await world.sim('POST', '/_sim/faults', { rules })
  const bill = await describeBill('tradebill', today, '&tar_type=GZIP')
  const text = await textOf(bill.url, true)
  assert.equal(createHash('sha1').update(text).digest('hex'), bill.hash)
  assert.equal(rowsOf(text).length, 20_004)
  await world.sim('POST', '/_sim/faults', { rules: [] })
})

test('the oracle library believes the reply that describes a bill', async () => {
  const reply = (await oracle(world)
    .chain('v3/bill/tradebill')
    .get({ params: { bill_date: today } })) as {
    status: number
    data: { hash_type: string }
  }
  assert.deepEqual([reply.status, reply.data.hash_type], [200, 'SHA1'])
})

test('a refund in the merchant console needs a paid order and has its limits', async () => {
  const { number } = await placeOrder(world)
  assert.equal((await world.sim('POST', `/_sim/orders/${number}/refund`, {})).status, 409)
  assert.equal((await world.sim('POST', `/_sim/orders/${paidNumber}/refund`, { fen: 1_991 })).status, 400)
  assert.equal((await world.sim('POST', '/_sim/orders/nobody/refund', {})).status, 404)
  assert.equal((await world.sim('POST', `/_sim/orders/${couponNumber}/refund`, { fen: 1_990 })).status, 409)
})
