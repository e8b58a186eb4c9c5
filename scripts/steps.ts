import type { Outcome } from './command.ts'
import { say, seconds } from './progress.ts'

/** One thing that either holds or does not, with the words of the tool that looked. */
export type Step = { name: string; run(): Promise<Outcome> }

const CLOSING_LINES = 12

/** Runs every step, also after one has failed. Shows what failed in full, and of the rest how it closed. Answers the failed ones. */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = []
  for (const { name, run } of steps) {
    const began = performance.now()
    const { ok, output } = await run().catch((error: unknown) => ({ ok: false, output: String(error) }))
    if (!ok) failed.push(name)
    const took = seconds(performance.now() - began)
    say(`${ok ? 'ok' : '!!'} ${name} (${took})`)
    const lines = output.trimEnd().split('\n')
    for (const line of ok ? lines.slice(-CLOSING_LINES) : lines) say(`   ${line}`)
  }
  return failed
}
