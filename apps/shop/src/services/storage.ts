import Taro from '@tarojs/taro'

// A full disk or a private window must never stop a purchase: losing a memory is the worst that may happen.

/** Reads what `keepValue` kept; null when there is nothing or it is not readable. */
export function keptValue(key: string): unknown {
  try {
    const text: unknown = Taro.getStorageSync(key)
    return typeof text === 'string' && text !== '' ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** Forgets everything kept under keys that begin so. */
export function forgetKept(...prefixes: string[]): void {
  try {
    const { keys } = Taro.getStorageInfoSync()
    for (const key of keys) if (prefixes.some((prefix) => key.startsWith(prefix))) Taro.removeStorageSync(key)
  } catch {
    // see above
  }
}

/** Keeps a small value on this phone; null forgets it. */
export function keepValue(key: string, value: unknown): void {
  try {
    if (value === null) Taro.removeStorageSync(key)
    else Taro.setStorageSync(key, JSON.stringify(value))
  } catch {
    // see above
  }
}
