import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ringAt, type RingState } from '../models/pickup-code'

const TICK_MS = 1000
const RETRY_MS = 5000

/** A code and the phone's clock when it came. */
export interface Held<T> {
  code: T
  at: number
}
interface Ways<T> {
  /** What is shown until the first answer. */
  initial?: () => Held<T> | null
  onFresh?: (held: Held<T>) => void
  /** Asks for the next one so long before this one is dead. */
  earlySeconds?: number
  onTrouble?: (error: unknown) => void
}
export interface Rotating<T> {
  held: Held<T> | null
  /** What is left of it; null before the first answer. */
  ring: RingState | null
  again: () => Promise<void>
}

/** A code that the server replaces while the page is open; asked for again when it is due, and every few seconds while no answer comes. */
export function useRotating<T extends { validUntil: string; now: string }>(
  ask: () => Promise<T>,
  { initial, onFresh, onTrouble, earlySeconds = 0 }: Ways<T> = {},
): Rotating<T> {
  const [held, setHeld] = useState<Held<T> | null>(() => initial?.() ?? null)
  const [now, setNow] = useState(() => Date.now())
  const shown = useRef(true)
  const askedAt = useRef(0)
  const ways = useRef({ onFresh, onTrouble, earlySeconds })
  ways.current = { onFresh, onTrouble, earlySeconds }
  useDidShow(() => void (shown.current = true))
  useDidHide(() => void (shown.current = false))

  const again = useCallback(async () => {
    askedAt.current = Date.now()
    try {
      const fresh = { code: await ask(), at: Date.now() }
      setHeld(fresh)
      ways.current.onFresh?.(fresh)
    } catch (error) {
      ways.current.onTrouble?.(error)
    }
  }, [ask])

  useEffect(() => {
    const timer = setInterval(() => {
      if (!shown.current) return
      const at = Date.now()
      setNow(at)
      setHeld((current) => {
        const due = !current || ringAt(current.code, current.at, at).secondsLeft <= ways.current.earlySeconds
        if (due && at - askedAt.current > RETRY_MS) void again()
        return current
      })
    }, TICK_MS)
    void again()
    return () => clearInterval(timer)
  }, [again])
  return { held, ring: held && ringAt(held.code, held.at, now), again }
}
