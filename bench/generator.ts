import { fork } from 'node:child_process'
import path from 'node:path'
import type { Plan, Result } from './load.ts'

/** Runs one plan in a process of its own and returns what it measured. */
export function generate(plan: Plan): Promise<Result> {
  const child = fork(path.join(import.meta.dirname, 'load.ts'), { stdio: 'inherit' })
  return new Promise<Result>((resolve, reject) => {
    child.once('message', (message: { result?: Result; fault?: string }) => {
      child.kill()
      if (message.result) resolve(message.result)
      else reject(new Error(message.fault))
    })
    child.once('error', reject)
    child.send(plan)
  })
}
