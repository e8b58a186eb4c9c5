// The torture's short form, with everything in it once; and defects planted on purpose, each of which its invariant must see.
import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Defect, DEFECTS } from './defects.ts'
import { TURN } from './happenings.ts'
import type { Evidence } from './invariants/evidence.ts'
import { INVARIANTS } from './invariants/index.ts'
import { openPostgres, type Postgres } from './postgres.ts'
import { summary, tables } from './report.ts'
import { type Outcome, runSeed } from './run.ts'

/** Every happening there is comes up within these rounds. */
const ROUNDS = TURN * 2
/** The same one every time: whoever changes something learns of their own faults. Other seeds are for `npm run torture`. */
const SEED = 7

let folder: string
let postgres: Postgres
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linli-torture-'))
  await chmod(folder, 0o711) // root lends PostgreSQL another account, which must be able to pass
  postgres = await openPostgres(folder)
})
let failed = false
after(async () => {
  await postgres.stop()
  if (!failed) await rm(folder, { recursive: true, force: true })
})

async function run(seed: number, look?: (evidence: Evidence) => Promise<void>): Promise<Outcome> {
  const options = { seed, seconds: Infinity, rounds: ROUNDS, folder, say: () => {} }
  failed = true
  const outcome = await runSeed(postgres, options, look)
  failed = outcome.violations.length > 0
  const again = `npm run torture -- --seed ${seed} --seconds 600 --rounds ${ROUNDS}; data and logs: ${folder}`
  const told = [...outcome.violations, again, ...outcome.plan, ...tables([outcome])]
  assert.equal(outcome.violations.length, 0, told.join('\n'))
  return outcome
}

test(`the torture of seed ${SEED}, and every planted defect is seen`, async (t) => {
  const seen = new Map<Defect, string[]>()
  const outcome = await run(SEED, async (evidence) => {
    for (const defect of DEFECTS) seen.set(defect, await brokenBy(defect, evidence))
  })
  t.diagnostic(summary(outcome))
  for (const defect of DEFECTS)
    await t.test(`${defect.name} is seen`, () => {
      const by = seen.get(defect) ?? []
      assert.ok(by.includes(defect.seenBy), `seen by: ${by.join(' · ') || 'nobody'}`)
    })
  await t.test('every invariant has a defect', () => {
    const aims = new Set(DEFECTS.map(({ seenBy }) => seenBy))
    assert.deepEqual(
      INVARIANTS.map(({ name }) => name).filter((name) => !aims.has(name)),
      [],
    )
  })
})

/** Plants a defect in a transaction that is taken back; answers the invariants that do not hold then. */
async function brokenBy(defect: Defect, evidence: Evidence): Promise<string[]> {
  const { pool } = evidence
  await pool.query('begin')
  try {
    await pool.query('set local session_replication_role = replica')
    for (const text of defect.sql ?? []) {
      const { rowCount } = await pool.query(text)
      assert.notEqual(rowCount, 0, `${defect.name}: nothing there to spoil`)
    }
    const spoilt = { ...evidence, ...defect.evidence?.(evidence) }
    const by: string[] = []
    for (const invariant of INVARIANTS)
      if ((await invariant.broken(spoilt)).length > 0) by.push(invariant.name)
    return by
  } catch (error) {
    return [`nobody, it could not be planted: ${String(error)}`]
  } finally {
    await pool.query('rollback')
  }
}
