import { useSyncExternalStore } from 'react'
import { createCell, type Cell } from '../models/cell'
import { keepValue, keptValue } from './storage'

/** Watches a cell from a screen. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get, cell.get)
}

/** A cell that this phone remembers. */
export function keptCell<T>(key: string, initial: T): Cell<T> {
  const cell = createCell((keptValue(key) ?? initial) as T)
  cell.subscribe(() => keepValue(key, cell.get()))
  return cell
}
