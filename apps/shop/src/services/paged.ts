import { useReachBottom } from '@tarojs/taro'
import { useRef } from 'react'
import { troubleFrom } from './api'
import { useLoad, type Loaded } from './load'
import { say } from './toast'

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** A list that grows as its end is reached; `more` is for those who press instead. Two reads of the same page are one. */
export function usePaged<T>(
  key: string | null,
  from: (cursor?: string) => Promise<Page<T>>,
  keep = false,
): { list: Loaded<Page<T>>; more: () => Promise<void> } {
  const list = useLoad(key, () => from(), keep)
  const reading = useRef(false)
  const latest = useRef(key)
  latest.current = key
  const more = async () => {
    const shown = list.data
    if (!shown?.nextCursor || reading.current) return
    reading.current = true
    try {
      const page = await from(shown.nextCursor)
      // Another list may be shown by now.
      if (latest.current === key)
        list.put({ items: shown.items.concat(page.items), nextCursor: page.nextCursor })
    } catch (error) {
      say(troubleFrom(error).text)
    } finally {
      reading.current = false
    }
  }
  useReachBottom(() => void more())
  return { list, more }
}
