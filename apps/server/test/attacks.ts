import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import type { World } from './world.ts'

/** What somebody tries, the refusal that they hear, and how they try it. */
export type Attack = readonly [what: string, code: string, attack: () => Promise<unknown>]

const heard = (error: unknown): string => (error instanceof ApiProblem ? error.problem.code : String(error))

/** Each of them hears what they should, and all of them together leave no trace in any table. */
export async function allRefused(
  world: Pick<World, 'sweep' | 'fingerprint'>,
  attacks: readonly Attack[],
): Promise<void> {
  // Whatever was still due before the first of them is written by now.
  await world.sweep('campaigns.turn')
  const untouched = await world.fingerprint()
  for (const [what, code, attack] of attacks) {
    const answer = await attack().then(
      (got) => `was let through: ${JSON.stringify(got)?.slice(0, 200)}`,
      (error: unknown) => heard(error),
    )
    assert.equal(answer, code, what)
  }
  assert.equal(await world.fingerprint(), untouched, 'what was refused left a trace')
}

/** How many of those who came at once heard what. */
export function tally(settled: readonly PromiseSettledResult<unknown>[]): Record<string, number> {
  const answers = settled.map((each) => (each.status === 'fulfilled' ? 'done' : heard(each.reason)))
  const by = Map.groupBy(answers, (answer) => answer)
  return Object.fromEntries([...by].map(([answer, all]) => [answer, all.length]))
}
