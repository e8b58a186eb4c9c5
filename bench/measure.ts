import { generate } from './generator.ts'
import type { Plan, Result } from './load.ts'

export const CALLERS = 64
export const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)

export const say = (line: string) => process.stdout.write(`${line}\n`)
export const ratio = (a: number, b: number) => Math.round((a / b) * 100) / 100
export const median = <T>(results: readonly T[], by: (each: T) => number): T =>
  results.toSorted((a, b) => by(a) - by(b))[Math.floor(results.length / 2)]!

/** Runs a plan and says what came of it. */
export async function measure(
  name: string,
  plan: Omit<Plan, 'callers' | 'seconds' | 'warmUp'> & Partial<Plan>,
): Promise<Result> {
  const result = await generate({ callers: CALLERS, seconds: SECONDS, warmUp: 1, ...plan })
  say(
    `  ${name}: ${result.perSecond}/s  p50 ${result.p50} ms  p99 ${result.p99} ms  ${JSON.stringify(result.codes)}`,
  )
  return result
}
