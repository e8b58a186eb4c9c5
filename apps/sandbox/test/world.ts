/** A sandbox of its own for one test file, and clients that are not the product's. */
import assert from 'node:assert/strict'
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import { createSandbox } from '../src/app.ts'
import type { Sandbox } from '../src/app.ts'
import { defaultConfig } from '../src/config.ts'
import type { Config } from '../src/config.ts'
import type { MerchantFile } from '../src/keys.ts'
import { openidOf } from '../src/shoppers.ts'

export type Json = Record<string, unknown>
export type Reply = { status: number; headers: Headers; text: string; body: Json }

export type World = {
  sandbox: Sandbox
  merchant: MerchantFile
  origin: string
  dataDir: string
  sim: (method: string, target: string, body?: Json) => Promise<Reply>
  close: () => Promise<void>
}

/** Starts a sandbox on a free port over an empty folder. */
export const startWorld = async (overrides: Partial<Config> = {}): Promise<World> => {
  const dataDir = overrides.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'linli-sandbox-')))
  const sandbox = await createSandbox({
    ...defaultConfig(),
    port: 0,
    logLevel: 'silent',
    refundDelayMs: 0,
    ...overrides,
    dataDir,
  })
  const merchant = await sandbox.listen()
  const { origin } = new URL(merchant.cashierUrl)
  return {
    sandbox,
    merchant,
    origin,
    dataDir,
    sim: (method, target, body) => call(`${origin}${target}`, { method, ...jsonBody(body) }),
    close: async () => {
      await sandbox.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

const jsonBody = (body: Json | undefined): RequestInit =>
  body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }

/** One request, answered as text and, if it is JSON, as an object. */
export const call = async (url: string, init: RequestInit = {}): Promise<Reply> => {
  const reply = await fetch(url, init)
  const text = await reply.text()
  return { status: reply.status, headers: reply.headers, text, body: readJson(text) }
}

const readJson = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}

/** What one signed request may get wrong on purpose. */
export type Twist = Partial<{
  mchid: string
  serial: string
  timestamp: string
  nonce: string
  signature: string
  authorization: string
  headers: Record<string, string>
  /** The path that is signed, when it is not the path that is sent. */
  signedTarget: string
  signedBody: string
}>

/** A bare signed request, made here with node:crypto and nothing else. */
export const signed = (
  world: World,
  method: string,
  target: string,
  body?: unknown,
  twist: Twist = {},
): Promise<Reply> => {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const full = `/wxpay${target}`
  const timestamp = twist.timestamp ?? String(Math.floor(Date.now() / 1_000))
  const nonce = twist.nonce ?? randomBytes(16).toString('hex')
  const message = `${method}\n${twist.signedTarget ?? full}\n${timestamp}\n${nonce}\n${twist.signedBody ?? text}\n`
  const key = createPrivateKey(world.merchant.merchantPrivateKeyPem)
  const signature = twist.signature ?? sign('sha256', Buffer.from(message), key).toString('base64')
  const serial = twist.serial ?? world.merchant.merchantSerial
  const mchid = twist.mchid ?? world.merchant.mchId
  return call(`${world.origin}${full}`, {
    method,
    headers: {
      Accept: 'application/json',
      'User-Agent': 'sandbox-test',
      ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
      Authorization:
        twist.authorization ??
        `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`,
      ...twist.headers,
    },
    ...(text === '' ? {} : { body: text }),
  })
}

/** Whether a reply or notification is really signed by one of the keys in `merchant.json`, judged by the oracle library. */
export const isSignedByPlatform = (
  world: World,
  headers: { get: (name: string) => string | null },
  text: string,
): boolean => {
  const serial = headers.get('wechatpay-serial')
  const key = world.merchant.platformKeys.find(({ id }) => id === serial)
  if (!key) return false
  const message = Formatter.response(
    headers.get('wechatpay-timestamp') ?? '',
    headers.get('wechatpay-nonce') ?? '',
    text,
  )
  return Rsa.verify(message, headers.get('wechatpay-signature') ?? '', key.publicKeyPem)
}

