/** The interfaces a merchant's server calls: query, close, refund, query of a refund. */
import type { ActionKind } from '../faults/actions.ts'
import type { Route } from '../faults/routes.ts'
import type { AlipayTrade } from '../records.ts'
import type { World } from '../world.ts'
import { offerBill } from './bills.ts'
import type { BillCall } from './bills.ts'
import { refuse } from './refusals.ts'
import { refuseUnknown, textAt } from './request.ts'
import type { Content } from './request.ts'
import { closeTrade, refundedFen, refundTrade, tradeOf } from './trades.ts'
import { fenOf, yuanOf } from './wire.ts'

export type Method = {
  route: Route
  answer: (world: World, content: Content, fault: ActionKind | null, call: BillCall) => Content
}

const BUYER = '199******00'

const found = (world: World, content: Content): AlipayTrade => {
  const { trade_no: tradeNo } = content
  if (typeof tradeNo === 'string' && tradeNo !== '') {
    for (const trade of world.store.alipayTrades.values()) if (trade.tradeNo === tradeNo) return trade
    return refuse('missing')
  }
  return tradeOf(world, textAt(content, 'out_trade_no', 64)) ?? refuse('missing')
}

const numbersOf = (trade: AlipayTrade): Content => ({
  trade_no: trade.tradeNo,
  out_trade_no: trade.outTradeNo,
})

const query: Method = {
  route: 'alipay-query',
  answer: (world, content) => {
    refuseUnknown(content, ['out_trade_no', 'trade_no', 'query_options'])
    const trade = found(world, content)
    return {
      ...numbersOf(trade),
      buyer_logon_id: BUYER,
      trade_status: trade.state,
      total_amount: yuanOf(trade.totalFen),
      ...(trade.payTime === null ? {} : { send_pay_date: trade.payTime, buyer_user_id: trade.buyerId }),
    }
  },
}

const close: Method = {
  route: 'alipay-close',
  answer: (world, content) => {
    refuseUnknown(content, ['out_trade_no', 'trade_no', 'operator_id'])
    const trade = found(world, content)
    if (trade.state !== 'WAIT_BUYER_PAY') refuse('wrongState')
    closeTrade(world, trade)
    return numbersOf(trade)
  },
}

const refund: Method = {
  route: 'alipay-refund',
  answer: (world, content) => {
    refuseUnknown(content, ['out_trade_no', 'trade_no', 'refund_amount', 'out_request_no', 'refund_reason'])
    const trade = found(world, content)
    const refundFen = fenOf(content.refund_amount) ?? refuse('parameter', 'refund_amount')
    const { refund_reason: reason } = content
    const { moved, refund: made } = refundTrade(world, trade, {
      outRequestNo: textAt(content, 'out_request_no', 64),
      refundFen,
      reason: typeof reason === 'string' ? reason : null,
    })
    return {
      ...numbersOf(trade),
      buyer_logon_id: BUYER,
      fund_change: moved ? 'Y' : 'N',
      // Of the whole trade so far, not of this request.
      refund_fee: yuanOf(refundedFen(trade)),
      gmt_refund_pay: made.time,
    }
  },
}

const refundQuery: Method = {
  route: 'alipay-refund-query',
  answer: (world, content, fault) => {
    refuseUnknown(content, ['out_trade_no', 'trade_no', 'out_request_no', 'query_options'])
    const trade = found(world, content)
    const number = textAt(content, 'out_request_no', 64)
    const made = trade.refunds.find(({ outRequestNo }) => outRequestNo === number)
    // Not there yet and never there look the same.
    if (!made || fault === 'stale-view') return {}
    return {
      ...numbersOf(trade),
      out_request_no: number,
      total_amount: yuanOf(trade.totalFen),
      refund_amount: yuanOf(made.refundFen),
      refund_status: 'REFUND_SUCCESS',
      refund_reason: made.reason ?? '',
    }
  },
}

export const methods: Readonly<Record<string, Method>> = {
  'alipay.trade.query': query,
  'alipay.trade.close': close,
  'alipay.trade.refund': refund,
  'alipay.trade.fastpay.refund.query': refundQuery,
  'alipay.data.dataservice.bill.downloadurl.query': { route: 'alipay-bill', answer: offerBill },
}
