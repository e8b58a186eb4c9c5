import { useEffect, useRef } from 'react'

import { readSetting } from './settings.ts'
import { keyName, stepKeys } from './keys.ts'

export interface KeyBinding {
  /** `j`, `g o`, `mod+k`. */
  keys: string
  /** What `?` says it does. */
  label: string
  run: () => void
}

type Layer = { current: readonly KeyBinding[] }

// Later layers win: an open drawer's Escape comes before the page's.
const layers: Layer[] = []
let pending = ''
let pendingUntil = 0

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input:not([type=checkbox]),textarea,select,[role=combobox]') !== null)

const answersItself = (target: EventTarget | null, key: string): boolean =>
  (key === 'Enter' || key === ' ') && target instanceof HTMLElement && target.closest('a,button') !== null

/** Every binding that would fire now, most recent layer first. */
export const boundKeys = (): KeyBinding[] => layers.toReversed().flatMap((layer) => layer.current)

const heard = (event: KeyboardEvent): void => {
  const key = keyName(event)
  const command = key.startsWith('mod+')
  if (event.altKey || event.isComposing || event.defaultPrevented) return
  if (!command && (readSetting('keys') === 'off' || typing(event.target) || answersItself(event.target, key)))
    return
  if (document.querySelector('dialog[open], .ant-modal-wrap:not([style*="none"])')) return
  const bindings = boundKeys()
  const step = stepKeys(
    Date.now() < pendingUntil ? pending : '',
    key,
    bindings.map((each) => each.keys),
  )
  pending = step.pending
  pendingUntil = Date.now() + 1200
  if (!step.hit) return
  event.preventDefault()
  bindings.find((each) => each.keys === step.hit)?.run()
}

/** Binds keys for as long as the component is on the page. None fires inside a field. */
export const useKeys = (bindings: readonly KeyBinding[]): void => {
  const layer = useRef(bindings)
  layer.current = bindings
  useEffect(() => {
    if (layers.length === 0) addEventListener('keydown', heard)
    layers.push(layer)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
      if (layers.length === 0) removeEventListener('keydown', heard)
    }
  }, [])
}
