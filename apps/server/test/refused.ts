import { ApiProblem } from '@linli/contract/client'
import type { ProblemBody } from '@linli/contract'
import assert from 'node:assert/strict'

/** Expects a named refusal; answers it, for tests that look closer. */
export async function refused(call: Promise<unknown>, code: string, status?: number): Promise<ProblemBody> {
  try {
    const answer = await call
    return assert.fail(`expected ${code}, got ${JSON.stringify(answer)?.slice(0, 300)}`)
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
    assert.equal(error.problem.code, code)
    if (status !== undefined) assert.equal(error.problem.status, status)
    return error.problem
  }
}
