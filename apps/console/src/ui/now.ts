import { useSyncExternalStore } from 'react'

let current = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const watchers = new Set<() => void>()

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  timer ??= setInterval(() => {
    current = Date.now()
    for (const tell of watchers) tell()
  }, 1000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The present moment, once a second, from one timer for the whole page. */
export const useNow = (): number => useSyncExternalStore(watch, () => current)
