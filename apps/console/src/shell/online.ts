import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

const watch = (changed: () => void): (() => void) => onlineManager.subscribe(changed)

/** Whether the browser believes it has a network. */
export const useOnline = (): boolean => useSyncExternalStore(watch, () => onlineManager.isOnline())
