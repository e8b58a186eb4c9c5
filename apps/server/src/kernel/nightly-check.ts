import { SYSTEM } from './actor.ts'
import { businessDay, timeOfDay } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { inTx, type Tx } from './db.ts'
import { newId } from './id.ts'
import type { Sweep } from './jobs.ts'

const NOT_BEFORE = '03:00'

export interface Mark {
  id: string
  at: Date
  /** Null: somebody asked. */
  night: string | null
  by: string
}
export interface Checking {
  /** Of the sweep. */
  name: string
  /** False: somebody else compares the same books. The claim ends with the transaction. */
  claim(tx: Tx): Promise<boolean>
  /** Was this night's comparison made? */
  isDone(night: string): Promise<boolean>
  /** Compares and writes the result down. False: this night was done meanwhile. */
  compare(tx: Tx, mark: Mark): Promise<boolean>
}
export interface NightlyCheck {
  /** Compares now, because somebody asked; undefined while somebody else does. */
  now(by: string): Promise<string | undefined>
  sweep: Sweep
}

/** Books compared with the sum of their entries: every night, once for the whole installation, and whenever somebody asks. */
export function createNightlyCheck(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { name, claim, isDone, compare }: Checking,
): NightlyCheck {
  const record = (by: string, night: string | null): Promise<string | undefined> =>
    inTx(db, async (tx) => {
      if (!(await claim(tx))) return undefined
      const mark = { id: newId(), at: clock.now(), night, by }
      return (await compare(tx, mark)) ? mark.id : undefined
    })
  return {
    now: (by) => record(by, null),
    sweep: {
      name,
      seconds: 1800,
      async run() {
        const now = clock.now()
        const night = businessDay(now)
        if (timeOfDay(now) < NOT_BEFORE || (await isDone(night))) return
        await record(SYSTEM, night)
      },
    },
  }
}

export const SUM_ERRANDS = ['stock_sums', 'points_sums', 'value_sums', 'commission_sums'] as const

/** What the last comparison found, as the workbench lists it; nothing where it found nothing. */
export const sumErrands = (
  kind: (typeof SUM_ERRANDS)[number],
  last: { at: Date; wrong: number } | undefined,
) =>
  last && last.wrong > 0
    ? [{ kind, storeId: null, count: last.wrong, since: last.at.toISOString(), detail: '和流水对不上' }]
    : []
