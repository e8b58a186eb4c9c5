import { buildApp, type Linli } from './app.ts'
import { type Clock, systemClock } from '#kernel/clock'
import type { Config } from '#kernel/config'
import { startJobs } from '#kernel/jobs'
import { openCtx } from '#kernel/start'

const STOP_WITHIN_MS = 15_000

/**
 * Serves until SIGTERM or SIGINT, which end the process in good order. Whoever started the process hears where it listens. `clock` is for those who
 * live through days in minutes.
 */
export async function serve(config: Config, clock: Clock = systemClock): Promise<Linli> {
  const { ctx, close } = await openCtx(config, { clock })
  const linli = await buildApp(ctx)
  await linli.http.app.ready()
  linli.http.compileAll()
  const address = await linli.http.app.listen({ host: config.host, port: config.port })
  const jobs = config.jobs
    ? await startJobs(config.databaseUrl, linli.jobs, linli.sweeps, ctx.log)
    : undefined
  ctx.log.info({ address }, 'listening')
  process.send?.({ listening: address })

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    ctx.log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    // Answer what has begun, take nothing new, finish jobs, then let go of the database.
    await linli.close()
    await jobs?.stop()
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
  return linli
}
