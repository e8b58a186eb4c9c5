// 商家转账 as the real service does it: asked for once, confirmed on a telephone, or over after a day.
import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import test, { after, before } from 'node:test'
import { sealField } from '../src/crypto.ts'
import { open, startShop } from './shop.ts'
import { newNumber, signed, startWorld, until } from './world.ts'
import type { Shop } from './shop.ts'
import type { Json, World } from './world.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'
let world: World
let shop: Shop
let openid: string
before(async () => {
  shop = await startShop()
  world = await startWorld()
  await world.sim('POST', '/_sim/login', { shopper: 'shopper-0001' })
  const { body } = await world.sim('GET', '/_sim/shoppers')
  openid = String((body.shoppers as Json[])[0]?.openid)
})
after(async () => {
  await world.close()
  await shop.close()
})

const number = () => newNumber('T').replaceAll(/[^0-9A-Za-z]/g, '')
const bodyOf = (outBillNo: string, extra: Json = {}): Json => ({
  appid: world.merchant.appId,
  out_bill_no: outBillNo,
  transfer_scene_id: '1005',
  openid,
  transfer_amount: 100,
  transfer_remark: '推广佣金提现',
  notify_url: shop.url,
  transfer_scene_report_infos: [
    { info_type: '岗位类型', info_content: '推广员' },
    { info_type: '报酬说明', info_content: '佣金' },
  ],
  ...extra,
})
const transfer = (outBillNo: string, extra: Json = {}) =>
  signed(world, 'POST', BILLS, bodyOf(outBillNo, extra), {
    headers: { 'Wechatpay-Serial': world.merchant.platformKeys[0]?.id ?? '' },
  })
const look = (outBillNo: string) => signed(world, 'GET', `${BILLS}/out-bill-no/${outBillNo}`)
const cancel = (outBillNo: string) => signed(world, 'POST', `${BILLS}/out-bill-no/${outBillNo}/cancel`, {})
const confirm = (packageInfo: unknown) =>
  world.sim('POST', '/_sim/transfers/confirmation', { package: packageInfo })
const faults = (rules: Json[]) => world.sim('POST', '/_sim/faults', { rules })
const stateOf = async (outBillNo: string) => (await look(outBillNo)).body.state

test('POST transfer · waits for the receiver; the same number again is the same transfer, another sum is refused', async () => {
  const outBillNo = number()
  const first = await transfer(outBillNo)
  assert.equal(first.status, 200, first.text)
  assert.equal(first.body.state, 'WAIT_USER_CONFIRM')
  assert.ok(first.body.package_info)
  const again = await transfer(outBillNo)
  assert.deepEqual(
    [again.body.transfer_bill_no, again.body.package_info],
    [first.body.transfer_bill_no, first.body.package_info],
  )
  const other = await transfer(outBillNo, { transfer_amount: 101 })
  assert.deepEqual([other.status, other.body.code], [400, 'ALREADY_EXISTS'])
  const seen = await look(outBillNo)
  assert.equal(seen.body.package_info, undefined, 'a query does not say what the telephone needs')
  const told = shop.received.length
  await confirm(first.body.package_info)
  await until(() => shop.received.length > told, 'the notification')
  const news = open(world, shop.received.at(-1) ?? { text: '' })
  assert.equal(news.eventType, 'MCHTRANSFER.BILL.FINISHED')
  assert.deepEqual(
    [news.plaintext.out_bill_no, news.plaintext.state, news.plaintext.transfer_amount, news.plaintext.openid],
    [outBillNo, 'SUCCESS', 100, openid],
  )
  assert.equal(await stateOf(outBillNo), 'SUCCESS')
})

