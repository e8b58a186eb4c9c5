// Our client against the sandbox: every way a request or an answer can go wrong on the wire (docs: the sandbox's fault list).
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createSandbox, type Sandbox } from '../../../sandbox/src/app.ts'
import { defaultConfig } from '../../../sandbox/src/config.ts'
import { payOrder } from '../../../sandbox/src/wxpay/paying.ts'
import type { WechatConfig } from '../../src/kernel/config.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { createWxpay, type Wxpay } from '../../src/rooms/payments/wxpay-api.ts'
import { realPorts, type Ports } from '../../src/rooms/payments/trying.ts'
import { ProviderFault } from '../../src/rooms/payments/provider-fault.ts'

/** A real try waits seconds; here the wire loses patience sooner, and pauses are skipped. */
const PATIENCE_MS = 250
const never = new AbortController().signal
const sent: string[] = []
const ports: Ports = {
  ...realPorts(systemClock),
  pause: async () => {},
  fetch: (url, init = {}) => {
    sent.push(
      `${url instanceof Request ? url.url : url.toString()} ${typeof init.body === 'string' ? init.body : ''}`,
    )
    return fetch(url, {
      ...init,
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), init.signal ?? never]),
    })
  },
}

let folder = ''
let sandbox: Sandbox
let config: WechatConfig
let wxpay: Wxpay
let openid = ''

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linli-wxpay-'))
  sandbox = await createSandbox({
    ...defaultConfig(),
    port: 0,
    dataDir: folder,
    logLevel: 'silent',
    refundDelayMs: 0,
  })
  config = await sandbox.listen()
  wxpay = createWxpay(config, 'http://127.0.0.1:1', ports)
  openid = [...sandbox.world.store.shopperByOpenid.keys()][0] ?? ''
})
after(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

const newNumber = () => randomUUID().replaceAll('-', '')
const prepay = (outTradeNo: string, using = wxpay) =>
  using.prepay({
    outTradeNo,
    title: '邻里订单',
    amountFen: 1280,
    openid,
    payableUntil: new Date(Math.floor(systemClock.now().getTime() / 1000) * 1000 + 900_000),
    profitSharing: false,
  })
const rule = (outTradeNo: string, route: string, action: string | object, times: number | null = 1) =>
  sandbox.world.faults.set(outTradeNo, [{ match: { route, outTradeNo }, action, times }])
const calls = (outTradeNo: string) => sent.filter((each) => each.includes(outTradeNo))
async function faultOf(call: Promise<unknown>): Promise<ProviderFault> {
  try {
    await call
  } catch (error) {
    assert.ok(error instanceof ProviderFault, String(error))
    return error
  }
  return assert.fail('answered')
}

test('a plain order: opened, queried, closed, closed again', async () => {
  const number = newNumber()
  const prepayId = await prepay(number)
  assert.match(prepayId, /^wx/)
  assert.equal((await wxpay.trade(number))?.trade_state, 'NOTPAY')
  await wxpay.close(number)
  await wxpay.close(number)
  assert.equal((await wxpay.trade(number))?.trade_state, 'CLOSED')
})

test('the same request again brings the same prepay id; another amount is refused', async () => {
  const number = newNumber()
  const request = {
    outTradeNo: number,
    title: 't',
    openid,
    payableUntil: new Date(systemClock.now().getTime() + 900_000),
    profitSharing: true,
  }
  const first = await wxpay.prepay({ ...request, amountFen: 5 })
  assert.equal(await wxpay.prepay({ ...request, amountFen: 5 }), first)
  assert.equal((await faultOf(wxpay.prepay({ ...request, amountFen: 6 }))).kind, 'refused')
})

test('what the shopper is given opens the cashier', async () => {
  const prepayId = await prepay(newNumber())
  const params = await wxpay.payParams(prepayId)
  const page = await fetch(
    new URL(
      '/cashier?' + new URLSearchParams({ ...params }).toString(),
      config.cashierUrl ?? config.wxBaseUrl,
    ),
  )
  assert.equal(page.status, 200)
})

const once: [mode: number, action: string | object][] = [
  [1, 'timeout-before'],
  [1, 'reset-before'],
  [2, 'timeout-after'],
  [3, 'reset-mid-body'],
  [4, { kind: 'status', status: 500, code: 'SYSTEM_ERROR' }],
  [5, { kind: 'status', status: 429, code: 'FREQUENCY_LIMITED' }],
  [7, { kind: 'slow', ms: PATIENCE_MS * 2 }],
  [8, 'html'],
  [9, 'truncated-json'],
  [11, { kind: 'status', status: 202, code: 'USERPAYING' }],
  [12, 'bad-signature'],
  [13, 'missing-headers'],
  [14, 'stale-timestamp'],
  [14, 'future-timestamp'],
  [15, 'unknown-serial'],
  [17, 'signtest'],
  [18, 'tampered-body'],
]
const nameOf = (action: string | object) => (typeof action === 'string' ? action : JSON.stringify(action))

for (const [mode, action] of once)
  test(`mode ${mode} · ${nameOf(action)} once: asked again with the same number, one order made`, async () => {
    const number = newNumber()
    rule(number, 'jsapi', action)
    const prepayId = await prepay(number)
    assert.equal(sandbox.world.store.orders.get(number)?.prepayId, prepayId)
    assert.equal(calls(number).length, 2)
    assert.equal(new Set(calls(number)).size, 1)
  })

for (const [mode, action] of once.filter(([each]) => each >= 8))
  test(`mode ${mode} · ${nameOf(action)} always: unclear, never an answer`, async () => {
    const number = newNumber()
    rule(number, 'jsapi', action, null)
    assert.equal((await faultOf(prepay(number))).kind, 'ambiguous')
    assert.equal(calls(number).length, 3)
  })

test('mode 6 · a clock that is ten minutes off is refused, and not tried again', async () => {
  const number = newNumber()
  const stamp = () => new Date(systemClock.now().getTime() + 600_000)
  const skewed = createWxpay(config, 'http://127.0.0.1:1', { ...ports, clock: { stamp } })
  const fault = await faultOf(prepay(number, skewed))
  assert.deepEqual(
    [fault.kind, fault.status, fault.code, calls(number).length],
    ['refused', 401, 'SIGN_ERROR', 1],
  )
})

test('mode 7 · slow, but in time', async () => {
  const number = newNumber()
  rule(number, 'jsapi', { kind: 'slow', ms: PATIENCE_MS / 5 })
  await prepay(number)
  assert.equal(calls(number).length, 1)
})

test('mode 10 · fields and states we never heard of pass', async () => {
  const number = newNumber()
  rule(number, 'jsapi', 'extra-fields')
  await prepay(number)
  rule(number, 'query', 'unknown-enum')
  assert.equal((await wxpay.trade(number))?.trade_state, 'SANDBOX_UNKNOWN')
})

test('mode 16 and 19 · the platform certificate verifies beside the public key', async () => {
  const number = newNumber()
  rule(number, 'jsapi', 'certificate-key')
  await prepay(number)
  assert.equal(calls(number).length, 1)
})

test('mode 42 · a trade nobody knows', async () => {
  assert.equal(await wxpay.trade(newNumber()), null)
  const fault = await faultOf(wxpay.close(newNumber()))
  assert.deepEqual([fault.kind, fault.code], ['refused', 'ORDER_NOT_EXIST'])
})

test('a 404 about something else is not the news that a trade is unknown', async () => {
  const number = newNumber()
  await prepay(number)
  rule(number, 'query', { kind: 'status', status: 404, code: 'MCH_NOT_EXISTS' })
  const fault = await faultOf(wxpay.trade(number))
  assert.deepEqual([fault.kind, fault.code], ['refused', 'MCH_NOT_EXISTS'])
})

test('a signed answer about another trade or refund, sent again, is no answer', async () => {
  const [one, two] = [newNumber(), newNumber()]
  payOrder(sandbox.world, await prepay(one), 'success')
  payOrder(sandbox.world, await prepay(two), 'success')
  const refundOf = (number: string) => ({
    outTradeNo: number,
    outRefundNo: `R${number}`,
    reason: '退款',
    refundFen: 1,
    totalFen: 1280,
  })
  const kept: Response[] = []
  const keeping = createWxpay(config, 'http://127.0.0.1:1', {
    ...ports,
    fetch: async (url, init) => {
      const reply = await ports.fetch(url, init)
      kept.push(reply.clone())
      return reply
    },
  })
  await keeping.trade(one)
  await keeping.refund(refundOf(one))
  await keeping.refundOf(`R${one}`)
  const replaying = createWxpay(config, 'http://127.0.0.1:1', {
    ...ports,
    fetch: () => Promise.resolve(kept.shift() ?? Response.error()),
  })
  for (const call of [
    () => replaying.trade(two),
    () => replaying.refund(refundOf(two)),
    () => replaying.refundOf(`R${two}`),
  ]) {
    const fault = await faultOf(call())
    assert.deepEqual([fault.kind, fault.code], ['ambiguous', 'UNEXPECTED'])
  }
})

test('paid: queried, close refused, refunded once under one number', async () => {
  const number = newNumber()
  const prepayId = await prepay(number)
  payOrder(sandbox.world, prepayId, 'success')
  const trade = await wxpay.trade(number)
  assert.deepEqual(
    [trade?.trade_state, trade?.amount?.total, trade?.payer?.openid],
    ['SUCCESS', 1280, openid],
  )
  assert.equal((await faultOf(wxpay.close(number))).code, 'ORDER_PAID')
  const refund = {
    outTradeNo: number,
    outRefundNo: `R${number}`,
    reason: '顾客取消'.repeat(30),
    refundFen: 1280,
    totalFen: 1280,
  }
  rule(number, 'refund', 'timeout-after')
  const first = await wxpay.refund(refund)
  assert.equal((await wxpay.refund(refund)).refund_id, first.refund_id)
  assert.equal((await wxpay.refundOf(`R${number}`))?.refund_id, first.refund_id)
  assert.equal(await wxpay.refundOf(`R${newNumber()}`), null)
})
