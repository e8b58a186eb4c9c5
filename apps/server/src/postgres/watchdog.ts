import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, constants, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Home, SERVER_ENV } from './home.ts'

/*
 * PostgreSQL stays up while somebody holds it, and the kernel does the counting: every process that wants the server
 * keeps a FIFO open for writing, and a shell beside the server reads from it. When the last writer is gone, in whatever
 * way it went, the shell reads end-of-file and stops the server (SIGINT, a fast shutdown). So a kill -9 of Node leaves
 * no server behind, and of several processes on one server the last one out stops it.
 *
 * Writers say `+<name> <pid>` and `-<name>`; the shell copies what it reads to `holders.log`. A newcomer who finds its
 * own line there knows that the shell was still listening after it opened the FIFO, hence that it is counted.
 */
const WATCHDOG = `
exec 3<&0 </dev/null
"$@" 3<&- >&2 &
server=$!
# Again and again: a server in its first milliseconds does not listen to signals yet.
(cat <&3; while kill -INT $server; do sleep 1; done) 2>/dev/null &
exec 3<&-
wait $server
code=$?
rm -rf "$SOCKET_FOLDER"
trap '' TERM
kill -TERM 0
exit $code
`

const ANSWER_MS_MAX = 10_000

/** One process's claim that the server stay up. */
export type Hold = {
  /** Gives the claim up. Answers whether it was the last one, so that the server now stops. */
  release(): Promise<boolean>
}

/** Starts the server, held by us from before its first instruction, and the shell that stops it after its last holder. */
export async function spawnGuarded(
  home: Home,
  socketFolder: string,
  command: string[],
): Promise<{ child: ChildProcess; hold: Hold }> {
  rmSync(home.holders, { force: true })
  writeFileSync(home.answers, '', { mode: 0o600 })
  const made = spawnSync('mkfifo', ['-m', '600', home.holders], { env: SERVER_ENV, encoding: 'utf8' })
  if (made.status !== 0)
    throw new Error(`cannot make the FIFO ${home.holders}: ${made.stderr || made.error?.message}`)
  const reader = openSync(home.holders, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openSync(home.holders, constants.O_WRONLY | constants.O_NONBLOCK)
  const answers = openSync(home.answers, 'a')
  const log = openSync(home.log, 'a', 0o600)
  const child = spawn('/bin/sh', ['-c', WATCHDOG, 'linli-postgres', ...command], {
    ...home.account,
    cwd: '/',
    detached: true,
    env: { ...SERVER_ENV, SOCKET_FOLDER: socketFolder },
    stdio: [reader, answers, log],
  })
  child.unref()
  for (const fd of [reader, answers, log]) closeSync(fd)
  child.on('error', () => {})
  // A server that failed at once took its shell with it; the caller sees that from the child.
  const hold = (await claim(home, writer)) ?? { release: () => Promise.resolve(true) }
  return { child, hold }
}

/** Claims the server that runs in `home`, or answers undefined when nobody listens any more: it is stopping, or gone. */
export async function takeHold(home: Home): Promise<Hold | undefined> {
  try {
    return await claim(home, openSync(home.holders, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch (error) {
    if (isNobodyListening(error)) return undefined
    throw error
  }
}

async function claim(home: Home, fifo: number): Promise<Hold | undefined> {
  const name = randomUUID()
  if (await say(home, fifo, `+${name} ${process.pid}`)) return { release: () => release(home, fifo, name) }
  closeSync(fifo)
  return undefined
}

async function release(home: Home, fifo: number, name: string): Promise<boolean> {
  try {
    return !(await say(home, fifo, `-${name}`)) || otherHolders(home) === 0
  } finally {
    closeSync(fifo)
  }
}

/** Writes a line and waits until the shell has read it. False when no shell reads. */
async function say(home: Home, fifo: number, line: string): Promise<boolean> {
  const deadline = performance.now() + ANSWER_MS_MAX
  try {
    writeSync(fifo, `${line}\n`)
    while (!answers(home).includes(line)) {
      if (performance.now() > deadline) return false
      closeSync(openSync(home.holders, constants.O_WRONLY | constants.O_NONBLOCK))
      await sleep(5)
    }
    return true
  } catch (error) {
    if (isNobodyListening(error)) return false
    throw error
  }
}

/** EPIPE and ENXIO: a FIFO without a reader, written to or opened. ENOENT: no FIFO. */
const isNobodyListening = (error: unknown) =>
  error instanceof Error && 'code' in error && ['EPIPE', 'ENXIO', 'ENOENT'].includes(String(error.code))

/** How many live processes still hold the server, by what they said. The kernel decides; this only tells us what it will do. */
function otherHolders(home: Home): number {
  const lines = answers(home)
  return lines.filter((line) => {
    const [name, pid] = line.slice(1).split(' ')
    return line.startsWith('+') && !lines.includes(`-${name}`) && isAlive(Number(pid))
  }).length
}

const answers = (home: Home) => readFileSync(home.answers, 'utf8').split('\n')

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
