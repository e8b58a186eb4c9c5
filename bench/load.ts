// The load generator: a process of its own, so that it does not share an event loop with what it measures.
import { Pool } from 'undici'

export interface Plan {
  origin: string
  callers: number
  seconds: number
  /** Seconds before counting begins. */
  warmUp: number
  kind: 'get' | 'post' | 'place' | 'purchase'
  /** `get`: what to ask for, in turn. */
  paths?: readonly string[]
  /** `post`: each is sent once, and the end of them is the end. */
  posts?: readonly { path: string; body: unknown }[]
  /** Who asks or buys, in turn. */
  tokens?: readonly string[]
  storeIds?: readonly string[]
  skuIds?: readonly string[]
  linesPerOrder?: number
  /** One for each order, of the member whose token is used with it; and points to go with it. */
  coupons?: readonly string[]
  usePoints?: number
  /** `purchase`: the control API of the sandbox. */
  sandbox?: string
}
export interface Result {
  /** Answers per second by status and problem code; `ok` are those of 2xx. */
  perSecond: number
  okPerSecond: number
  codes: Record<string, number>
  p50: number
  p99: number
  max: number
}

interface Reply {
  status: number
  text: string
}
interface Tally {
  count: number
  ok: number
  codes: Record<string, number>
  times: number[]
}

const json = { 'content-type': 'application/json' }

async function send(
  pool: Pool,
  method: 'GET' | 'POST',
  path: string,
  token?: string,
  body?: unknown,
): Promise<Reply> {
  const headers = {
    ...(body === undefined ? {} : json),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  }
  const reply = await pool.request(
    body === undefined ? { method, path, headers } : { method, path, headers, body: JSON.stringify(body) },
  )
  return { status: reply.statusCode, text: await reply.body.text() }
}

const pick = <T>(from: readonly T[], turn: number): T => from[turn % from.length]!
const codeOf = ({ status, text }: Reply): string => {
  if (status < 300) return String(status)
  const match = /"code":"([^"]+)"/.exec(text)
  return match?.[1] ?? String(status)
}

let turn = 0
const run = `${process.pid.toString(36)}${Math.random().toString(36).slice(2, 8)}`

function orderBody(plan: Plan, at: number): Record<string, unknown> {
  const skuIds = plan.skuIds ?? []
  const lines = Array.from({ length: plan.linesPerOrder ?? 1 }, (_, i) => ({
    skuId: pick(skuIds, at * 7 + i * 131),
    quantity: 1,
  }))
  return {
    idempotencyKey: `${run}-${at}`,
    storeId: pick(plan.storeIds ?? [], at),
    fulfilment: { kind: 'pickup' },
    lines,
    ...(plan.coupons && { couponIds: [plan.coupons[at]], usePoints: plan.usePoints ?? 0 }),
  }
}

async function once(pool: Pool, outside: Pool | undefined, plan: Plan): Promise<Reply> {
  const at = turn++
  const token = plan.tokens && pick(plan.tokens, at)
  if (plan.kind === 'get') return send(pool, 'GET', pick(plan.paths ?? [], at), token)
  if (plan.kind === 'post') {
    const { path, body } = plan.posts?.[at] ?? {}
    return send(pool, 'POST', path ?? '', token, body)
  }
  if (!token) throw new Error('nobody buys')
  const placed = await send(pool, 'POST', '/v1/orders', token, orderBody(plan, at))
  if (plan.kind === 'place' || placed.status >= 300) return placed
  const { id } = JSON.parse(placed.text) as { id: string }
  const opened = await send(pool, 'POST', `/v1/orders/${id}/payments`, token, { provider: 'wechat' })
  if (opened.status >= 300 || !outside) return opened
  const { prepayId } = JSON.parse(opened.text) as { prepayId: string }
  const paid = await send(outside, 'POST', '/_sim/pay', undefined, { prepayId, outcome: 'success' })
  if (paid.status >= 300) return paid
  return untilPaid(pool, id, token)
}

// The shopper's page asks until the server says paid; the notification races it.
async function untilPaid(pool: Pool, id: string, token: string): Promise<Reply> {
  for (let tries = 0; tries < 100; tries++) {
    const reply = await send(pool, 'GET', `/v1/orders/${id}`, token)
    if (reply.status >= 300 || reply.text.includes('"payState":"PAID"')) return reply
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { status: 504, text: '{"code":"bench.never_paid"}' }
}

async function main(plan: Plan): Promise<Result> {
  const pool = new Pool(plan.origin, { connections: plan.callers, pipelining: 1 })
  const outside = plan.sandbox ? new Pool(plan.sandbox, { connections: plan.callers }) : undefined
  const tally: Tally = { count: 0, ok: 0, codes: {}, times: [] }
  const begin = performance.now() + plan.warmUp * 1000
  const end = begin + plan.seconds * 1000
  const more = () => plan.posts === undefined || turn < plan.posts.length
  let last = begin
  const caller = async () => {
    for (let now = performance.now(); now < end && more();) {
      const reply = await once(pool, outside, plan)
      const done = performance.now()
      if (now >= begin && done <= end) {
        tally.count++
        if (reply.status < 300) tally.ok++
        const code = codeOf(reply)
        tally.codes[code] = (tally.codes[code] ?? 0) + 1
        tally.times.push(done - now)
        last = done
      }
      now = done
    }
  }
  await Promise.all(Array.from({ length: plan.callers }, caller))
  await Promise.all([pool.close(), outside?.close()])
  const seconds = plan.posts ? (last - begin) / 1000 : plan.seconds
  const times = Float64Array.from(tally.times).sort()
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10
  return {
    perSecond: Math.round(tally.count / seconds),
    okPerSecond: Math.round(tally.ok / seconds),
    codes: tally.codes,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  }
}

process.on('message', (plan: Plan) => {
  main(plan).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  )
})
