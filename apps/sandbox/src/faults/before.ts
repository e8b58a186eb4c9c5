/** Faults that strike before the sandbox has looked at a request. */
import type { FastifyReply } from 'fastify'
import { payTrade } from '../alipay/trades.ts'
import type { Answer } from '../wxpay/endpoint.ts'
import { payOrder } from '../wxpay/paying.ts'
import type { World } from '../world.ts'
import type { ActionKind } from './actions.ts'
import { holdThenDrop, pause } from './hold.ts'
import type { Call, FaultAction } from './rules.ts'

const SLOW_MS = 5_100
const PROXY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'

type Strike = (
  world: World,
  action: FaultAction,
  about: Partial<Call>,
  reply: FastifyReply,
) => Promise<Answer | 'gone' | null>

const strikes: Partial<Record<ActionKind, Strike>> = {
  'timeout-before': async (world, action, _about, reply) => {
    await holdThenDrop(world, reply, action.ms)
    return 'gone'
  },
  'reset-before': async (_world, _action, _about, reply) => {
    reply.hijack()
    reply.raw.destroy()
    return 'gone'
  },
  html: async (_world, _action, _about, reply) => {
    void reply.code(502).type('text/html').send(PROXY_PAGE)
    return 'gone'
  },
  slow: async (world, action) => {
    await pause(world, action.ms ?? SLOW_MS)
    return null
  },
  'pay-first': async (world, _action, about) => {
    payIfOpen(world, about.outTradeNo)
    return null
  },
  status: async (_world, action) => statusAnswer(action),
}

/**
 * Strikes. Answers `'gone'` when the connection is already taken care of, an answer to send instead of working, or null
 * to go on as if nothing had happened.
 */
export const strikeBefore: Strike = async (world, action, about, reply) =>
  (await strikes[action.kind]?.(world, action, about, reply)) ?? null

const statusAnswer = (action: FaultAction): Answer => ({
  status: action.status ?? 500,
  body: {
    code: action.code ?? 'SYSTEM_ERROR',
    message: action.message ?? '系统异常，请用相同参数重新调用',
  },
})

const payIfOpen = (world: World, outTradeNo: string | undefined): void => {
  const order = outTradeNo ? world.store.orders.get(outTradeNo) : undefined
  if (order?.state === 'NOTPAY') payOrder(world, order.prepayId, 'success')
  const trade = outTradeNo ? world.store.alipayTrades.get(outTradeNo) : undefined
  if (trade?.state === 'WAIT_BUYER_PAY') payTrade(world, trade)
}
