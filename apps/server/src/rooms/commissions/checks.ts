import type { Output } from '@linli/contract'
import type { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Sweep } from '#kernel/jobs'
import { createNightlyCheck } from '#kernel/nightly-check'
import { refuse } from '#kernel/problem'
import * as sql from './checks.sql.ts'
import { checkRunning } from './problems.ts'

type Check = Output<(typeof consoleCommissionRoutes)['POST /console/v1/commission-checks']>

const shown = ({ night, at, ...row }: sql.CheckRow): Check => ({
  ...row,
  at: at.toISOString(),
  nightly: night !== null,
})

export interface CommissionChecks {
  /** Compares now and for the record, because somebody asked. */
  run(actor: StaffActor): Promise<Check>
  list(): Promise<{ items: Check[] }>
  sweep: Sweep
}

/** Nightly, once for the whole installation; faults are logged, and stand in the metrics until a comparison finds none. */
export function createChecks(ctx: Pick<Ctx, 'db' | 'clock' | 'log' | 'metrics'>): CommissionChecks {
  const { db, log, metrics } = ctx
  let faulty = 0
  metrics.gauge(
    'commission_sum_faults',
    'commission accounts and lines that are not the sum of their postings',
    () => faulty,
  )

  const nightly = createNightlyCheck(ctx, {
    name: 'commissions.sums',
    claim: sql.claimCheck,
    isDone: async (night) => (await sql.nightChecked(db, night)) !== undefined,
    async compare(tx, mark) {
      const comparison = await sql.compareSums(tx)
      if (!(await sql.insertCheck(tx, { ...mark, ...comparison }))) return false
      faulty = comparison.faults.length
      for (const fault of comparison.faults)
        log.error({ ...fault }, 'commission is not the sum of its postings')
      return true
    },
  })

  return {
    async run(actor) {
      const id = (await nightly.now(signature(actor))) ?? refuse(checkRunning)
      const check = (await sql.listChecks(db)).find((row) => row.id === id)
      if (!check) throw new Error(`check ${id} is not among the latest`)
      return shown(check)
    },
    list: async () => ({ items: (await sql.listChecks(db)).map(shown) }),
    sweep: nightly.sweep,
  }
}
