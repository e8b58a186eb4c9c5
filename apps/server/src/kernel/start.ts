import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { Ctx } from './ctx.ts'
import { openDatabase } from './db.ts'
import { openListener } from './listen.ts'
import { createLog, type Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createSecrets } from './secrets.ts'
import { createTokens } from './tokens.ts'

/** Builds what every room uses. `close` gives it all back. */
export async function openCtx(
  config: Config,
  { clock = systemClock, log = createLog(config.logLevel) }: { clock?: Clock; log?: Log } = {},
): Promise<{ ctx: Ctx; close(): Promise<void> }> {
  const database = openDatabase(config.databaseUrl, { size: config.databasePool, log })
  const listener = await openListener(config.databaseUrl, log)
  const secrets = createSecrets(config.secretKey)
  const ctx: Ctx = {
    config,
    clock,
    log,
    db: database.db,
    database,
    listener,
    secrets,
    tokens: createTokens(secrets, clock),
    metrics: createMetrics(),
  }
  return {
    ctx,
    async close() {
      await listener.close()
      await database.close()
    },
  }
}
