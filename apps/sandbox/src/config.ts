/** Everything the environment may say. Read once; every fault is listed at once. */
import path from 'node:path'

export type Config = {
  host: string
  port: number
  dataDir: string
  /** How the product's server reaches the sandbox; `null` means the bound address and port. */
  apiOrigin: string | null
  /** How a browser reaches the cashier; `null` means the same as the API. */
  publicOrigin: string | null
  /** A shop that is neither on loopback nor on the sandbox's own host may embed the cashier too. */
  shopOrigin: string | null
  /** Where a browser finds the product's shop: a scanned code leads there. */
  productOrigin: string
  /** What the cashier shows as the payee. */
  merchantName: string
  /** Accept plain-HTTP notify_url on any host. Loopback is always accepted. */
  notifyAllowHttp: boolean
  notifyTimeoutMs: number
  refundDelayMs: number
  journalSize: number
  logLevel: string
}

const DEFAULT_PRODUCT_PORT = 4000
const PORT_MAX = 65_535
const LOG_LEVELS = new Set(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])

/** The defaults a test or an embedding script starts from. */
export const defaultConfig = (): Config => ({
  host: '127.0.0.1',
  port: DEFAULT_PRODUCT_PORT + 1,
  dataDir: path.resolve('.data'),
  apiOrigin: null,
  publicOrigin: null,
  shopOrigin: null,
  productOrigin: `http://127.0.0.1:${DEFAULT_PRODUCT_PORT}`,
  merchantName: '襄惠生活超市',
  notifyAllowHttp: false,
  notifyTimeoutMs: 5_000,
  refundDelayMs: 1_000,
  journalSize: 20_000,
  logLevel: 'info',
})

/**
 * Reads the environment:
 * `SANDBOX_PORT` (default `PORT` + 1), `SANDBOX_BIND` (default 127.0.0.1), `SANDBOX_ORIGIN` (how the server reaches it),
 * `SANDBOX_PUBLIC_ORIGIN` (how browsers reach it), `SANDBOX_SHOP_ORIGIN` (a shop elsewhere), `DATA_DIR` (default .data), `NOTIFY_ALLOW_HTTP`,
 * `SANDBOX_MERCHANT_NAME`, `SANDBOX_REFUND_DELAY_MS`, `SANDBOX_LOG_LEVEL`.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const faults: string[] = []
  const config = defaultConfig()
  const whole = (name: string, fallback: number, max: number): number => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= 0 && value <= max) return value
    faults.push(`${name} must be a whole number from 0 to ${max}, not "${text}"`)
    return fallback
  }
  const origin = (name: string): string | null => {
    const text = env[name]
    if (text === undefined || text === '') return null
    if (URL.canParse(text) && new URL(text).origin === text) return text
    faults.push(`${name} must be an origin such as https://pay.example.com, not "${text}"`)
    return null
  }
  const productPort = whole('PORT', DEFAULT_PRODUCT_PORT, PORT_MAX - 1)
  const read: Config = {
    ...config,
    port: whole('SANDBOX_PORT', productPort + 1, PORT_MAX),
    host: env.SANDBOX_BIND || config.host,
    dataDir: path.resolve(env.DATA_DIR || config.dataDir),
    apiOrigin: origin('SANDBOX_ORIGIN'),
    publicOrigin: origin('SANDBOX_PUBLIC_ORIGIN'),
    shopOrigin: origin('SANDBOX_SHOP_ORIGIN'),
    productOrigin: origin('SANDBOX_SHOP_ORIGIN') ?? `http://127.0.0.1:${productPort}`,
    merchantName: env.SANDBOX_MERCHANT_NAME || config.merchantName,
    notifyAllowHttp: env.NOTIFY_ALLOW_HTTP === '1' || env.NOTIFY_ALLOW_HTTP === 'true',
    refundDelayMs: whole('SANDBOX_REFUND_DELAY_MS', config.refundDelayMs, 86_400_000),
    logLevel: env.SANDBOX_LOG_LEVEL || config.logLevel,
  }
  if (!LOG_LEVELS.has(read.logLevel)) faults.push(`SANDBOX_LOG_LEVEL "${read.logLevel}" is not a level`)
  if (faults.length > 0) throw new Error(`The sandbox cannot start:\n- ${faults.join('\n- ')}`)
  return read
}
