/** Works through a list a few at a time, so that one slow answer does not hold up the rest. */
export async function someAtATime<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
}

const ROUNDS_AT_MOST = 50

/** Repeats a round of a sweep while it says that there may be more; a claim moves what it took out of the way, so rounds run dry. */
export async function inRounds(round: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < ROUNDS_AT_MOST && (await round()); i++);
}
