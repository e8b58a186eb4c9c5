import { businessDay, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Sweep } from '#kernel/jobs'
import { listSumFaults, type SumFault } from './levels.sql.ts'

const NOT_BEFORE = '03:00'

export interface SumCheck {
  /** Compares every level with the sum of its ledger. Finds nothing, unless the code or a person broke the promise. */
  check(): Promise<SumFault[]>
  sweep: Sweep
}

/** Nightly: what it finds is logged as an error and stands in the metrics until a check finds nothing. */
export function createSumCheck({ db, clock, log, metrics }: Ctx): SumCheck {
  let faulty = 0
  let checkedDay = ''
  metrics.gauge('stock_sum_faults', 'levels that are not the sum of their ledger', () => faulty)
  const check = async (): Promise<SumFault[]> => {
    const faults = await listSumFaults(db)
    faulty = faults.length
    for (const fault of faults) log.error({ ...fault }, 'stock level is not the sum of its ledger')
    return faults
  }
  return {
    check,
    sweep: {
      name: 'inventory.sums',
      seconds: 1800,
      async run() {
        const now = clock.now()
        if (checkedDay === businessDay(now) || timeOfDay(now) < NOT_BEFORE) return
        await check()
        checkedDay = businessDay(now)
      },
    },
  }
}
