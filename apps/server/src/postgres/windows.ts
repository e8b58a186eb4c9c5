import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import type { Binaries } from './binaries.ts'
import type { Home } from './home.ts'
import type { Hold } from './watchdog.ts'

/*
 * Windows has no FIFO and Node no Unix sockets there, so three things differ: the server listens on a free port of
 * 127.0.0.1 behind a random password, it is stopped through pg_ctl, and only the process that started it stops it (a
 * killed Node leaves it running, for the next start to attach to). This file was written from the manual and has never
 * run: we had no Windows machine.
 */

/** The password of the server, made once and kept in a file that initdb reads. */
export function windowsPassword(home: Home): string {
  if (!existsSync(home.password))
    writeFileSync(home.password, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(home.password, 'utf8').trim()
}

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Starts the server for as long as this process wants it. */
export function spawnOnWindows(home: Home, binaries: Binaries, command: string[]) {
  const [program = '', ...args] = command
  const log = openSync(home.log, 'a')
  const child = spawn(program, args, { detached: true, windowsHide: true, stdio: ['ignore', log, log] })
  child.on('error', () => {})
  child.unref()
  return { child, hold: { release: () => stopOnWindows(home, binaries) } satisfies Hold }
}

function stopOnWindows(home: Home, binaries: Binaries): Promise<boolean> {
  const program = path.join(binaries.folder, 'pg_ctl.exe')
  const stopped = spawnSync(program, ['stop', '-D', home.data, '-m', 'fast', '-W'], { windowsHide: true })
  return Promise.resolve(stopped.status === 0)
}

/** The claim of a process that found the server running: it leaves it running. */
export const windowsGuest: Hold = { release: () => Promise.resolve(false) }
