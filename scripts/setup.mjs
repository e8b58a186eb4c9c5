// The one entry of every npm script. Runs on any Node from 20 on, because it comes before everything else: it installs
// what package-lock.json asks for when that is not what is there, then hands over to the Node that came with it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const NODE_MIN = [24, 12]
const PROGRESS_MS = 10_000
const PARENT_LOOK_MS = 300

const SCRIPTS = {
  start: 'scripts/start.ts',
  dev: 'scripts/dev.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  ci: 'scripts/test.ts',
  build: 'scripts/build.ts',
  bench: 'bench/main.ts',
  mutants: 'apps/server/mutants/main.ts',
  torture: 'torture/main.ts',
  'db:migrate': 'scripts/db-migrate.ts',
  'db:types': 'scripts/db-types.ts',
  openapi: 'scripts/openapi.ts',
  backup: 'scripts/backup.ts',
  restore: 'scripts/restore.ts',
  staff: 'scripts/staff.ts',
  found: 'scripts/found.ts',
}

const began = Date.now()
const [name = '', ...args] = process.argv.slice(2)
const script = SCRIPTS[name]
if (!script) stop(`usage: npm run <${Object.keys(SCRIPTS).join(' | ')}>`)
if (!isInstalled()) await install()
handOver(findNode(), script)

/** Compares what npm says it installed with what the lock file asks for; packages for other platforms may be missing, a new workspace of ours not. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json')
  if (!installed) return false
  return Object.entries(readPackages('package-lock.json') ?? {}).every(([place, wanted]) => {
    if (!place.includes('node_modules/')) return true
    if (wanted.link) return existsSync(path.join(ROOT, place))
    const found = installed[place]
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional
  })
}

function readPackages(file) {
  const place = path.join(ROOT, file)
  return existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')).packages : undefined
}

/** Everything the repository needs, developers' tools included: the screens are built from source even in production. */
async function install() {
  console.log('installing dependencies: about a minute, once')
  const npm = process.env.npm_execpath
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const child = spawn(
    command,
    [...first, 'ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    },
  )
  const ticking = setInterval(() => console.log(`installing dependencies: ${seconds()} s`), PROGRESS_MS)
  const code = await new Promise((resolve) => child.once('exit', resolve).once('error', () => resolve(1)))
  clearInterval(ticking)
  if (code !== 0)
    stop('npm ci failed: see above. It needs the npm registry once; afterwards nothing is fetched.')
  console.log(`installing dependencies: done in ${seconds()} s`)
}

function seconds() {
  return Math.round((Date.now() - began) / 1000)
}

/** The Node that package-lock.json pins, else this one when it is new enough. */
function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const pinned = path.join(ROOT, `node_modules/node-${platform}-${process.arch}/bin/${file}`)
  const isThis = existsSync(pinned) && process.execPath === pinned
  if (isThis || (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0)) return pinned
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return process.execPath
  return stop(
    `Linli runs on Node ${NODE_MIN.join('.')} or newer. It brings its own on most machines, but npm has none for ` +
      `${process.platform}-${process.arch}, and this is Node ${process.versions.node}.\n` +
      'Install Node 24 (https://nodejs.org, or "brew install node@24"), then try again.',
  )
}

/** Runs the script until it ends. It hears of our end over the channel, so that even a kill -9 leaves nothing behind. */
function handOver(node, file) {
  const bin = path.join(ROOT, 'node_modules/.bin')
  const child = spawn(node, [path.join(ROOT, file), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: [path.dirname(node), bin, process.env.PATH].join(path.delimiter),
      // Node keeps what it made of our TypeScript: a second start is about a second quicker.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(ROOT, '.cache/node'),
      LINLI_BEGAN: String(began),
    },
  })
  const following = followNpm(() => child.kill('SIGTERM'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Whoever told us has told the shell above us too: its end is no second message.
      clearInterval(following)
      child.kill(signal)
    })
  child.once('error', (error) => stop(String(error)))
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 1 : code
  })
}

/** npm runs us in a shell, and a signal to npm ends that shell without a word to us: when our parent is another one, stop. */
function followNpm(end) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const looking = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(looking)
    end()
  }, PARENT_LOOK_MS)
  return looking.unref()
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
