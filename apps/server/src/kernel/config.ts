import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

const Url = Type.String({ pattern: '^https?://[^\\s]+$' })
const Port = Type.Integer({ minimum: 0, maximum: 65_535 })

/** Every variable the server reads; `.env.example` explains each. */
const Environment = Type.Object({
  NODE_ENV: Type.Union([Type.Literal('production'), Type.Literal('demo'), Type.Literal('test')]),
  HOST: Type.String({ minLength: 1 }),
  PORT: Port,
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://' }),
  DATABASE_POOL: Type.Integer({ minimum: 2, maximum: 200 }),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => Type.Literal(level)),
  ),
  PUBLIC_ORIGIN: Url,
  SECRET_KEY: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$', description: '32 random bytes in base64' }),
  WECHAT_FILE: Type.String({ minLength: 1, description: 'JSON file with merchant keys' }),
  ALIPAY_FILE: Type.Optional(Type.String({ minLength: 1, description: 'JSON file; without it, no Alipay' })),
  SMS_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'JSON file; without it, no text messages' }),
  ),
  UNPAID_MINUTES: Type.Integer({ minimum: 1, maximum: 1440 }),
  WEIGHING_TOLERANCE_BP: Type.Integer({ minimum: 0, maximum: 1000 }),
  JOBS: Type.Union([Type.Literal('on'), Type.Literal('off')]),
  SHOP_DIR: Type.Optional(Type.String()),
  CONSOLE_DIR: Type.Optional(Type.String()),
  WEBHOOK_INSIDE: Type.Union([Type.Literal('on'), Type.Literal('off')]),
  FEED_DIR: Type.Optional(Type.String({ description: 'folder with a folder per source' })),
  METRICS_TOKEN: Type.Optional(Type.String({ minLength: 16 })),
})

const CardState = Type.Integer({ minimum: 1, maximum: 99 })
const WechatFile = Type.Object({
  appId: Type.String({ minLength: 1 }),
  appSecret: Type.String({ minLength: 1 }),
  mchId: Type.String({ pattern: '^[0-9]{8,12}$' }),
  merchantSerial: Type.String({ minLength: 1 }),
  merchantPrivateKeyPem: Type.String({ pattern: 'PRIVATE KEY' }),
  apiV3Key: Type.String({ minLength: 32, maxLength: 32 }),
  platformKeys: Type.Array(
    Type.Object({ id: Type.String({ minLength: 1 }), publicKeyPem: Type.String({ pattern: 'PUBLIC KEY' }) }),
    { minItems: 1 },
  ),
  wxpayBaseUrl: Url,
  wxBaseUrl: Url,
  cashierUrl: Type.Optional(Url),
  shippingReports: Type.Optional(
    Type.Boolean({ description: 'false: 发货信息管理 is not for this mini-program' }),
  ),
  cards: Type.Optional(
    Type.Object(
      { paid: CardState, ready: CardState, collected: CardState, refunded: CardState },
      { description: 'state ids of the service card 2002; without them no cards are sent' },
    ),
  ),
  subscribeTemplates: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object({
        id: Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' }),
        fields: Type.Record(Type.String(), Type.String()),
      }),
      {
        description:
          'by kind of message: the template picked at WeChat, and our field for each keyword of it',
      },
    ),
  ),
  transferScene: Type.Optional(
    Type.Object(
      {
        id: Type.String({ pattern: '^[0-9]{4}$' }),
        reports: Type.Array(Type.Object({ type: Type.String(), content: Type.String() }), { minItems: 1 }),
      },
      { description: 'as what transfers to promoters are booked at WeChat; 1005 佣金报酬 unless it says so' },
    ),
  ),
  sandbox: Type.Optional(Type.Boolean()),
})
export type WechatConfig = Static<typeof WechatFile>

