import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

import { endSession, sessionToken } from '../session.ts'
import { chime } from './chime.ts'
import { readSetting } from './settings.ts'
import { createEventReader, type StreamEvent } from './sse.ts'

/** `live`: events arrive. `waiting`: reconnecting, figures may lag. `off`: signed out or not allowed. */
export type LiveState = 'live' | 'waiting' | 'off'

interface Live {
  state: LiveState
  /** When the stream last said anything, heartbeats included. */
  heardAt: number
  /** The order that arrived last, to mark its row. */
  newest?: { orderId: string; at: number }
}

const silenceLimitMs = 45_000
let live: Live = { state: 'off', heardAt: 0 }
const watchers = new Set<() => void>()

const change = (next: Partial<Live>): void => {
  live = { ...live, ...next }
  for (const tell of watchers) tell()
}

const orderIn = (data: string): { orderId: string; verb: string } | undefined => {
  try {
    const { orderId, verb } = JSON.parse(data) as { orderId?: unknown; verb?: unknown }
    return typeof orderId === 'string' ? { orderId, verb: typeof verb === 'string' ? verb : '' } : undefined
  } catch {
    return undefined
  }
}

// An event is a nudge: the lists behind it are asked again, so that there is one source for every figure.
const heardEvent = (queries: QueryClient, event: StreamEvent): void => {
  const order = orderIn(event.data)
  if (!order) return
  for (const key of ['workbench', 'orders', 'newest-orders'])
    void queries.invalidateQueries({ queryKey: [key] })
  void queries.invalidateQueries({ queryKey: ['order', order.orderId] })
  if (order.verb !== 'pay') return
  change({ newest: { orderId: order.orderId, at: Date.now() } })
  if (readSetting('sound') === 'on') chime()
}

const listen = async (queries: QueryClient, stop: AbortSignal): Promise<'refused' | 'dropped'> => {
  const line = new AbortController()
  const hangUp = () => line.abort()
  stop.addEventListener('abort', hangUp, { once: true })
  let timer = setTimeout(hangUp, silenceLimitMs)
  try {
    const reply = await fetch('/console/v1/orders-live', {
      headers: { authorization: `Bearer ${sessionToken() ?? ''}`, accept: 'text/event-stream' },
      signal: line.signal,
    })
    if (reply.status === 401) endSession()
    if (reply.status === 401 || reply.status === 403) return 'refused'
    if (!reply.ok || !reply.body) return 'dropped'
    const read = createEventReader()
    change({ state: 'live', heardAt: Date.now() })
    for await (const piece of decode(reply.body)) {
      clearTimeout(timer)
      timer = setTimeout(hangUp, silenceLimitMs)
      change({ heardAt: Date.now() })
      for (const event of read(piece)) heardEvent(queries, event)
    }
    return 'dropped'
  } catch {
    return 'dropped'
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', hangUp)
  }
}

async function* decode(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield decoder.decode(value, { stream: true })
  }
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

const keepListening = async (queries: QueryClient, stop: AbortSignal): Promise<void> => {
  let failures = 0
  while (!stop.aborted) {
    const startedAt = Date.now()
    const end = await listen(queries, stop)
    if (stop.aborted) return
    if (end === 'refused') return change({ state: 'off' })
    failures = Date.now() - startedAt > 10_000 ? 0 : failures + 1
    change({ state: 'waiting' })
    await pause(Math.min(30_000, 1000 * 2 ** failures), stop)
    // Whatever happened while the line was down is caught up here.
    void queries.invalidateQueries({ queryKey: ['workbench'] })
    void queries.invalidateQueries({ queryKey: ['newest-orders'] })
  }
}

/** Keeps the live line open while the shell is on the page. */
export const useLiveLine = (allowed: boolean): void => {
  const queries = useQueryClient()
  useEffect(() => {
    if (!allowed) return undefined
    const stop = new AbortController()
    void keepListening(queries, stop.signal)
    return () => {
      stop.abort()
      change({ state: 'off' })
    }
  }, [queries, allowed])
}

const watch = (changed: () => void): (() => void) => {
  watchers.add(changed)
  return () => watchers.delete(changed)
}

/** The state of the live line. */
export const useLive = (): Live => useSyncExternalStore(watch, () => live)
