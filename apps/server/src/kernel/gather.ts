/**
 * Asks a question together with everybody who asks while the question before is on its way: one statement for all of them, and no timer. `ask`
 * answers in the order of the questions; when it fails, it fails for all who had joined.
 */
export function gather<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  most = 256,
): (question: Q) => Promise<A> {
  let waiting: { question: Q; resolve(answer: A): void; reject(error: unknown): void }[] = []
  let busy = false

  function pump(): void {
    busy = waiting.length > 0
    if (!busy) return
    const asked = waiting.slice(0, most)
    waiting = waiting.slice(most)
    ask(asked.map(({ question }) => question)).then(
      (answers) => {
        pump()
        asked.forEach(({ resolve }, i) => resolve(answers[i] as A))
      },
      (error: unknown) => {
        pump()
        for (const { reject } of asked) reject(error)
      },
    )
  }

  return (question) =>
    new Promise<A>((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (busy) return
      busy = true
      setImmediate(pump)
    })
}
