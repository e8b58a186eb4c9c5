/**
 * Runs `work` one at a time. Callers who come while it runs share the run after it, so that whoever awaits has seen every change made before the
 * call, and a burst of news costs two runs.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined
    })
    return running
  }
  return () => {
    if (!running) return start()
    next ??= running
      .catch(() => undefined) // the failure belongs to those who awaited that run
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }
}
