/** The line to the shop: signed requests over the contract's client, and what lines do when they are bad. */
import { ApiProblem, createPartnerClient } from '@linli/partner-client'
import type { PartnerApi, Transport } from '@linli/partner-client'
import type { TillKey } from './key.ts'

/** An answer that is lost on its way back, and a request that is made twice. */
export const BAD_LUCK = ['answer_lost', 'sent_twice'] as const
export type BadLuck = (typeof BAD_LUCK)[number]
export type Line = { isCut: () => boolean; luck: BadLuck[] }

/** Nobody at a till waits longer than this for an answer. */
const PATIENCE_MS = 4_000

/** A client that signs with this key. `send` carries requests in tests; otherwise they go to the shop. Trying again is the till's own affair. */
export const openShop = (
  { origin, keyId, secret }: TillKey,
  line: Line,
  { now, send }: { now: () => number; send: Transport | undefined },
): PartnerApi => {
  const key = { keyId, secret }
  const more = send ? { send } : {}
  const api = createPartnerClient({ origin, key, now, tries: 1, timeoutMs: PATIENCE_MS, ...more })
  const overLine = async (...call: Parameters<PartnerApi>): Promise<unknown> => {
    if (line.isCut()) throw new Error('the line is cut')
    const luck = line.luck.shift()
    const answer = await api(...call)
    if (luck === 'answer_lost') throw new Error('the answer was lost')
    return luck === 'sent_twice' ? api(...call) : answer
  }
  return overLine as PartnerApi
}

export type Heard<T> =
  | { kind: 'answer'; answer: T }
  | { kind: 'refused'; status: number; code: string }
  | { kind: 'silence' }
const SERVER_FAULT = 500

/** Asks, and says which of the three things happened. A server that fails or is too busy has said nothing that could be relied on. */
export const ask = async <T>(work: () => Promise<T>): Promise<Heard<T>> => {
  try {
    return { kind: 'answer', answer: await work() }
  } catch (error) {
    if (!(error instanceof ApiProblem)) return { kind: 'silence' }
    const { status, code } = error.problem
    return status >= SERVER_FAULT ? { kind: 'silence' } : { kind: 'refused', status, code }
  }
}

/** Asks again, once, when nothing was heard: every verb may be sent again as it is. */
export const askTwice = async <T>(work: () => Promise<T>): Promise<Heard<T>> => {
  const first = await ask(work)
  return first.kind === 'silence' ? ask(work) : first
}
