// npm test: everything that must hold. Checks, builds, and the tests: rules, stories, races, browsers. A story of each room
// runs a second time on an installed PostgreSQL, when this machine has one.
// npm test -- installed: all stories there, and nothing else.
// npm test -- FILE …: these test files only.
import { createDatabase, installedPostgres } from '../apps/server/test/postgres-server.ts'
import { buildWhenStale, consoleWeb, miniPrograms, shopH5 } from './builds.ts'
import { checks } from './checks.ts'
import { type Outcome, runCommand } from './command.ts'
import { say, seconds } from './progress.ts'
import { runSteps, type Step } from './steps.ts'

const TESTS = [
  'packages/*/src/**/*.test.ts',
  'apps/*/src/**/*.test.ts',
  'apps/*/db/**/*.test.ts',
  'apps/*/test/**/*.test.ts',
  'bench/*.test.ts',
  'torture/*.test.ts',
  'scripts/*.test.ts',
]
const STORIES = 'apps/server/test/stories'
const ALL_STORIES = [`${STORIES}/**/*.test.ts`]
/** Between them they send nearly every statement; all of them take as long as the rest of the tests. */
const STORY_OF_EACH_ROOM =
  'aftersales benefits campaigns catalog console-goods console-orders coupon-grants groups members orders order-tally payments reconciliation refunds staff stock-documents stock-lots stored-value takings workbench'
    .split(' ')
    .map((name) => `${STORIES}/${name}.test.ts`)
const FLAGS = ['--test', '--test-concurrency=2', '--test-timeout=300000', '--test-reporter=spec']

const wanted = process.argv.slice(2)
const failed = await runSteps(stepsFor(wanted))
say('')
const took = seconds(performance.now())
say(failed.length === 0 ? `npm test: passed in ${took}` : `npm test: FAILED in ${took}: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)

function stepsFor(files: readonly string[]): Step[] {
  if (files.length === 0) return everything()
  return files[0] === 'installed' ? [onInstalled('all stories', ALL_STORIES)] : [tests('tests', files)]
}

function everything(): Step[] {
  const builds = [shopH5, ...miniPrograms, consoleWeb].map((build) => ({
    name: `build ${build.name}`,
    run: async () => ({ ok: true, output: `${await buildWhenStale(build)}: ${build.output}` }),
  }))
  return [
    ...checks,
    ...builds,
    tests('tests', TESTS),
    onInstalled('a story of each room', STORY_OF_EACH_ROOM),
  ]
}

function tests(name: string, files: readonly string[]): Step {
  return {
    name,
    async run() {
      // Held until we end, so that the server and its template do not come and go with every test file.
      const database = await createDatabase()
      try {
        return closing(await runCommand([process.execPath, ...FLAGS, ...files], { show: true }))
      } finally {
        await database.drop()
      }
    },
  }
}

function onInstalled(what: string, files: readonly string[]): Step {
  return {
    name: `${what} on an installed PostgreSQL`,
    async run() {
      const installed = await installedPostgres()
      if ('missing' in installed) return { ok: true, output: `skipped: ${installed.missing}` }
      try {
        const env = { TEST_DATABASE_URL: installed.url }
        const ran = closing(await runCommand([process.execPath, ...FLAGS, ...files], { show: true, env }))
        return { ok: ran.ok, output: `PostgreSQL ${installed.major}\n${ran.output}` }
      } finally {
        await installed.stop()
      }
    },
  }
}

/** The lines in which the runner sums up; the rest has been shown. No test at all is no success. */
function closing({ ok, output }: Outcome): Outcome {
  const lines = output
    .split('\n')
    .filter((line) => /^ℹ (tests|pass|fail|cancelled|skipped|todo|duration_ms) /.test(line))
  const count = Number(lines.findLast((line) => line.startsWith('ℹ pass '))?.slice(7))
  return { ok: ok && count > 0, output: lines.join('\n') || 'the test runner said nothing' }
}
