import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Home } from './home.ts'

/** What a running PostgreSQL writes about itself in `postmaster.pid`. */
export type Postmaster = { pid: number; port: number; socketFolder: string; ready: boolean }

/** The PostgreSQL that says it runs on this data, alive or not. */
export function readPostmaster(home: Home): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(pidFile(home), 'utf8').split('\n')
  } catch {
    return undefined
  }
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory key, status.
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
}

/** Forgets a PostgreSQL that no longer lives: its own check would be fooled by a stranger who got its pid. */
export function forgetPostmaster(home: Home): void {
  rmSync(pidFile(home), { force: true })
}

const pidFile = (home: Home) => path.join(home.data, 'postmaster.pid')

/** Whether this pid is a PostgreSQL on this data, rather than nobody or a stranger who got the pid since. */
export function isPostmaster(home: Home, pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  if (process.platform === 'linux') return isPostmasterInProc(home, pid)
  if (process.platform === 'win32') return true
  const command = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  return /^\S*postgres\b/.test(command.trim()) && command.includes(home.data)
}

function isPostmasterInProc(home: Home, pid: number): boolean {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    // The working folder counts too: the data folder may have been renamed under the server.
    return (
      path.basename(program) === 'postgres' && (args.includes(home.data) || workingFolder(pid) === home.data)
    )
  } catch {
    return false
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