/** Public-key mode, RSA2. All or nothing: Alipay is offered when this file is given, and then it must be whole. */
const AlipayFile = Type.Object({
  appId: Type.String({ pattern: '^[0-9]{16}$' }),
  /** The account that the money goes to (PID). */
  sellerId: Type.String({ pattern: '^2088[0-9]{12}$' }),
  appPrivateKeyPem: Type.String({ pattern: '-----BEGIN PRIVATE KEY-----', description: 'PKCS #8' }),
  alipayPublicKeyPem: Type.String({ pattern: 'PUBLIC KEY' }),
  gatewayUrl: Url,
  /** Where browsers find the gateway, when it is elsewhere for them. */
  pageUrl: Type.Optional(Url),
  sandbox: Type.Optional(Type.Boolean()),
})
export type AlipayConfig = Static<typeof AlipayFile>

/** A gateway for text messages. Without this file nobody is sent any. */
const SmsFile = Type.Object({
  url: Url,
  secret: Type.String({ minLength: 32, description: 'signs requests, and the replies that come back' }),
  signature: Type.String({ minLength: 2, maxLength: 12, description: 'stands before every text, in 【】' }),
  sandbox: Type.Optional(Type.Boolean()),
})
export type SmsConfig = Static<typeof SmsFile>

export type Config = Readonly<{
  production: boolean
  host: string
  port: number
  databaseUrl: string
  databasePool: number
  logLevel: string
  publicOrigin: string
  secretKey: Buffer
  wechat: WechatConfig
  /** Undefined: this chain takes no Alipay. */
  alipay: AlipayConfig | undefined
  /** Undefined: this chain sends no text messages. */
  sms: SmsConfig | undefined
  unpaidMinutes: number
  /** How much lighter than its estimate a weighed line may be before money goes back, in basis points. */
  weighingToleranceBp: number
  jobs: boolean
  shopDir: string | undefined
  consoleDir: string | undefined
  /** Where files of feeds are dropped, in a folder per source. Undefined: nowhere. */
  feedDir: string | undefined
  /** May webhooks go to addresses that are not on the public net? For development alone. */
  webhookInside: boolean
  metricsToken: string | undefined
}>

const DEFAULTS = {
  NODE_ENV: 'demo',
  HOST: '127.0.0.1',
  PORT: '4000',
  DATABASE_POOL: '16',
  LOG_LEVEL: 'info',
  UNPAID_MINUTES: '15',
  WEIGHING_TOLERANCE_BP: '300',
  JOBS: 'on',
  WEBHOOK_INSIDE: 'off',
}

/** A start that cannot work says everything that is wrong, once. */
export class ConfigError extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const INTEGERS = ['PORT', 'DATABASE_POOL', 'UNPAID_MINUTES', 'WEIGHING_TOLERANCE_BP'] as const

