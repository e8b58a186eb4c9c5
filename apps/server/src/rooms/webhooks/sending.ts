import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { isInside, urlFault } from './address.ts'
import { WITHIN_S } from './schedule.ts'

export interface Outcome {
  /** Null: no answer came. */
  status: number | null
  fault: string | null
}

const ANSWER_BYTES = 64 * 1024

/**
 * Looks a name up and refuses it when any of its addresses is inside. The connection goes to what was looked up here, so a name that says something else
 * the next time it is asked gains nothing.
 */
const lookupOutside: LookupFunction = (hostname, options, done) => {
  dnsLookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? []
    if (error) return done(error, '', 4)
    if (!first || found.some(({ address }) => isInside(address)))
      return done(Object.assign(new Error('inside'), { code: 'EINSIDE' }), '', 4)
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
}

/** Posts a message. Follows nothing that the other side answers, reads little of it, and waits ten seconds. */
export function post(
  url: string,
  { body, headers, insideAllowed }: { body: string; headers: Record<string, string>; insideAllowed: boolean },
): Promise<Outcome> {
  const fault = urlFault(url, insideAllowed)
  if (fault) return Promise.resolve({ status: null, fault })
  const target = new URL(url)
  const { request } = target.protocol === 'https:' ? https : http
  return new Promise((resolve) => {
    const end = (outcome: Outcome) => {
      clearTimeout(late)
      resolve(outcome)
    }
    const call = request(
      target,
      {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
        agent: false,
        ...(insideAllowed ? {} : { lookup: lookupOutside }),
      },
      (reply) => {
        let read = 0
        reply.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (read > ANSWER_BYTES) reply.destroy()
        })
        reply.on('error', () => undefined)
        reply.on('close', () => end({ status: reply.statusCode ?? null, fault: null }))
      },
    )
    const late = setTimeout(() => {
      end({ status: null, fault: 'timeout' })
      call.destroy()
    }, WITHIN_S * 1000)
    call.on('error', (error: Error & { code?: string }) =>
      end({ status: null, fault: error.code ?? 'failed' }),
    )
    call.end(body)
  })
}
