import type { Outcome } from './run.ts'

/** Adds the counts of all seeds up, most frequent first. */
function total(
  outcomes: readonly Outcome[],
  of: (outcome: Outcome) => ReadonlyMap<string, number>,
): [string, number][] {
  const sums = new Map<string, number>()
  for (const outcome of outcomes)
    for (const [name, times] of of(outcome)) sums.set(name, (sums.get(name) ?? 0) + times)
  return [...sums].sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
}

const table = (title: string, rows: readonly [string, number][]): string[] => [
  '',
  `${title} (${rows.length})`,
  ...rows.map(([name, times]) => `  ${String(times).padStart(7)}  ${name}`),
]

/** One line for one seed. */
export function summary({ seed, steps, seconds, calls, violations }: Outcome): string {
  const answers = [...calls].map(([kind, times]) => `${times} ${kind}`).join(', ')
  const verdict = violations.length === 0 ? 'holds' : `${violations.length} VIOLATIONS`
  return `seed ${seed}: ${steps} steps in ${seconds.toFixed(1)} s, calls ${answers}: ${verdict}`
}

/** What all seeds did together. */
export const tables = (outcomes: readonly Outcome[]): string[] => [
  ...table(
    'what people did',
    total(outcomes, ({ actions }) => actions),
  ),
  ...table(
    'what befell everybody',
    total(outcomes, ({ happenings }) => happenings),
  ),
  ...table(
    'faults that struck',
    total(outcomes, ({ faults }) => faults),
  ),
  ...table(
    'what is in the books',
    total(outcomes, ({ census }) => census),
  ),
  ...table(
    'refusals that were answered',
    total(outcomes, ({ refusals }) => refusals),
  ),
]
