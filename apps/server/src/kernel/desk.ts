import type pg from 'pg'
import { overloaded, Problem, refuse } from './problem.ts'

/** What a batch decided: one answer per command in order, and what to write (undefined: nothing changed). */
export interface Decision<A, W> {
  answers: readonly A[]
  writes: W | undefined
}
export interface DeskWork<C, V, A, W> {
  /** Locks and reads every row the batch needs, always in the same global order. Statements go out together. */
  load(client: pg.ClientBase, commands: readonly C[]): Promise<V>
  /** Pure: folds the commands, first come first served, over `view`, which is its own to change. */
  decide(view: V, commands: readonly C[]): Decision<A, W>
  /** Sends the statements and returns their promises without awaiting, so that the commit travels with them. */
  write(client: pg.ClientBase, writes: W): Promise<unknown>[]
}
export interface DeskStats {
  batches: number
  commands: number
  oneByOne: number
  largest: number
  queued: number
}
export interface Desk<C, A> {
  /** Decides one command; rejects with `server.overloaded` when the queue is full, or the database cannot be asked now. */
  submit(command: C): Promise<A>
  readonly stats: Readonly<DeskStats>
  /** Resolves when everything submitted so far has been answered. */
  drained(): Promise<void>
}

/** Nobody's command is at fault: the database cannot be reached, or somebody else keeps a row locked beyond `lock_timeout`. Come again. */
const LOCK_NOT_AVAILABLE = '55P03'
const cameToNothing = (error: unknown): boolean =>
  error instanceof Problem || (error as { code?: unknown } | null)?.code === LOCK_NOT_AVAILABLE

interface Waiter<C, A> {
  command: C
  resolve(answer: A): void
  reject(error: unknown): void
}

/**
 * The order desk (architecture: decide in memory on locked rows, write in bulk, commit once per batch). Its law: deciding a batch equals deciding
 * its commands one at a time in the same order. Batches form while the previous commit is in flight; there is no timer. A row that stays locked,
 * or a database that is away, sends a whole batch away at once: waiting for it command by command would keep everybody behind it for minutes.
 * `pool` must be made with `pipeline: true`.
 */
export function createDesk<C, V, A, W>(
  pool: pg.Pool,
  work: DeskWork<C, V, A, W>,
  { maxBatch = 256, maxQueue = 4096 }: { maxBatch?: number; maxQueue?: number } = {},
): Desk<C, A> {
  let queue: Waiter<C, A>[] = []
  let busy = false
  let idle: (() => void)[] = []
  const stats: DeskStats = { batches: 0, commands: 0, oneByOne: 0, largest: 0, queued: 0 }

  async function transact(commands: readonly C[]): Promise<readonly A[]> {
    const client = await pool.connect().catch(() => refuse(overloaded))
    let broken: Error | undefined
    try {
      const [, view] = await Promise.all([client.query('begin'), work.load(client, commands)])
      const { answers, writes } = work.decide(view, commands)
      if (writes === undefined) await client.query('rollback')
      // COMMIT after a failed statement answers ROLLBACK without rejecting: the writes must be awaited too.
      else await Promise.all([...work.write(client, writes), client.query('commit')])
      return answers
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  // A batch that failed as a whole is run one command at a time: a poisoned command harms only itself. Each is tried twice, because two
  // processes given the same key meet only at the unique index, and the loser must look again rather than answer 500.
  async function oneByOne(waiters: readonly Waiter<C, A>[]): Promise<void> {
    stats.oneByOne++
    for (const [i, { command, resolve, reject }] of waiters.entries()) {
      try {
        const [answer] = await transact([command]).catch((error: unknown) => {
          if (cameToNothing(error)) throw error
          return transact([command])
        })
        resolve(answer as A)
      } catch (error) {
        if (cameToNothing(error)) return sendAway(waiters.slice(i))
        reject(error)
      }
    }
  }
  const sendAway = (waiters: readonly Waiter<C, A>[]): void =>
    waiters.forEach(({ reject }) => reject(new Problem(overloaded)))

  function pump(): void {
    if (queue.length === 0) {
      busy = false
      for (const done of idle) done()
      idle = []
      return
    }
    const waiters = queue.slice(0, maxBatch)
    queue = queue.slice(maxBatch)
    stats.batches++
    stats.commands += waiters.length
    stats.largest = Math.max(stats.largest, waiters.length)
    stats.queued = queue.length
    transact(waiters.map(({ command }) => command)).then(
      (answers) => {
        pump() // PostgreSQL first, then the replies: both cores work
        waiters.forEach(({ resolve }, i) => resolve(answers[i] as A))
      },
      (error: unknown) => {
        if (!cameToNothing(error)) return void oneByOne(waiters).then(pump)
        pump()
        sendAway(waiters)
      },
    )
  }

  return {
    stats,
    submit(command) {
      if (queue.length >= maxQueue) return Promise.reject(new Problem(overloaded))
      return new Promise<A>((resolve, reject) => {
        queue.push({ command, resolve, reject })
        stats.queued = queue.length
        if (!busy) {
          busy = true
          setImmediate(pump) // not a timer: all that was parsed in this turn of the event loop joins the first batch
        }
      })
    },
    drained: () => (busy ? new Promise<void>((resolve) => idle.push(resolve)) : Promise.resolve()),
  }
}
