// npm run torture: random people, faults from all sides and kill -9, then the books.
// --seed N --seeds K --seconds S (or --rounds R, whichever ends first); --keep leaves the data.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openPostgres } from './postgres.ts'
import { summary, tables } from './report.ts'
import { type Outcome, runSeed } from './run.ts'

const USAGE = 'usage: npm run torture -- [--seed N] [--seconds S] [--rounds R] [--seeds K] [--keep]'
const say = (line: string) => process.stdout.write(`${line}\n`)

function whole(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value < 2 ** 31) return value
  throw new Error(`--${name} must be a whole number above 0, not "${text}"\n${USAGE}`)
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000)) },
      seconds: { type: 'string', default: '30' },
      seeds: { type: 'string', default: '1' },
      rounds: { type: 'string', default: String(2 ** 31 - 1) },
      keep: { type: 'boolean', default: false },
    },
  })
  return {
    first: whole('seed', values.seed),
    seconds: whole('seconds', values.seconds),
    seeds: whole('seeds', values.seeds),
    rounds: whole('rounds', values.rounds),
    keep: values.keep,
  }
}

const { first, seconds, seeds, rounds, keep } = readOptions()
const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-torture-'))
await chmod(folder, 0o711) // root lends PostgreSQL another account, which must be able to pass
const outcomes: Outcome[] = []
let failed = false
const postgres = await openPostgres(folder)
try {
  for (let seed = first; seed < first + seeds; seed++) {
    say(`seed ${seed} (${seed - first + 1} of ${seeds}), ${seconds} s`)
    const outcome = await runSeed(postgres, { seed, seconds, rounds, folder, say })
    outcomes.push(outcome)
    say(`  ${summary(outcome)}`)
    for (const violation of outcome.violations) say(`  !! ${violation}`)
    if (outcome.violations.length > 0) {
      failed = true
      say(`  again: npm run torture -- --seed ${seed} --seconds ${seconds}`)
      break
    }
  }
} catch (error) {
  failed = true
  say(`the torture itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
} finally {
  await postgres.stop()
}
for (const line of tables(outcomes)) say(line)
say('')
for (const outcome of outcomes) say(summary(outcome))
if (failed || keep) say(`data and logs: ${folder}`)
else await rm(folder, { recursive: true, force: true })
say(failed ? 'torture: FAILED' : `torture: ${outcomes.length} seeds, nothing was lost`)
process.exit(failed ? 1 : 0)
