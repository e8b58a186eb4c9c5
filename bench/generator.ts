import { fork } from 'node:child_process'
import path from 'node:path'
import type { CrowdPlan, CrowdResult } from './crowd.ts'
import type { Plan, Result } from './load.ts'

function inItsOwnProcess<R>(module: string, plan: object): Promise<R> {
  const child = fork(path.join(import.meta.dirname, module), { stdio: 'inherit' })
  return new Promise<R>((resolve, reject) => {
    child.once('message', (message: { result?: R; fault?: string }) => {
      child.kill()
      if (message.result) resolve(message.result)
      else reject(new Error(message.fault))
    })
    child.once('error', reject)
    child.send(plan)
  })
}

/** Runs one plan in a process of its own and returns what it measured. */
export const generate = (plan: Plan): Promise<Result> => inItsOwnProcess('load.ts', plan)
/** The same for a crowd. */
export const gather = (plan: CrowdPlan): Promise<CrowdResult> => inItsOwnProcess('crowd.ts', plan)