const refusals: [string, Json, number, string][] = [
  ['less than ten fen', { transfer_amount: 9 }, 400, 'PARAM_ERROR'],
  ['2,000 yuan without a name', { transfer_amount: 200_000 }, 400, 'PARAM_ERROR'],
  ['a scene nobody granted', { transfer_scene_id: '1999' }, 403, 'NO_AUTH'],
  ['a scene that is not reported as it should', { transfer_scene_id: '1000' }, 400, 'PARAM_ERROR'],
  ['a number with a dash', { out_bill_no: 'T-1' }, 400, 'PARAM_ERROR'],
  ['an unknown field', { why: 'x' }, 400, 'PARAM_ERROR'],
  ['a name that does not decrypt', { user_name: 'x' }, 400, 'PARAM_ERROR'],
  ['a stranger', { openid: 'oStranger' }, 500, 'OPENID_MISMATCH'],
]
for (const [name, extra, status, code] of refusals)
  test(`POST transfer · ${status} ${code} for ${name}`, async () => {
    const reply = await transfer(number(), extra)
    assert.deepEqual([reply.status, reply.body.code], [status, code], reply.text)
  })

test('POST transfer · a sealed name is opened, and compared on a repeat by what is inside', async () => {
  const outBillNo = number()
  const key = world.merchant.platformKeys[0]
  assert.ok(key)
  const seal = (name: string) => ({ user_name: sealField(name, createPublicKey(key.publicKeyPem)) })
  assert.equal((await transfer(outBillNo, seal('测试员'))).status, 200)
  assert.equal((await transfer(outBillNo, seal('测试员'))).status, 200)
  assert.equal((await transfer(outBillNo, seal('别人'))).body.code, 'ALREADY_EXISTS')
})

test('mode 71 · nobody confirms for a day: cancelled, and told', async () => {
  const outBillNo = number()
  await transfer(outBillNo)
  const told = shop.received.length
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 86_400 })
  await until(() => shop.received.length > told, 'the notification')
  const seen = await look(outBillNo)
  assert.deepEqual([seen.body.state, seen.body.fail_reason], ['CANCELLED', 'OVERDUE_CLOSE'])
})

test('mode 72 · not now changes nothing: the page can be opened again', async () => {
  const outBillNo = number()
  const { body } = await transfer(outBillNo)
  const query = new URLSearchParams({
    appId: world.merchant.appId,
    mchId: world.merchant.mchId,
    package: String(body.package_info),
  })
  for (let times = 0; times < 2; times++) {
    const page = await fetch(`${new URL(world.merchant.cashierUrl).origin}/transfer?${query.toString()}`)
    assert.match(await page.text(), /确认收款/)
  }
  assert.equal(await stateOf(outBillNo), 'WAIT_USER_CONFIRM')
})

test('mode 73 · taken back: accepted first, cancelled a moment later; unless it was confirmed before', async () => {
  const [outBillNo, quick] = [number(), number()]
  const { body } = await transfer(outBillNo)
  assert.equal((await cancel(outBillNo)).body.state, 'CANCELING')
  await assert.rejects(async () => assert.equal((await confirm(body.package_info)).status, 200))
  await world.sim('POST', '/_sim/clock', { advanceSeconds: 2 })
  assert.equal(await stateOf(outBillNo), 'CANCELLED')
  await transfer(quick)
  await faults([{ match: { route: 'transfer-cancel' }, action: { kind: 'confirm-first' }, times: 1 }])
  const late = await cancel(quick)
  assert.deepEqual([late.status, late.body.code], [400, 'INVALID_REQUEST'])
  assert.equal(await stateOf(quick), 'SUCCESS')
})

test('mode 74 · a name that is not the receiver’s: FAIL', async () => {
  const outBillNo = number()
  await faults([{ match: { route: 'transfer' }, action: { kind: 'transfer-fail' }, times: 1 }])
  assert.equal((await transfer(outBillNo)).body.state, 'FAIL')
  assert.equal((await look(outBillNo)).body.fail_reason, 'NAME_NOT_CORRECT')
})

test('mode 75 · the merchant’s balance is short: it stays PROCESSING', async () => {
  const outBillNo = number()
  await faults([{ match: { route: 'transfer' }, action: { kind: 'transfer-hold' }, times: 1 }])
  assert.equal((await transfer(outBillNo)).body.state, 'PROCESSING')
  assert.equal(await stateOf(outBillNo), 'PROCESSING')
})

test('GET transfer · a number that nobody used is NOT_FOUND', async () => {
  const reply = await look(number())
  assert.deepEqual([reply.status, reply.body.code], [404, 'NOT_FOUND'])
})
