/** The pretended Alipay in the control interface: what the shopper does with an address, and what happens to trades by hand. */
import type { FastifyInstance } from 'fastify'
import { newDigits } from '../ids.ts'
import type { AlipayTrade } from '../records.ts'
import type { World } from '../world.ts'
import { AlipayRefusal } from '../alipay/refusals.ts'
import { finishTrade, refundTrade } from '../alipay/trades.ts'
import { alipayOutcomeOf, settleByHand } from '../panel/alipay-cashier.ts'
import { bodyOf, numberFrom, refuse } from './body.ts'

/** Registers the routes. */
export const mountAlipaySim = (app: FastifyInstance, world: World): void => {
  app.post('/alipay/payments', (request) => {
    const { payUrl, outcome } = bodyOf(request.body)
    if (typeof payUrl !== 'string' || !URL.canParse(payUrl))
      return refuse('sim.address_wrong', 'payUrl must be the address that the shop was given')
    return settleByHand(world, new URL(payUrl).search, alipayOutcomeOf(outcome))
  })
  app.post<{ Params: { number: string } }>('/alipay/trades/:number/finish', (request) => {
    const trade = paidTrade(world, request.params.number)
    note(world, `trade ${trade.outTradeNo} finished`, trade)
    return { notificationId: finishTrade(world, trade)?.id ?? null, state: trade.state }
  })
  app.post<{ Params: { number: string } }>('/alipay/trades/:number/refund', (request) => {
    const trade = paidTrade(world, request.params.number)
    const refundFen = numberFrom(bodyOf(request.body).fen, 'fen', 1, trade.totalFen, trade.totalFen)
    note(world, `refund of ${refundFen} fen in the merchant console`, trade)
    try {
      const made = refundTrade(world, trade, {
        outRequestNo: newDigits(20),
        refundFen,
        reason: '商家中心退款',
      })
      return { refund: made.refund, state: trade.state }
    } catch (error) {
      if (error instanceof AlipayRefusal) return refuse(error.subCode, error.message, 409)
      throw error
    }
  })
}

const paidTrade = (world: World, number: string): AlipayTrade => {
  const trade = world.store.alipayTrades.get(number) ?? refuse('sim.trade_unknown', '没有这笔交易', 404)
  return trade.state === 'TRADE_SUCCESS'
    ? trade
    : refuse('sim.trade_state', '只有已付款的交易可以这样做', 409)
}

const note = (world: World, what: string, { outTradeNo }: AlipayTrade): void => {
  world.journal.write({ kind: 'control', route: 'sim', what, outTradeNo })
}
