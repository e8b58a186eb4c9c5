import { useMemo, useSyncExternalStore } from 'react'

import { type ListLook, readLook } from '../ui/list-look.ts'

/** Small preferences of this browser, kept beside the session and never sent anywhere. */
interface Settings {
  sound: 'on' | 'off'
  keys: 'on' | 'off'
  contrast: 'normal' | 'high'
}

const defaults: Settings = { sound: 'off', keys: 'on', contrast: 'normal' }
const watchers = new Set<() => void>()

/** The present value of one preference. */
export const readSetting = <Name extends keyof Settings>(name: Name): Settings[Name] =>
  (localStorage.getItem(`linli.console.${name}`) as Settings[Name] | null) ?? defaults[name]

/** Changes one preference everywhere on the page. */
export const writeSetting = <Name extends keyof Settings>(name: Name, value: Settings[Name]): void => {
  localStorage.setItem(`linli.console.${name}`, value)
  applyContrast()
  for (const tell of watchers) tell()
}

/** Puts the contrast preference on the document; called once at start and after each change. */
export const applyContrast = (): void => {
  document.documentElement.dataset['contrast'] = readSetting('contrast')
}

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  return () => watchers.delete(changed)
}

/** One preference, redrawn when it changes. */
export const useSetting = <Name extends keyof Settings>(name: Name): Settings[Name] =>
  useSyncExternalStore(watch, () => readSetting(name))

const lookName = (list: string): string => `linli.console.list.${list}`

/** How one list is kept, and how to change it. */
export const useListLook = (list: string): [ListLook, (look: ListLook) => void] => {
  const text = useSyncExternalStore(watch, () => localStorage.getItem(lookName(list)))
  const look = useMemo(() => readLook(text), [text])
  const keep = (next: ListLook): void => {
    localStorage.setItem(lookName(list), JSON.stringify(next))
    for (const tell of watchers) tell()
  }
  return [look, keep]
}