/** The oracle: an independent client of WeChat Pay v3. */
export const oracle = ({ merchant }: World, certs = merchant.platformKeys): Wechatpay =>
  new Wechatpay({
    mchid: merchant.mchId,
    serial: merchant.merchantSerial,
    privateKey: merchant.merchantPrivateKeyPem,
    certs: Object.fromEntries(certs.map(({ id, publicKeyPem }) => [id, publicKeyPem])),
    baseURL: `${merchant.wxpayBaseUrl}/`,
    timeout: 10_000,
  })

/** A shopper who has logged in once, so that the openid is known. */
export const login = async (world: World, shopper: string): Promise<string> => {
  const { body } = await world.sim('POST', '/_sim/login', { shopper })
  const query = new URLSearchParams({
    appid: world.merchant.appId,
    secret: world.merchant.appSecret,
    js_code: String(body.code),
    grant_type: 'authorization_code',
  })
  const session = await call(`${world.merchant.wxBaseUrl}/sns/jscode2session?${query.toString()}`)
  assert.equal(session.body.openid, openidOf(shopper))
  return openidOf(shopper)
}

let serial = 0
/** A business number nobody used before. */
export const newNumber = (prefix = 'T'): string => `${prefix}${Date.now()}${(serial += 1)}`

/** The body of an order, valid unless overridden. */
export const orderBody = (world: World, overrides: Json = {}): Json => ({
  appid: world.merchant.appId,
  mchid: world.merchant.mchId,
  description: '内丘苹果',
  out_trade_no: newNumber(),
  notify_url: 'http://127.0.0.1:9/hooks/wechat-pay',
  amount: { total: 1_990, currency: 'CNY' },
  payer: { openid: openidOf('shopper-0001') },
  ...overrides,
})

/** Places an order and answers its number and prepay id. */
export const placeOrder = async (
  world: World,
  overrides: Json = {},
): Promise<{ number: string; prepayId: string }> => {
  const body = orderBody(world, overrides)
  const reply = await signed(world, 'POST', '/v3/pay/transactions/jsapi', body)
  assert.equal(reply.status, 200, reply.text)
  return { number: String(body.out_trade_no), prepayId: String(reply.body.prepay_id) }
}

/** Places an order and pays it. */
export const placePaid = async (world: World, overrides: Json = {}, couponFen = 0): Promise<string> => {
  const { number, prepayId } = await placeOrder(world, overrides)
  const paid = await world.sim('POST', '/_sim/pay', { prepayId, outcome: 'success', couponFen })
  assert.equal(paid.status, 200, paid.text)
  return number
}

export type PayParams = Record<
  'appId' | 'timeStamp' | 'nonceStr' | 'package' | 'signType' | 'paySign',
  string
>

/** What `wx.requestPayment` is given, signed as the merchant signs it. */
export const payParams = ({ merchant }: World, prepayId: string): PayParams => {
  const params = {
    appId: merchant.appId,
    timeStamp: String(Math.floor(Date.now() / 1_000)),
    nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
    package: `prepay_id=${prepayId}`,
    signType: 'RSA',
  }
  const message = `${params.appId}\n${params.timeStamp}\n${params.nonceStr}\n${params.package}\n`
  const key = createPrivateKey(merchant.merchantPrivateKeyPem)
  return { ...params, paySign: sign('sha256', Buffer.from(message), key).toString('base64') }
}

export const query = (world: World, number: string): Promise<Reply> =>
  signed(world, 'GET', `/v3/pay/transactions/out-trade-no/${number}?mchid=${world.merchant.mchId}`)

export const close = (world: World, number: string): Promise<Reply> =>
  signed(world, 'POST', `/v3/pay/transactions/out-trade-no/${number}/close`, { mchid: world.merchant.mchId })

/** Waits until `ready` holds, for what happens behind a request's back. */
export const until = async (ready: () => boolean, what: string): Promise<void> => {
  const limit = Date.now() + 15_000
  while (!ready()) {
    assert.ok(Date.now() < limit, `waited too long for ${what}`)
    await new Promise((again) => setTimeout(again, 5))
  }
}
