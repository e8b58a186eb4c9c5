import type { StockCheck } from '@linli/contract/console-stock-watch'
import type { Static } from 'typebox'
import { inScope, signature, type StaffActor, SYSTEM } from '#kernel/actor'
import { businessDay, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import { checkRunning } from './problems.ts'
import * as sql from './sum-check.sql.ts'

const NOT_BEFORE = '03:00'

type Check = Static<typeof StockCheck>

export interface SumCheck {
  /** Compares every level with the sum of its ledger. Finds nothing, unless the code or a person broke the promise. */
  check(): Promise<sql.SumFault[]>
  /** The same now and for the record, because somebody asked. */
  run(actor: StaffActor): Promise<Check>
  list(actor: StaffActor): Promise<{ items: Check[] }>
  sweep: Sweep
}

const shownTo =
  (actor: StaffActor) =>
  ({ night, at, faults, ...row }: sql.CheckShown): Check => {
    const mine = faults.filter(({ storeId }) => inScope(actor, storeId))
    return {
      ...row,
      at: at.toISOString(),
      nightly: night !== null,
      faults: mine,
      elsewhere: faults.length - mine.length,
    }
  }

/** Nightly, once for the whole installation: the result stays in the table, faults are logged and stand in the metrics until a check finds nothing. */
export function createSumCheck({ db, clock, log, metrics }: Ctx): SumCheck {
  let faulty = 0
  metrics.gauge('stock_sum_faults', 'levels that are not the sum of their ledger', () => faulty)

  const note = (faults: readonly sql.SumFault[]): void => {
    faulty = faults.length
    for (const fault of faults) log.error({ ...fault }, 'stock level is not the sum of its ledger')
  }
  /** Undefined: somebody else is at it, or this night is done. */
  const record = (by: string, night: string | null): Promise<string | undefined> =>
    inTx(db, async (tx) => {
      if (!(await sql.claimCheck(tx))) return undefined
      const id = newId()
      const comparison = await sql.compareSums(tx)
      if (!(await sql.insertCheck(tx, { id, at: clock.now(), night, by, ...comparison }))) return undefined
      note(comparison.faults)
      return id
    })

  return {
    async check() {
      const { faults } = await sql.compareSums(db)
      note(faults)
      return faults
    },
    async run(actor) {
      const id = (await record(signature(actor), null)) ?? refuse(checkRunning)
      const row = (await sql.listChecks(db)).find((each) => each.id === id)
      if (!row) throw new Error(`check ${id} is not among the latest`)
      return shownTo(actor)(row)
    },
    list: async (actor) => ({ items: (await sql.listChecks(db)).map(shownTo(actor)) }),
    sweep: {
      name: 'inventory.sums',
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
