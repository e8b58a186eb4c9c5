import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const STOP_MS_MAX = 20_000
const LOG_BYTES_MAX = 32 * 1024 * 1024
const FOLLOW_PARENT = path.join(import.meta.dirname, 'follow-parent.ts')

/** A process of ours that ends with us, however we end (follow-parent.ts). */
export type Child = {
  name: string
  /** Settles when the process has ended, with the reason in words. */
  ended: Promise<string>
  hasEnded(): boolean
  /** SIGTERM, and SIGKILL to one that does not listen. */
  stop(): Promise<void>
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>
  /** For those who talk to it over the channel. */
  process: ChildProcess
  /** The last lines it logged, when it logs to a file. */
  lastWords(): string
}

/** A batch of orders is garbage soon after: with room for it, Node collects less often, and places about eight in a hundred more orders a second. */
export const NODE_FLAGS = ['--max-semi-space-size=64']

/** Starts a TypeScript file in a process of its own. Without a log file it writes where we write. */
export function startChild(options: {
  name: string
  script: string
  env: NodeJS.ProcessEnv
  logFile?: string | undefined
}): Child {
  const { name, script, env, logFile } = options
  const out = logFile ? openLog(logFile) : 'inherit'
  const child = spawn(process.execPath, [...NODE_FLAGS, '--import', FOLLOW_PARENT, script], {
    env,
    stdio: ['ignore', out, out, 'ipc'],
  })
  if (typeof out === 'number') closeSync(out)
  let ending: string | undefined
  const ended = once(child, 'exit').then(
    ([code, signal]) => (ending = `${name} ended (${String(signal ?? `code ${String(code)}`)})`),
    (error: unknown) => (ending = `${name} could not be started: ${String(error)}`),
  )
  return {
    name,
    ended,
    hasEnded: () => ending !== undefined,
    stop: () => stop(child, ended),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    process: child,
    lastWords: () => (logFile ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n') : ''),
  }
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM')
  const isLate = await Promise.race([ended.then(() => false), sleep(STOP_MS_MAX, true, { ref: false })])
  if (isLate) child.kill('SIGKILL')
  await ended
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_BYTES_MAX) renameSync(file, `${file}.1`)
  return openSync(file, 'a')
}

/** Waits until the address answers well. Fails when the child ends before, or after a minute. */
export async function untilAnswering(url: string, child: Child): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    await reply?.body?.cancel()
    if (reply?.ok) return
    if (child.hasEnded()) throw new Error(`${await child.ended}:\n${child.lastWords()}`)
    if (performance.now() > deadline)
      throw new Error(`${child.name} does not answer at ${url}:\n${child.lastWords()}`)
    await sleep(25)
  }
}
