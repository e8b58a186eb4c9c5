import type { Transport, WireReply } from '../../contract/src/client.ts'

export interface Patience {
  tries: number
  longestPauseMs: number
  pause?: (ms: number) => Promise<void>
  /** 0 to 1, so that tills that were cut off together do not come back together. */
  dice?: () => number
}

const FIRST_PAUSE_MS = 500
/** Too many, overloaded, and what stands in between when it has nobody behind it. A fault of ours (500) would be one again. */
const AGAIN = new Set([429, 502, 503, 504])

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function askedMs({ retryAfterSeconds, body }: WireReply): number | undefined {
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000
  const asked = (body as { data?: { retryAfterSeconds?: unknown } } | undefined)?.data?.retryAfterSeconds
  return typeof asked === 'number' ? asked * 1000 : undefined
}

/** How long to wait after the `tried`th try; undefined: an answer that stands. Null is no answer. */
export function pauseAfter(
  reply: WireReply | null,
  tried: number,
  { longestPauseMs, dice = Math.random }: Omit<Patience, 'tries' | 'pause'>,
): number | undefined {
  if (reply && !AGAIN.has(reply.status)) return undefined
  const asked = reply ? askedMs(reply) : undefined
  if (asked !== undefined) return asked <= longestPauseMs ? asked : undefined
  const grown = Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), longestPauseMs)
  return Math.round(grown * (0.5 + dice() / 2))
}

/** Sends again what got no answer, or one that asks for patience. `carry` must sign each try anew. */
export function retrying(carry: Transport, patience: Patience): Transport {
  const { tries, pause = sleep } = patience
  return async (wire) => {
    for (let tried = 1; ; tried++) {
      const reply = await carry(wire).catch((error: unknown) => {
        if (tried >= tries) throw error
        return null
      })
      const wait = tried < tries ? pauseAfter(reply, tried, patience) : undefined
      if (reply && wait === undefined) return reply
      await pause(wait ?? 0)
    }
  }
}
