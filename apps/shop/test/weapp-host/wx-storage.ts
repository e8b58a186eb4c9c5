import { answering, WxFailure, type Wire } from './wx-call.ts'

const KEY_BYTES_MAX = 1024 * 1024

/** The phone's memory for one mini-program; hand the same one to a second host to play a restart. */
export type Storage = Map<string, string>

/** The functions of `wx` over it. Values are kept as text, so nothing is shared between writer and reader. */
export function storageFunctions(wire: Wire, storage: Storage): Record<string, unknown> {
  const put = (key: unknown, data: unknown) => {
    const text = JSON.stringify(data ?? '')
    if (text.length > KEY_BYTES_MAX) throw new WxFailure('entry size limit reached')
    storage.set(String(key), text)
  }
  const get = (key: unknown): unknown => {
    const text = storage.get(String(key))
    return text === undefined ? undefined : wire.copy(JSON.parse(text) as unknown)
  }
  const kilobytes = () => Math.ceil([...storage.values()].join('').length / 1024)
  return {
    getStorageSync: (key: string) => get(key) ?? '',
    setStorageSync: put,
    removeStorageSync: (key: string) => void storage.delete(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () =>
      wire.copy({ keys: [...storage.keys()], currentSize: kilobytes(), limitSize: 10_240 }),
    getStorage: answering(wire, 'getStorage', ({ key }) => {
      const data = get(key)
      if (data === undefined) throw new WxFailure('data not found')
      return { data }
    }),
    setStorage: answering(wire, 'setStorage', ({ key, data }) => put(key, data)),
    removeStorage: answering(wire, 'removeStorage', ({ key }) => void storage.delete(String(key))),
  }
}
