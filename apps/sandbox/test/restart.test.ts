import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { defaultConfig, readConfig } from '../src/config.ts'
import type { MerchantFile } from '../src/keys.ts'
import { open, startShop } from './shop.ts'
import { call, newNumber, placeOrder, placePaid, query, signed, startWorld, until } from './world.ts'
import type { Json } from './world.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

test('a restart keeps keys, orders, refunds, waiting notifications, tokens and the clock', async () => {
  const shop = await startShop()
  shop.answer = () => 500
  const first = await startWorld({ refundDelayMs: 3_600_000 })
  const app = {
    appid: first.merchant.appId,
    secret: first.merchant.appSecret,
    grant_type: 'client_credential',
  }
  const tokenOf = (world: typeof first) =>
    call(`${world.merchant.wxBaseUrl}/cgi-bin/stable_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(app),
    })
  const unpaid = await placeOrder(first)
  const paid = await placePaid(first, { notify_url: shop.url })
  const refundNumber = newNumber('R')
  await signed(first, 'POST', '/v3/refund/domestic/refunds', {
    out_trade_no: paid,
    out_refund_no: refundNumber,
    notify_url: shop.url,
    amount: { refund: 5, total: 1_990, currency: 'CNY' },
  })
  await until(() => shop.received.length === 1, 'the first attempt')
  await first.sim('POST', '/_sim/clock', { advanceSeconds: 20 })
  assert.equal(shop.received.length, 2, 'the second attempt')
  const token = await tokenOf(first)
  await first.sandbox.close()
  await appendFile(path.join(first.dataDir, 'sandbox/ledger.jsonl'), '["order","torn')

  shop.answer = () => 204
  const second = await startWorld({ dataDir: first.dataDir, refundDelayMs: 3_600_000 })
  const keysOf = ({ platformKeys, apiV3Key, merchantPrivateKeyPem, appId }: MerchantFile) => [
    platformKeys,
    apiV3Key,
    merchantPrivateKeyPem,
    appId,
  ]
  assert.deepEqual(keysOf(second.merchant), keysOf(first.merchant))
  assert.equal((await query(second, unpaid.number)).body.trade_state, 'NOTPAY')
  assert.equal((await query(second, paid)).body.trade_state, 'REFUND')
  assert.deepEqual((await tokenOf(second)).body.access_token, token.body.access_token)
  const clock = await second.sim('GET', '/_sim/clock')
  assert.ok(Number(clock.body.aheadSeconds) >= 20)
  await second.sim('POST', '/_sim/pay', { prepayId: unpaid.prepayId, outcome: 'cancel' })

  await second.sim('POST', '/_sim/clock', { advanceSeconds: 3_600 })
  assert.deepEqual(
    shop.received.slice(2).map((delivery) => open(second, delivery).eventType),
    ['TRANSACTION.SUCCESS', 'REFUND.SUCCESS'],
  )
  await second.close()
  await shop.close()
})

test('the folder and its files belong to their owner alone', async () => {
  const world = await startWorld()
  const folder = path.join(world.dataDir, 'sandbox')
  const modeOf = async (name: string) => ((await stat(path.join(folder, name))).mode & 0o777).toString(8)
  assert.equal(await modeOf('.'), '700')
  for (const name of ['keys.json', 'merchant.json', 'ledger.jsonl'])
    assert.equal(await modeOf(name), '600', name)
  const merchant = JSON.parse(await readFile(path.join(folder, 'merchant.json'), 'utf8')) as Json
  assert.deepEqual(Object.keys(merchant), [
    'appId',
    'appSecret',
    'mchId',
    'merchantSerial',
    'merchantPrivateKeyPem',
    'apiV3Key',
    'platformKeys',
    'wxpayBaseUrl',
    'wxBaseUrl',
    'cashierUrl',
    'cards',
    'subscribeTemplates',
    'sandbox',
  ])
  assert.match(String(merchant.apiV3Key), /^[0-9A-Z]{32}$/)
  await world.close()
})

test('as a process: ready on a free port, and a clean stop on SIGTERM even with a request held open', async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'linli-sandbox-'))
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, SANDBOX_PORT: '0', SANDBOX_LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  await until(() => output.includes('sandbox ready'), 'the process to be ready')
  const merchant = JSON.parse(
    await readFile(path.join(dataDir, 'sandbox/merchant.json'), 'utf8'),
  ) as MerchantFile
  const { origin } = new URL(merchant.cashierUrl)
  assert.deepEqual((await call(`${origin}/healthz`)).body, { status: 'ok', sandbox: true })
  const rules = [{ match: { route: 'jscode2session' }, action: 'timeout-before' }]
  await call(`${origin}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  })
  const held = call(`${merchant.wxBaseUrl}/sns/jscode2session`).catch((error: unknown) => error)
  await new Promise((pause) => setTimeout(pause, 50))
  const exit = new Promise<number | null>((done) => child.once('exit', done))
  child.kill('SIGTERM')
  assert.equal(await exit, 0)
  assert.ok((await held) instanceof Error)
  await rm(dataDir, { recursive: true, force: true })
})

test('the environment is read once and every fault is told at once', () => {
  assert.equal(readConfig({ PORT: '5000' }).port, 5_001)
  assert.equal(readConfig({ PORT: '5000', SANDBOX_PORT: '7000' }).port, 7_000)
  assert.equal(readConfig({}).host, '127.0.0.1')
  assert.equal(readConfig({ SANDBOX_MERCHANT_NAME: '' }).merchantName, defaultConfig().merchantName)
  assert.throws(
    () =>
      readConfig({
        SANDBOX_PORT: 'x',
        SANDBOX_PUBLIC_ORIGIN: 'https://a.example/path',
        SANDBOX_LOG_LEVEL: 'loud',
      }),
    /SANDBOX_PORT[^]*SANDBOX_PUBLIC_ORIGIN[^]*SANDBOX_LOG_LEVEL/,
  )
})
