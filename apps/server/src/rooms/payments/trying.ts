/** How hard the outside is asked, and how it is reached: the same for every provider. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '#kernel/clock'
import { isAmbiguous, ProviderFault } from './provider-fault.ts'
import { randomNonce } from './wxpay-sign.ts'

/** Clock, fetch, nonce, pauses and chance come from outside, so that every fault can be played. */
export interface Ports {
  clock: Pick<Clock, 'stamp'>
  fetch: typeof fetch
  nonce: () => string
  pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** Evenly in [0, 1). */
  chance: () => number
}
export const realPorts = (clock: Clock): Ports => ({
  clock,
  fetch: globalThis.fetch,
  nonce: randomNonce,
  pause: (ms, signal) => sleep(ms, undefined, { signal }),
  chance: Math.random,
})

/** How hard to try: a person who pressed a button gets every chance; a page that polls and a sweep come again anyway. */
export interface Effort {
  tries: number
  tryMs: number
  totalMs: number
}
export const FOR_A_PERSON: Effort = { tries: 3, tryMs: 5000, totalMs: 12_000 }
export const FOR_A_PAGE: Effort = { tries: 1, tryMs: 4000, totalMs: 4000 }
/** Nobody waits, and the answer may have to be made first. */
export const FOR_A_BILL: Effort = { tries: 2, tryMs: 60_000, totalMs: 130_000 }
export const FOR_A_SWEEP: Effort = { tries: 1, tryMs: 8000, totalMs: 8000 }

/** A stream that says nothing for so long is over. */
const BYTES_SILENCE_MS = 20_000
const PAUSE_MS = 200
const REPLY_BYTES = 256 * 1024

/** Does it again while the outcome is unclear, until tries or time run out. Throws the last `ProviderFault`. */
export const tryHard = <T>(
  ports: Pick<Ports, 'chance' | 'pause'>,
  effort: Effort,
  once: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  within(effort.totalMs, undefined, async (total) => {
    for (let round = 1; ; round++) {
      try {
        return await within(effort.tryMs, total, once)
      } catch (error) {
        if (!isAmbiguous(error) || round >= effort.tries || total.aborted) throw error
        // Half fixed, half chance: servers that failed together do not come back together.
        const pause = PAUSE_MS * 2 ** (round - 1) * (0.5 + ports.chance() / 2)
        await ports.pause(pause, total).catch(() => {
          throw error
        })
      }
    }
  })

// Not AbortSignal.timeout: its timer would outlive every call that was answered in time.
async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const abort = () => controller.abort(new Error('out of time'))
  const timer = setTimeout(abort, ms)
  outer?.addEventListener('abort', abort)
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', abort)
  }
}

/** Sends one request and reads its whole answer. What never became one is an ambiguous `ProviderFault`. */
export async function ask(
  ports: Pick<Ports, 'fetch'>,
  url: URL,
  init: RequestInit,
  about: string,
): Promise<{ response: Response; raw: Buffer }> {
  try {
    const response = await ports.fetch(url, { ...init, redirect: 'manual' })
    return { response, raw: await boundedBody(response, about) }
  } catch (error) {
    if (error instanceof ProviderFault) throw error
    throw new ProviderFault('ambiguous', 'NO_ANSWER', about, { cause: error })
  }
}

/** The bytes of an answer, as long as it has a length that an answer may have. */
export async function boundedBody(response: Response, about: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    // Leaving the loop cancels the stream.
    if (size > REPLY_BYTES)
      throw new ProviderFault('ambiguous', 'TOO_LONG', about, { status: response.status })
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * The bytes behind an address, as they come: sent once, judged by whoever asked. Throws `ProviderFault` when it was not 200; `codeIn` reads a code
 * out of what came instead.
 */
export async function* askForBytes(
  ports: Pick<Ports, 'fetch'>,
  url: URL,
  headersNow: () => Promise<Record<string, string>>,
  codeIn: (raw: Buffer) => string | undefined,
): AsyncGenerator<Uint8Array> {
  const about = `GET ${url.pathname}`
  const silence = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const listen = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(new Error('out of time')), BYTES_SILENCE_MS)
  }
  try {
    listen()
    const headers = { ...(await headersNow()), accept: '*/*' }
    const response = await ports.fetch(url, { headers, redirect: 'manual', signal: silence.signal })
    if (response.status !== 200) {
      const code = codeIn(await boundedBody(response, about))
      throw new ProviderFault('ambiguous', code ?? 'UNREADABLE', about, { status: response.status })
    }
    for await (const piece of response.body ?? []) {
      listen()
      yield piece
    }
  } catch (error) {
    if (error instanceof ProviderFault) throw error
    throw new ProviderFault('ambiguous', 'NO_ANSWER', about, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
