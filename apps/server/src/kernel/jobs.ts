import { Logger, run, type Runner } from 'graphile-worker'
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import type { Log } from './log.ts'

export type JobHandler = (payload: unknown) => Promise<void>
export interface JobTable {
  readonly [name: string]: JobHandler
}
/** Runs every `seconds`, in one process at a time (each run claims its rows with SKIP LOCKED, so overlap is harmless). */
export interface Sweep {
  name: string
  seconds: number
  run: () => Promise<void>
}

/** Puts a job into the caller's transaction: it exists exactly when the change it follows does. `key` replaces an earlier job of the same key. */
export async function enqueue(
  tx: Tx,
  name: string,
  payload: Record<string, unknown>,
  { runAt, key, maxAttempts = 25 }: { runAt?: Date; key?: string; maxAttempts?: number } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${name}::text, ${JSON.stringify(payload)}::json,
    run_at => ${runAt ?? null}::timestamptz, job_key => ${key ?? null}::text, max_attempts => ${maxAttempts}::int)`.execute(
    tx,
  )
}

export interface JobRunner {
  stop(): Promise<void>
}

/** Works the queue and the sweeps until stopped. A failing job is retried with growing pauses by the queue itself. */
export async function startJobs(
  url: string,
  table: JobTable,
  sweeps: readonly Sweep[],
  log: Log,
): Promise<JobRunner> {
  const runner: Runner = await run({
    connectionString: url,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList: Object.fromEntries(
      Object.entries(table).map(([name, handle]) => [name, (payload: unknown) => handle(payload)]),
    ),
    parsedCronItems: [],
    logger: new Logger(() => (level, message, meta) => {
      const note = level === 'warning' ? 'warn' : level
      if (note === 'error' || note === 'warn') log[note]({ ...meta }, message)
      else log.debug({ ...meta }, message)
    }),
  })
  const timers = sweeps.map((sweep) => startSweep(sweep, log))
  return {
    async stop() {
      await Promise.all(timers.map((stop) => stop()))
      await runner.stop()
    },
  }
}

function startSweep({ name, seconds, run: work }: Sweep, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => {
      running = work()
        .catch((error: unknown) => log.error({ err: error, sweep: name }, 'sweep failed'))
        .then(next)
    }, seconds * 1000)
  }
  next()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
