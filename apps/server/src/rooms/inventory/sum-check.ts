import type { StockCheck } from '@linli/contract/console-stock-watch'
import type { Static } from 'typebox'
import { inScope, signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Sweep } from '#kernel/jobs'
import { createNightlyCheck, sumErrands } from '#kernel/nightly-check'
import { refuse } from '#kernel/problem'
import { checkRunning } from './problems.ts'
import * as sql from './sum-check.sql.ts'

type Check = Static<typeof StockCheck>

export interface SumCheck {
  /** Compares every level with the sum of its ledger. Finds nothing, unless the code or a person broke the promise. */
  check(): Promise<sql.SumFault[]>
  /** The same now and for the record, because somebody asked. */
  run(actor: StaffActor): Promise<Check>
  list(actor: StaffActor): Promise<{ items: Check[] }>
  /** What the last check found in these stores (null: in all), for the workbench. */
  errands(storeIds: readonly string[] | null): Promise<ReturnType<typeof sumErrands>>
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
export function createSumCheck(ctx: Ctx): SumCheck {
  const { db, log, metrics } = ctx
  let faulty = 0
  metrics.gauge('stock_sum_faults', 'levels that are not the sum of their ledger', () => faulty)

  const note = (faults: readonly sql.SumFault[]): void => {
    faulty = faults.length
    for (const fault of faults) log.error({ ...fault }, 'stock level is not the sum of its ledger')
  }
  const nightly = createNightlyCheck(ctx, {
    name: 'inventory.sums',
    claim: sql.claimCheck,
    isDone: async (night) => (await sql.nightChecked(db, night)) !== undefined,
    async compare(tx, mark) {
      const comparison = await sql.compareSums(tx)
      if (!(await sql.insertCheck(tx, { ...mark, ...comparison }))) return false
      note(comparison.faults)
      return true
    },
  })

  return {
    async check() {
      const { faults } = await sql.compareSums(db)
      note(faults)
      return faults
    },
    async run(actor) {
      const id = (await nightly.now(signature(actor))) ?? refuse(checkRunning)
      const row = (await sql.listChecks(db)).find((each) => each.id === id)
      if (!row) throw new Error(`check ${id} is not among the latest`)
      return shownTo(actor)(row)
    },
    list: async (actor) => ({ items: (await sql.listChecks(db)).map(shownTo(actor)) }),
    errands: async (storeIds) => sumErrands('stock_sums', await sql.lastFaults(db, storeIds)),
    sweep: nightly.sweep,
  }
}
