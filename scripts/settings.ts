import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The checkout. */
export const ROOT = path.dirname(import.meta.dirname)

export type Settings = {
  isProduction: boolean
  host: string
  port: number
  sandboxPort: number
  dataDir: string
  /** Somebody else's PostgreSQL; ours when undefined. */
  databaseUrl: string | undefined
}

/** What the scripts read of the environment; the server has its own, stricter reading (kernel/config.ts). */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = portOf('PORT', env['PORT'] || '4000')
  return {
    isProduction: env['NODE_ENV'] === 'production',
    host: env['HOST'] || '127.0.0.1',
    port,
    sandboxPort: portOf('SANDBOX_PORT', env['SANDBOX_PORT'] || String(port + 1)),
    dataDir: path.resolve(ROOT, env['DATA_DIR'] || '.data'),
    databaseUrl: env['DATABASE_URL'] || undefined,
  }
}

function portOf(name: string, text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${name} must be a port number from 1 to 65535, not "${text}"`)
}

/** The key that seals personal data in the demo: made once, kept with the data. Production must be given one. */
export function demoSecretKey(dataDir: string): string {
  const file = path.join(dataDir, 'secret.key')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Where the demo takes in files of feeds, in a folder per source. */
export const feedFolder = (dataDir: string): string => path.join(dataDir, 'feeds')
