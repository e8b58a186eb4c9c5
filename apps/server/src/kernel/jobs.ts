import { Logger, run, type Runner } from 'graphile-worker'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Reader } from './db.ts'
import type { Log } from './log.ts'

export type JobHandler = () => Promise<void>
export interface JobTable {
  readonly [name: string]: JobHandler
}
/** Runs every `seconds`, in one process at a time (each run claims its rows with SKIP LOCKED, so overlap is harmless). */
export interface Sweep {
  name: string
  seconds: number
  run: () => Promise<void>
  /** Of a sweep that follows a book (kernel/following): entries that it has seen and not handled. */
  behind?: () => number
}

/**
 * Wakes a worker in some process, once, when (and only when) the caller's transaction commits. The statement is sent, not awaited, so that it
 * travels with the caller's own. What to do the worker finds in the tables: a job carries no payload that could disagree with them.
 */
export const wake = (client: pg.ClientBase, name: string): Promise<unknown> =>
  client.query({
    name: 'jobs-wake',
    text: 'select graphile_worker.add_job($1::text, job_key => $1::text, max_attempts => 25)',
    values: [name],
  })

/** Jobs that failed at least once and wait for another try, by name. */
export async function listFailingJobs(db: Reader): Promise<{ task: string; count: number; since: Date }[]> {
  const { rows } = await sql<{ task: string; count: number; since: Date }>`
    select task_identifier as task, count(*)::int as count, min(created_at) as since from graphile_worker.jobs
    where last_error is not null group by task_identifier`.execute(db)
  return rows
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
  const queue = await keepWorking(() => work(url, table, log), log)
  const timers = sweeps.map((sweep) => startSweep(sweep, log))
  return {
    async stop() {
      await Promise.all(timers.map((stop) => stop()))
      await queue.stop()
    },
  }
}

const work = (url: string, table: JobTable, log: Log): Promise<Runner> =>
  run({
    connectionString: url,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    // Without a batch nobody awaits the end of a job: a session that dies just then would take the whole process with it.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    taskList: Object.fromEntries(Object.entries(table).map(([name, handle]) => [name, () => handle()])),
    parsedCronItems: [],
    logger: new Logger(() => (level, message, meta) => {
      const note = level === 'warning' ? 'warn' : level
      if (note === 'error' || note === 'warn') log[note]({ ...meta }, message)
      else log.debug({ ...meta }, message)
    }),
  })

const PAUSE_MS = 1000

/** A worker that could not say how a job ended gives up; another takes its place once the database is there again. */
async function keepWorking(start: () => Promise<Runner>, log: Log): Promise<JobRunner> {
  const stopping = new AbortController()
  const { signal } = stopping
  const another = async (): Promise<Runner | undefined> => {
    for (;;) {
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
      if (signal.aborted) return undefined
      const runner = await start().catch((err: unknown) => {
        log.warn({ err }, 'no job worker yet')
        return undefined
      })
      if (runner) return runner
    }
  }
  let runner = await start()
  const kept = (async () => {
    while (!signal.aborted) {
      await runner.promise.catch((err: unknown) => log.error({ err }, 'the job worker gave up'))
      runner = (await another()) ?? runner
    }
  })()
  return {
    async stop() {
      stopping.abort()
      // One that gave up a moment ago has nothing left to stop.
      await runner.stop().catch(() => {})
      await kept
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
