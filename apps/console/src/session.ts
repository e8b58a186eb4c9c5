import type { Output } from '@linli/contract'
import type { ConsoleRoutes } from '@linli/contract'
import { useSyncExternalStore } from 'react'

type SignedIn = Output<ConsoleRoutes['POST /console/v1/sessions']>
export type Staff = SignedIn['staff']

const key = 'linli.console.session'
const watchers = new Set<() => void>()

// Kept in localStorage so that a record opened in a new tab is signed in too.
const read = (): SignedIn | undefined => {
  try {
    const stored = localStorage.getItem(key)
    if (!stored) return undefined
    const session = JSON.parse(stored) as SignedIn
    return Date.parse(session.expiresAt) > Date.now() ? session : undefined
  } catch {
    return undefined
  }
}

let current = read()

const change = (next: SignedIn | undefined): void => {
  current = next
  for (const tell of watchers) tell()
}

/** Begins a session; every open component learns of it. */
export const beginSession = (session: SignedIn): void => {
  localStorage.setItem(key, JSON.stringify(session))
  change(session)
}

/** Forgets the session here. Telling the server is the caller's business. */
export const endSession = (): void => {
  localStorage.removeItem(key)
  change(undefined)
}

/** The bearer token of the present session, read at every call. */
export const sessionToken = (): string | undefined => current?.token

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  // Signing out in one tab signs the others out too.
  const heard = (event: StorageEvent) => {
    if (event.key === key) change(read())
  }
  addEventListener('storage', heard)
  return () => {
    watchers.delete(changed)
    removeEventListener('storage', heard)
  }
}

/** Who is signed in, or undefined. */
export const useStaff = (): Staff | undefined => useSyncExternalStore(watch, () => current?.staff)

/** Whether the signed-in person holds a permission. The server decides again on every call. */
export const useMay = (permission: string): boolean => useStaff()?.permissions.includes(permission) ?? false
