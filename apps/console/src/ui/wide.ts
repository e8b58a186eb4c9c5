import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 1400px)')

const watch = (changed: () => void): (() => void) => {
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether there is room for the columns that only help. */
export const useWide = (): boolean => useSyncExternalStore(watch, () => query.matches)
