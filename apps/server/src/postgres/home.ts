import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import path from 'node:path'
import { type Account, serverAccount } from './account.ts'
import { type Binaries, executable } from './binaries.ts'

/** Where one PostgreSQL lives: its data, its log, and the files by which processes agree about it. */
export type Home = {
  folder: string
  /** PostgreSQL's own data folder (PGDATA). */
  data: string
  log: string
  /** The FIFO whose writers are the processes that want the server up, and the answers to them (watchdog.ts). */
  holders: string
  answers: string
  /** Names the folder of the last server's socket, so that none is left behind for good. */
  socket: string
  /** Windows only: the password of the server, which listens on a local port there. */
  password: string
  account: Account | undefined
}

/** The role and the database that `startPostgres` promises. */
export const ROLE = 'linli'
export const DATABASE = 'linli'

const ROOTS_OWN_PLACE = '/var/lib/linli'

/**
 * Makes the home folder. Root's checkout may lie where the server's account may not go (under /root, say): then the
 * home moves to /var/lib/linli, under a name that belongs to the folder that was asked for.
 */
export function openHome(wanted: string, log: (line: string) => void): Home {
  const asked = makeFolder(path.resolve(wanted))
  if (!isWritable(asked))
    throw new Error(`${asked} belongs to another account: start as that account, or as root`)
  const account = serverAccount(path.join(asked, 'data'))
  if (!account || canEnter(asked, account)) return describe(asked, account)

  const digest = createHash('sha256').update(asked).digest('hex').slice(0, 10)
  const moved = makeFolder(path.join(ROOTS_OWN_PLACE, `${path.basename(asked)}-${digest}`))
  log(`PostgreSQL cannot run as root, and its account may not enter ${asked}: its data lives in ${moved}`)
  removeIfEmpty(asked)
  return describe(moved, serverAccount(path.join(moved, 'data')))
}

/** Others may pass through root's home, for the server's account must; nobody else's home is open to others. */
function makeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 })
  return realpathSync(folder)
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

const canEnter = (folder: string, account: Account) =>
  spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...account, cwd: '/' }).status === 0

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Somebody keeps something there; it does not bother us.
  }
}

const describe = (folder: string, account: Account | undefined): Home => ({
  folder,
  data: path.join(folder, 'data'),
  log: path.join(folder, 'postgres.log'),
  holders: path.join(folder, 'holders'),
  answers: path.join(folder, 'holders.log'),
  socket: path.join(folder, 'socket'),
  password: path.join(folder, 'password'),
  account,
})

/**
 * Makes the data folder unless it exists: in a temporary folder, renamed when complete, so that a first start that was
 * killed half-way leaves nothing that looks like data. Refuses data of another major version.
 */
export function prepareData(home: Home, binaries: Binaries): void {
  const kept = dataVersion(home)
  if (kept === undefined) return initialise(home, binaries)
  if (kept === binaries.major) return
  throw new Error(
    `the data in ${home.data} was written by PostgreSQL ${kept}, and this is PostgreSQL ${binaries.version}. ` +
      `Start the Linli version that wrote it, run "npm run backup", move the folder away, and restore here.`,
  )
}

function dataVersion(home: Home): number | undefined {
  if (!existsSync(home.data)) return undefined
  try {
    return Number(readFileSync(path.join(home.data, 'PG_VERSION'), 'utf8'))
  } catch (cause) {
    throw new Error(`${home.data} exists and is no PostgreSQL data folder that we may read`, { cause })
  }
}

function initialise(home: Home, binaries: Binaries): void {
  const unfinished = path.join(home.folder, 'data.unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  if (home.account) chownSync(unfinished, home.account.uid, home.account.gid)
  const made = spawnSync(
    path.join(binaries.folder, executable('initdb')),
    ['-D', unfinished, '-U', ROLE, '-E', 'UTF8', '--no-instructions', ...localeFlags(), ...authFlags(home)],
    {
      ...home.account,
      cwd: '/',
      encoding: 'utf8',
      ...(process.platform === 'win32' ? {} : { env: SERVER_ENV }),
    },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  renameSync(unfinished, home.data)
}

/** What PostgreSQL's programs see of our environment: nothing that could change how they behave. */
export const SERVER_ENV = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

/** Code-point order everywhere. Only Linux is sure to have a C.UTF-8 of its own; elsewhere PostgreSQL brings one (≥ 17). */
const localeFlags = () =>
  process.platform === 'linux'
    ? ['--locale=C.UTF-8']
    : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

/** The socket lies in a private folder, so whoever reaches it is trusted. Windows has a port, hence a password. */
const authFlags = (home: Home) =>
  process.platform === 'win32' ? ['-A', 'scram-sha-256', `--pwfile=${home.password}`] : ['-A', 'trust']
