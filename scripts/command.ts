import { spawn } from 'node:child_process'
import { ROOT } from './settings.ts'

export type Outcome = { ok: boolean; output: string }

/** Runs a program, our own Node and node_modules first on its PATH, and collects what it says; `show` lets us read along. */
export function runCommand(
  command: readonly string[],
  options: { show?: boolean; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (options.show) process.stdout.write(text)
    })
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}` }))
    child.once('close', (code) => resolve({ ok: code === 0, output }))
  })
}
