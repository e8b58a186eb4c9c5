import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const WAIT_MS_MAX = 180_000
const POLL_MS = 25

/**
 * Runs `work` while no other process starts a server in `home`. The lock is an SQLite file lock: Node offers no flock
 * of its own, and the kernel drops this one however its holder dies, so it can never be left behind.
 */
export async function withStartLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const file = new DatabaseSync(path.join(home, 'start.lock'), { timeout: 0 })
  try {
    await lock(file, home)
    return await work()
  } finally {
    file.close()
  }
}

async function lock(file: DatabaseSync, home: string): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX
  for (;;) {
    try {
      return file.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      if (!isBusy(error)) throw new Error(`cannot lock ${home}`, { cause: error })
      if (performance.now() > deadline) {
        throw new Error(`another process has been starting PostgreSQL in ${home} for too long`, {
          cause: error,
        })
      }
    }
    await sleep(POLL_MS)
  }
}

const SQLITE_BUSY = 5
const isBusy = (error: unknown) =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