/** Checks the environment as a whole and freezes it. Throws `ConfigError` with all faults at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const known = Object.fromEntries(
    Object.keys(Environment.properties)
      .map((name) => [name, env[name] || (DEFAULTS as Record<string, string>)[name]] as const)
      .filter(([, value]) => value !== undefined),
  ) as Record<string, unknown>
  for (const name of INTEGERS) if (/^-?\d+$/.test(String(known[name]))) known[name] = Number(known[name])
  known['PUBLIC_ORIGIN'] ??= `http://127.0.0.1:${String(known['PORT'])}`
  const faults = faultsOf(Environment, known)
  const wechat = readKeys(WechatFile, 'WECHAT_FILE', known['WECHAT_FILE'], faults)
  const alipay = readKeys(AlipayFile, 'ALIPAY_FILE', known['ALIPAY_FILE'], faults)
  const sms = readKeys(SmsFile, 'SMS_FILE', known['SMS_FILE'], faults)
  if (alipay) faults.push(...alipayKeyFaults(alipay))
  if (known['NODE_ENV'] === 'production')
    faults.push(
      ...productionFaults(known, wechat),
      ...alipayProductionFaults(alipay),
      ...smsProductionFaults(sms),
    )
  if (faults.length > 0 || !wechat) throw new ConfigError(faults)
  const e = known as unknown as Static<typeof Environment>
  return Object.freeze({
    production: e.NODE_ENV === 'production',
    host: e.HOST,
    port: e.PORT,
    databaseUrl: e.DATABASE_URL,
    databasePool: e.DATABASE_POOL,
    logLevel: e.LOG_LEVEL,
    publicOrigin: e.PUBLIC_ORIGIN,
    secretKey: Buffer.from(e.SECRET_KEY, 'base64'),
    wechat,
    alipay,
    sms,
    unpaidMinutes: e.UNPAID_MINUTES,
    weighingToleranceBp: e.WEIGHING_TOLERANCE_BP,
    jobs: e.JOBS === 'on',
    shopDir: e.SHOP_DIR,
    consoleDir: e.CONSOLE_DIR,
    feedDir: e.FEED_DIR,
    webhookInside: e.WEBHOOK_INSIDE === 'on',
    metricsToken: e.METRICS_TOKEN,
  })
}

function faultsOf(schema: TSchema, value: unknown, where = ''): string[] {
  return Value.Errors(schema, value).map((error) => {
    const missing =
      error.keyword === 'required'
        ? (error.params as { requiredProperties?: string[] }).requiredProperties
        : undefined
    const name = missing ? missing.join(', ') : error.instancePath.slice(1).replaceAll('/', '.')
    return `${where}${name}: ${error.message}`
  })
}

function readKeys<const S extends TSchema>(
  schema: S,
  name: string,
  file: unknown,
  faults: string[],
): Static<S> | undefined {
  if (typeof file !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const wrong = faultsOf(schema, value, `${name} `)
    faults.push(...wrong)
    return wrong.length === 0 ? (value as Static<S>) : undefined
  } catch (error) {
    faults.push(`${name}: cannot be read (${error instanceof Error ? error.message : String(error)})`)
    return undefined
  }
}

/** Alipay shows two public keys side by side, ours and its own. With ours in the place of its own, everything would be signed and nothing believed. */
function alipayKeyFaults({ appPrivateKeyPem, alipayPublicKeyPem }: AlipayConfig): string[] {
  try {
    const own = createPublicKey(createPrivateKey(appPrivateKeyPem))
    return own.equals(createPublicKey(alipayPublicKeyPem))
      ? ['ALIPAY_FILE alipayPublicKeyPem: this is the public key of the app, not the one of Alipay']
      : []
  } catch (error) {
    return [`ALIPAY_FILE: a key cannot be read (${error instanceof Error ? error.message : String(error)})`]
  }
}

function alipayProductionFaults(alipay: AlipayConfig | undefined): string[] {
  if (!alipay) return []
  const urls = [alipay.gatewayUrl, ...(alipay.pageUrl === undefined ? [] : [alipay.pageUrl])]
  const faults: string[] = []
  if (alipay.sandbox || urls.some((url) => /127\.0\.0\.1|localhost/.test(url)))
    faults.push('ALIPAY_FILE: sandbox keys or addresses are refused in production')
  if (!urls.every((url) => url.startsWith('https://')))
    faults.push('ALIPAY_FILE: addresses must be https in production')
  return faults
}

function smsProductionFaults(sms: SmsConfig | undefined): string[] {
  if (!sms) return []
  return [
    ...(sms.sandbox || /127\.0\.0\.1|localhost/.test(sms.url)
      ? ['SMS_FILE: sandbox keys or addresses are refused in production']
      : []),
    ...(sms.url.startsWith('https://') ? [] : ['SMS_FILE: the address must be https in production']),
  ]
}

function productionFaults(env: Record<string, unknown>, wechat: WechatConfig | undefined): string[] {
  const faults: string[] = []
  if (wechat?.sandbox || /127\.0\.0\.1|localhost/.test(`${wechat?.wxpayBaseUrl} ${wechat?.wxBaseUrl}`))
    faults.push('WECHAT_FILE: sandbox keys or addresses are refused in production')
  if (wechat && !(wechat.wxpayBaseUrl.startsWith('https://') && wechat.wxBaseUrl.startsWith('https://')))
    faults.push('WECHAT_FILE: base URLs must be https in production')
  if (!String(env['PUBLIC_ORIGIN']).startsWith('https://'))
    faults.push('PUBLIC_ORIGIN: must be https in production')
  if (env['WEBHOOK_INSIDE'] === 'on')
    faults.push('WEBHOOK_INSIDE: webhooks to addresses inside are for development alone')
  if (!env['METRICS_TOKEN']) faults.push('METRICS_TOKEN: needed in production, or anyone reads your figures')
  return faults
}
