import Taro from '@tarojs/taro'
import type { Position } from '../models/places'

/** Where our own top bar may stand: WeChat's capsule sits in its right end. */
export interface TopBar {
  /** Height of the status bar above it. */
  above: number
  height: number
  /** Width that the capsule takes from the right, its margin included. */
  capsule: number
}

/** The top bar of this phone; never hard-coded, the capsule's place differs between phones. */
export function topBar(): TopBar {
  const { windowWidth, statusBarHeight = 20 } = Taro.getWindowInfo()
  const capsule = Taro.getMenuButtonBoundingClientRect()
  if (!capsule || !capsule.height) return { above: statusBarHeight, height: 44, capsule: 0 }
  return {
    above: statusBarHeight,
    height: capsule.height + 2 * (capsule.top - statusBarHeight),
    capsule: windowWidth - capsule.left,
  }
}

/** The shopper's position, or null when they would rather not say. */
export async function positionNow(): Promise<Position | null> {
  try {
    const { longitude, latitude } = await Taro.getLocation({ type: 'gcj02' })
    return { lng: longitude, lat: latitude }
  } catch {
    return null
  }
}

/** True when the phone says that it has no network; a phone that cannot say has one. */
export async function isOffline(): Promise<boolean> {
  try {
    return (await Taro.getNetworkType()).networkType === 'none'
  } catch {
    return false
  }
}

/** Calls when the network is back, until what it returns is called. */
export function whenOnline(back: () => void): () => void {
  const hear = ({ isConnected }: { isConnected: boolean }) => isConnected && back()
  Taro.onNetworkStatusChange(hear)
  return () => Taro.offNetworkStatusChange(hear)
}

export const canScan = true

/** Reads a code with the camera; null when the shopper closes it. */
export async function scanCode(): Promise<string | null> {
  try {
    return (await Taro.scanCode({})).result
  } catch {
    return null
  }
}

/** Makes the screen bright while a code is on it, and returns how to undo that. */
export function brighten(): () => void {
  let before = 0.5
  void Taro.getScreenBrightness()
    .then(({ value }) => {
      before = value
      return Taro.setScreenBrightness({ value: 1 })
    })
    .catch(() => undefined)
  return () => void Taro.setScreenBrightness({ value: before }).catch(() => undefined)
}

/** Colours the clock and the capsule, which lie over a page's own head. */
export function inkStatusBar(ink: 'black' | 'white'): void {
  const frontColor = ink === 'white' ? '#ffffff' : '#000000'
  // The background has no effect under a bar of our own, but must be given.
  void Taro.setNavigationBarColor({ frontColor, backgroundColor: '#000000' }).catch(() => undefined)
}

/** Copies a text. WeChat says so itself. */
export function copyText(text: string): void {
  void Taro.setClipboardData({ data: text })
}

/** Opens the dialler. */
export function callPhone(phone: string): void {
  void Taro.makePhoneCall({ phoneNumber: phone }).catch(() => undefined)
}
