import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isSilence, type Trouble } from '../models/problem-words'
import { troubleFrom } from './api'
import { keepValue, keptValue } from './storage'

/** One of the five states of a screen: waiting, failed (offline among it), or something to show. */
export interface Loaded<T> {
  data: T | null
  trouble: Trouble | null
  /** Set when what is shown was kept from an earlier visit because no answer comes now. */
  keptAt: number | null
  reload: () => Promise<void>
  /** Replaces what is shown, with an answer that a command brought. */
  put: (data: T) => void
}

interface Kept<T> {
  at: number
  data: T
}

/**
 * Loads what a page shows, again whenever `key` changes and whenever the page is shown again; `key` null waits. With `keep`, the last answer is kept on the
 * phone and shown when no answer comes, with the time it is from.
 */
export function useLoad<T>(key: string | null, load: () => Promise<T>, keep = false): Loaded<T> {
  const [state, setState] = useState<{
    key: string | null
    data: T | null
    trouble: Trouble | null
    keptAt: number | null
  }>({
    key: null,
    data: null,
    trouble: null,
    keptAt: null,
  })
  const latest = useRef({ key, load })
  latest.current = { key, load }

  const reload = useCallback(async () => {
    const asked = latest.current.key
    if (asked === null) return
    try {
      const data = await latest.current.load()
      if (latest.current.key !== asked) return
      setState({ key: asked, data, trouble: null, keptAt: null })
      if (keep) keepValue(`ll.kept.${asked}`, { at: Date.now(), data })
    } catch (error) {
      if (latest.current.key !== asked) return
      const trouble = troubleFrom(error)
      const kept = keep && isSilence(trouble) ? (keptValue(`ll.kept.${asked}`) as Kept<T> | null) : null
      setState((before) => {
        const shown = before.key === asked ? before.data : null
        return { key: asked, data: shown ?? kept?.data ?? null, trouble, keptAt: kept?.at ?? before.keptAt }
      })
    }
  }, [keep])

  useEffect(() => {
    void reload()
  }, [key, reload])

  // Coming back to a page shows what is true now; the first showing is loaded by the effect above.
  const wasShown = useRef(false)
  useDidShow(() => {
    if (wasShown.current) void reload()
    wasShown.current = true
  })

  const put = useCallback((data: T) => {
    setState((before) => ({ ...before, key: latest.current.key, data, trouble: null, keptAt: null }))
  }, [])

  const isCurrent = state.key === key
  return {
    data: isCurrent ? state.data : null,
    trouble: isCurrent ? state.trouble : null,
    keptAt: isCurrent ? state.keptAt : null,
    reload,
    put,
  }
}
