/** What takes longer than this does not keep `settle` waiting: a toast that goes after two seconds, say. */
const SOON_MS = 150

export interface Timers {
  globals: {
    setTimeout: (work: () => void, ms?: number) => number
    clearTimeout: (id: number) => void
    setInterval: (work: () => void, ms?: number) => number
    clearInterval: (id: number) => void
  }
  /** How many timers will go off within a moment. */
  soon(): number
  close(): void
}

/** Timers as WeChat has them: numbers for names, and an error in one goes to the app instead of ending the process. */
export function createTimers(guard: (work: () => void) => void): Timers {
  const running = new Map<number, { timer: NodeJS.Timeout; soon: boolean }>()
  let last = 0
  const stop = (id: number) => {
    clearTimeout(running.get(id)?.timer)
    running.delete(id)
  }
  const globals: Timers['globals'] = {
    setTimeout(work, ms = 0) {
      const id = ++last
      const timer = setTimeout(() => {
        running.delete(id)
        guard(work)
      }, ms)
      running.set(id, { timer, soon: ms <= SOON_MS })
      return id
    },
    setInterval(work, ms = 0) {
      const id = ++last
      running.set(id, { timer: setInterval(() => guard(work), ms), soon: false })
      return id
    },
    clearTimeout: stop,
    clearInterval: stop,
  }
  return {
    globals,
    soon: () => [...running.values()].filter(({ soon }) => soon).length,
    close: () => {
      for (const id of running.keys()) stop(id)
    },
  }
}
