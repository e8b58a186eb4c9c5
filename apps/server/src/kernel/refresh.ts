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

const RETRY_MS = 1000

/** Refreshes whenever it is called; a refresh that fails is tried again every second, because the news that asked for it does not come twice. */
export function untilFresh(refresh: () => Promise<void>, complain: (error: unknown) => void): () => void {
  let retry: NodeJS.Timeout | undefined
  const again = (): void => {
    clearTimeout(retry)
    refresh().catch((error: unknown) => {
      complain(error)
      retry = setTimeout(again, RETRY_MS).unref()
    })
  }
  return again
}
