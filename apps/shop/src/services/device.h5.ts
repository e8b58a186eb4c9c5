import { toGcj02, type Position } from '../models/places'
import { say } from './toast'

export interface TopBar {
  above: number
  height: number
  capsule: number
}

/** A browser has neither status bar nor capsule: only a little air. */
export function topBar(): TopBar {
  return { above: 4, height: 48, capsule: 0 }
}

const POSITION_MS = 8000

/** The shopper's position on Chinese maps, or null when they would rather not say. */
export function positionNow(): Promise<Position | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(toGcj02({ lng: coords.longitude, lat: coords.latitude })),
      () => resolve(null),
      { timeout: POSITION_MS, maximumAge: 300_000 },
    )
  })
}

/** True when the browser says that there is no network. */
export function isOffline(): Promise<boolean> {
  return Promise.resolve(!navigator.onLine)
}

/** Calls when the network is back, until what it returns is called. */
export function whenOnline(back: () => void): () => void {
  addEventListener('online', back)
  return () => removeEventListener('online', back)
}

// Too few browsers read codes by themselves: here digits are typed, or a scanner types them.
export const canScan = false

export function scanCode(): Promise<string | null> {
  return Promise.resolve(null)
}

/** A browser cannot change the brightness. */
export function brighten(): () => void {
  return () => undefined
}

/** A browser's own bar is not ours to colour. */
export function inkStatusBar(_ink: 'black' | 'white'): void {
  return undefined
}

/** Copies a text and says so. */
export function copyText(text: string): void {
  navigator.clipboard?.writeText(text).then(
    () => say('已复制'),
    () => say('没能复制，请长按选择'),
  )
}

/** Opens the dialler. */
export function callPhone(phone: string): void {
  location.href = `tel:${phone}`
}
