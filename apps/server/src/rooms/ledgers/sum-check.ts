import type { LedgerCheck } from '@linli/contract/ledger-checks'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Reader } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { createNightlyCheck, sumErrands } from '#kernel/nightly-check'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import { checkRunning } from './problems.ts'
import * as sql from './sum-check.sql.ts'

const SHOWN = 30

type Check = Static<typeof LedgerCheck>

export interface SumCheck {
  /** Compares now, for the record, because somebody asked. */
  run(actor: StaffActor): Promise<Check>
  list(): Promise<{ items: Check[] }>
  /** What the last check found, for the workbench of those who see the whole chain. */
  errands(storeIds: readonly string[] | null): Promise<ReturnType<typeof sumErrands>>
  sweep: Sweep
}

interface Checked {
  ledger: sql.Ledger
  errand: 'points_sums' | 'value_sums'
  gauge: string
  compare(db: Reader): Promise<sql.Comparison>
}
export const POINTS: Checked = {
  ledger: 'points',
  errand: 'points_sums',
  gauge: 'points_sum_faults',
  compare: sql.comparePoints,
}
export const VALUE: Checked = {
  ledger: 'value',
  errand: 'value_sums',
  gauge: 'stored_value_sum_faults',
  compare: sql.compareValue,
}

/**
 * Nightly: is every book of a ledger the sum of its postings? The triggers promise it; this finds out whether somebody got around them. The result stays
 * in the table, faults are logged and stand in the metrics until a check finds nothing.
 */
export function createSumCheck(
  ctx: Ctx,
  { members }: { members: Pick<Members, 'atDesk'> },
  { ledger, errand, gauge, compare }: Checked,
): SumCheck {
  const { db, log, metrics } = ctx
  let faulty = 0
  metrics.gauge(
    gauge,
    `figures of the ledger of ${ledger} that are not the sum of their postings`,
    () => faulty,
  )

  const nightly = createNightlyCheck(ctx, {
    name: `ledgers.${ledger}_sums`,
    claim: (tx) => sql.claimCheck(tx, ledger),
    isDone: async (night) => (await sql.nightChecked(db, ledger, night)) !== undefined,
    async compare(tx, mark) {
      const comparison = await compare(tx)
      if (!(await sql.insertCheck(tx, ledger, { ...mark, ...comparison }))) return false
      faulty = comparison.wrong
      for (const fault of comparison.faults) log.error({ ledger, ...fault }, 'not the sum of its postings')
      return true
    },
  })

  /** Members are named as they are called now, their names half hidden. */
  async function shown(rows: readonly sql.CheckRow[]): Promise<Check[]> {
    const ids = new Set(rows.flatMap(({ faults }) => faults.flatMap(({ memberId }) => memberId ?? [])))
    const cards = await members.atDesk([...ids])
    return rows.map(({ at, night, faults, ...row }) => ({
      ...row,
      at: at.toISOString(),
      nightly: night !== null,
      faults: faults.map(({ memberId, ...fault }) => ({
        ...fault,
        member: cards.get(memberId ?? '') ?? null,
      })),
    }))
  }

  return {
    async run(actor) {
      const id = (await nightly.now(signature(actor))) ?? refuse(checkRunning)
      const made = (await sql.listChecks(db, ledger, SHOWN)).filter((row) => row.id === id)
      const [check] = await shown(made)
      if (!check) throw new Error(`check ${id} is not among the latest`)
      return check
    },
    list: async () => ({ items: await shown(await sql.listChecks(db, ledger, SHOWN)) }),
    async errands(storeIds) {
      if (storeIds !== null) return []
      const [last] = await sql.listChecks(db, ledger, 1)
      return sumErrands(errand, last)
    },
    sweep: nightly.sweep,
  }
}
