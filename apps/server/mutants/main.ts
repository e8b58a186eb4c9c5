// npm run mutants: switches off one guard after another, in a copy, and looks whether the tests miss it.
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Guard } from './guard.ts'
import { guards } from './guards.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const FILE_MS = 120_000

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The server and the sandbox, with the packages of this checkout: what is broken here is broken nowhere else. */
async function copy(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-mutants-'))
  const isOurs = (from: string) =>
    !from.includes(`${path.sep}node_modules`) && !from.includes(`${path.sep}.data`)
  for (const each of ['apps/server', 'apps/sandbox', 'packages'])
    await cp(path.join(ROOT, each), path.join(folder, each), { recursive: true, filter: isOurs })
  for (const each of ['package.json', 'node_modules', 'apps/server/node_modules'])
    await symlink(path.join(ROOT, each), path.join(folder, each)).catch(() => {})
  return folder
}

/** Runs tests until the first of them fails; answers what failed, or undefined. */
function failure(folder: string, tests: readonly string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, ['--test', '--test-force-exit', '--test-reporter=tap', ...tests], {
    cwd: path.join(folder, 'apps/server'),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: process.platform !== 'win32',
  })
  return new Promise((resolve) => {
    const stop = () => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid)
      } catch {
        // It ended by itself.
      }
    }
    const late = setTimeout(stop, FILE_MS * tests.length)
    let failed: string | undefined
    const lines = createInterface(child.stdout)
    lines.on('line', (line) => {
      if (failed !== undefined || !/^\s*not ok /.test(line)) return
      failed = line.trim()
      stop()
    })
    child.on('close', (code, signal) => {
      clearTimeout(late)
      resolve(failed ?? (code === 0 ? undefined : `ended with ${code ?? signal}`))
    })
  })
}

/** The first test that misses the guard; undefined when none does. */
async function killer(folder: string, { file, find, replace, tests }: Guard): Promise<string | undefined> {
  const target = path.join(folder, 'apps/server', file)
  const whole = await readFile(target, 'utf8')
  await writeFile(
    target,
    whole.replace(find, () => replace),
  )
  try {
    return await failure(folder, tests)
  } finally {
    await writeFile(target, whole)
  }
}

const wanted = process.argv[2]
const chosen = guards.filter(({ name }) => wanted === undefined || name.includes(wanted))
const folders = await Promise.all(
  Array.from({ length: Math.min(os.availableParallelism(), chosen.length) }, copy),
)
try {
  const tests = [...new Set(chosen.flatMap((guard) => guard.tests))]
  say(`${chosen.length} guards, ${tests.length} test files; first with every guard in place`)
  const whole = await Promise.all(
    folders.map((folder, i) => {
      const share = tests.filter((_, at) => at % folders.length === i)
      // Named no files, the runner would run all there are.
      return share.length > 0 ? failure(folder, share) : Promise.resolve(undefined)
    }),
  )
  const broken = whole.find((each) => each !== undefined)
  if (broken !== undefined) throw new Error(`the tests fail with every guard in place: ${broken}`)
  const alive: string[] = []
  const rest = chosen.values()
  const lane = async (folder: string) => {
    for (const guard of rest) {
      const began = performance.now()
      const by = await killer(folder, guard)
      if (by === undefined) alive.push(guard.name)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      say(`  ${by === undefined ? 'SURVIVED' : 'killed  '}  ${guard.name}  ${seconds} s  ${by ?? ''}`)
    }
  }
  await Promise.all(folders.map(lane))
  say(`\n${chosen.length - alive.length} of ${chosen.length} killed`)
  if (alive.length > 0) {
    say(`No test misses: ${alive.join(', ')}`)
    process.exitCode = 1
  }
} finally {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
}
