/** Sending a signed reply, and every way a reply can go wrong on its way back. */
import type { FastifyReply } from 'fastify'
import type { ActionKind } from '../faults/actions.ts'
import { actsAt } from '../faults/actions.ts'
import { holdThenDrop } from '../faults/hold.ts'
import type { FaultAction } from '../faults/rules.ts'
import { newRequestId } from '../ids.ts'
import type { World } from '../world.ts'
import type { Answer } from './endpoint.ts'
import { seal } from './seal.ts'

export type Sent = { status: number; body: string }

const SYSTEM_ERROR: Answer = {
  status: 500,
  body: { code: 'SYSTEM_ERROR', message: '系统异常，请用相同参数重新调用' },
}
/** Fields whose values are enumerations, so a client meets one it has never heard of. */
const ENUM_FIELDS = ['trade_state', 'trade_status', 'status', 'refund_status']

/** Sends `answer`, spoilt by `action` if it acts on replies. Answers what left, or null when the reply was lost. */
export const sendReply = async (
  world: World,
  reply: FastifyReply,
  answer: Answer,
  action: FaultAction | null,
  serial: string | undefined,
): Promise<Sent | null> => {
  const fault = action && actsAt(action.kind, 'reply') ? action.kind : null
  if (fault === 'timeout-after') {
    await holdThenDrop(world, reply, action?.ms)
    return null
  }
  const shown = fault === 'error-after' ? SYSTEM_ERROR : answer
  const sealed = seal(world, bodyText(shown.body, fault), fault, serial)
  const headers: Record<string, string> = {
    ...sealed.headers,
    'Request-ID': newRequestId(shown.status < 400 ? 0 : shown.status),
    'Content-Language': 'zh-CN',
    'Cache-Control': 'no-cache, must-revalidate',
    ...(shown.body ? { 'Content-Type': 'application/json; charset=utf-8' } : {}),
  }
  if (fault === 'reset-mid-body') {
    breakOff(reply, shown.status, headers, sealed.body)
    return null
  }
  void reply
    .code(shown.status)
    .headers(headers)
    .send(sealed.body === '' ? undefined : sealed.body)
  return { status: shown.status, body: sealed.body }
}

/** The text of a reply, spoilt where the fault is about its text. */
export const bodyText = (body: Record<string, unknown> | null, fault: ActionKind | null): string => {
  if (body === null) return ''
  if (fault === 'truncated-json') {
    // The signature covers the shortened text, so that it is the JSON reader and not the verifier who must cope.
    const text = JSON.stringify(body)
    return text.slice(0, Math.ceil(text.length / 2))
  }
  if (fault === 'extra-fields') return JSON.stringify({ ...body, sandbox_extra: { unknown: ['field', 1] } })
  if (fault === 'unknown-enum') return JSON.stringify(withUnknownEnum(body))
  return JSON.stringify(body)
}

const withUnknownEnum = (body: Record<string, unknown>): Record<string, unknown> => {
  const changed = { ...body }
  for (const name of ENUM_FIELDS) if (name in changed) changed[name] = 'SANDBOX_UNKNOWN'
  return changed
}

const breakOff = (
  reply: FastifyReply,
  status: number,
  headers: Record<string, string>,
  body: string,
): void => {
  reply.hijack()
  reply.raw.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) + 1 })
  reply.raw.write(body.slice(0, Math.ceil(body.length / 2)), () => reply.raw.destroy())
}
