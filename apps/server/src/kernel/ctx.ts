import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database, Db } from './db.ts'
import type { Listener } from './listen.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Secrets } from './secrets.ts'
import type { Tokens } from './tokens.ts'

/** What every room may use, built once at start. A function that needs less takes `Pick<Ctx, …>`. */
export interface Ctx {
  config: Config
  clock: Clock
  log: Log
  db: Db
  database: Database
  listener: Listener
  secrets: Secrets
  tokens: Tokens
  metrics: Metrics
}
