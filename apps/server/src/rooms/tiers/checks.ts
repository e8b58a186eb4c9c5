import type { GrowthCheck } from '@linli/contract/tiers'
import type { Static } from 'typebox'
import { signature, type StaffActor, SYSTEM } from '#kernel/actor'
import { businessDay, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import * as sql from './checks.sql.ts'
import { checkRunning } from './problems.ts'

const NOT_BEFORE = '03:00'
type Check = Static<typeof GrowthCheck>

const shown = ({ night, at, ...row }: sql.CheckRow): Check => ({
  ...row,
  at: at.toISOString(),
  nightly: night !== null,
})

export interface GrowthChecks {
  /** Compares now and for the record, because somebody asked. */
  run(actor: StaffActor): Promise<Check>
  list(): Promise<{ items: Check[] }>
  sweep: Sweep
}

/** Nightly, once for the whole installation; faults are logged, and stand in the metrics until a comparison finds none. */
export function createChecks({
  db,
  clock,
  log,
  metrics,
}: Pick<Ctx, 'db' | 'clock' | 'log' | 'metrics'>): GrowthChecks {
  let faulty = 0
  metrics.gauge('growth_sum_faults', 'growth accounts that are not the sum of their postings', () => faulty)

  /** Undefined: somebody else is at it, or this night is done. */
  const record = (by: string, night: string | null): Promise<sql.CheckRow | undefined> =>
    inTx(db, async (tx) => {
      if (!(await sql.claimCheck(tx))) return undefined
      const row = { id: newId(), at: clock.now(), night, by, ...(await sql.compareSums(tx)) }
      if (!(await sql.insertCheck(tx, row))) return undefined
      faulty = row.faults.length
      for (const fault of row.faults) log.error({ ...fault }, 'growth is not the sum of its postings')
      return row
    })

  return {
    run: async (actor) => shown((await record(signature(actor), null)) ?? refuse(checkRunning)),
    list: async () => ({ items: (await sql.listChecks(db)).map(shown) }),
    sweep: {
      name: 'tiers.sums',
      seconds: 1800,
      async run() {
        const now = clock.now()
        const night = businessDay(now)
        if (timeOfDay(now) < NOT_BEFORE || (await sql.nightChecked(db, night))) return
        await record(SYSTEM, night)
      },
    },
  }
}
