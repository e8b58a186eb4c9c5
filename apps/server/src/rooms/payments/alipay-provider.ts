import { PAY_PAGE } from '@linli/contract/payments'
import { secondsAfter } from '#kernel/clock'
import type { AlipayConfig } from '#kernel/config'
import type { Ctx } from '#kernel/ctx'
import { yuan } from '#kernel/money'
import { BillReply, RefundReply, RefundThere, TradeReply } from './alipay-bodies.ts'
import { type Alipay, beijingTime, createAlipay, type Reply } from './alipay-client.ts'
import { readAlipayNotice } from './alipay-notices.ts'
import { fenOf, tradeSeen } from './alipay-trade.ts'
import type { Attempt } from './attempts.sql.ts'
import { isAmbiguous, isRefused, ProviderFault } from './provider-fault.ts'
import type { BillOffer, Payable, Provider, RefundSeen } from './provider.ts'
import type { Refund } from './refunds.sql.ts'
import { FOR_A_BILL, FOR_A_PERSON, type Effort, type Ports } from './trying.ts'
import { reader } from './reader.ts'

const TITLE_LENGTH = 128
const REASON_LENGTH = 80
/** Two clocks, and a shopper who pressed the button in the last second. */
const AFTERWARDS_SECONDS = 60
const NOT_THERE = 'ACQ.TRADE_NOT_EXIST'

const readTrade = reader(TradeReply)
const readRefund = reader(RefundReply)
const readThere = reader(RefundThere)
const readBill = reader(BillReply)

/**
 * Alipay for the shop in a browser (alipay.trade.wap.pay). A trade begins when the shopper signs in on Alipay's page, not when we make the address:
 * until then Alipay knows no such trade, and has nothing to close.
 */
export function alipayProvider({ config }: Pick<Ctx, 'config'>, keys: AlipayConfig, ports: Ports): Provider {
  const alipay = createAlipay(keys, ports)
  const { publicOrigin, unpaidMinutes } = config
  const refundOf = (refund: Refund, effort: Effort) => askForRefund(alipay, refund, effort)
  return {
    name: 'alipay',
    label: '支付宝',
    desk: '支付宝商家中心',
    shares: false,
    payerOf: async () => '',
    open: async () => ({ prepayId: null, prepayExpiresAt: null }),
    async present({ id: attemptId, outTradeNo, amountFen }, payable) {
      const page = `${publicOrigin}${PAY_PAGE}?id=${payable.orderId}`
      const content = payContent({ outTradeNo, amountFen }, payable, page)
      // Whoever paid is waited for; whoever left without paying sees at once that nothing was paid.
      const urls = { notifyUrl: `${publicOrigin}/hooks/alipay/payments`, returnUrl: `${page}&from=alipay` }
      const payUrl = alipay.pageUrl('alipay.trade.wap.pay', content, urls)
      return { provider: 'alipay', attemptId, outTradeNo, amountFen, payUrl }
    },
    async trade(attempt, effort) {
      const content = { out_trade_no: attempt.outTradeNo }
      const reply = await orNotThere(alipay.call('alipay.trade.query', content, effort))
      // Whoever has the address of an open attempt may still begin to pay it.
      if (reply === null) return attempt.state === 'OPEN' ? { state: 'waiting' } : null
      return tradeSeen(attempt, fitting(readTrade(reply), attempt))
    },
    async close({ outTradeNo, createdAt }) {
      const content = { out_trade_no: outTradeNo }
      const reply = await orNotThere(alipay.call('alipay.trade.close', content, FOR_A_PERSON))
      return reply ? null : secondsAfter(createdAt, unpaidMinutes * 60 + AFTERWARDS_SECONDS)
    },
    async refund(refund, effort) {
      const { outTradeNo, outRefundNo, amountFen, reason } = refund
      const content = {
        out_trade_no: outTradeNo,
        refund_amount: yuan(amountFen),
        out_request_no: outRefundNo,
        refund_reason: reason.slice(0, REASON_LENGTH),
      }
      try {
        fitting(readRefund(await alipay.call('alipay.trade.refund', content, effort)), refund)
      } catch (fault) {
        const there = isAmbiguous(fault) ? await refundOf(refund, effort).catch(() => null) : null
        if (there) return there
        throw fault
      }
      // That it was taken on is all the answer says: a repeat says the same of a refund made long ago. How much went back, the query knows.
      return (await refundOf(refund, effort)) ?? underWay(refund)
    },
    refundOf,
    readNotice: (delivery) => readAlipayNotice(alipay, delivery),
    bills: { kinds: ['trade'], party: keys.sellerId, offer: (_kind, day) => offerBill(alipay, day) },
    meansPaid: () => false,
    isOursToMend: ({ code }) => code.startsWith('isv.') || code === 'ACQ.SELLER_BALANCE_NOT_ENOUGH',
  }
}

const payContent = (
  { outTradeNo, amountFen }: Pick<Attempt, 'outTradeNo' | 'amountFen'>,
  { title, until }: Payable,
  quitUrl: string,
): object => ({
  out_trade_no: outTradeNo,
  total_amount: yuan(amountFen),
  // Alipay forbids these three in a title.
  subject: title.replaceAll(/[/=&]/g, ' ').slice(0, TITLE_LENGTH),
  product_code: 'QUICK_WAP_WAY',
  time_expire: beijingTime(until),
  quit_url: quitUrl,
})

async function askForRefund(
  alipay: Alipay,
  { outTradeNo, outRefundNo }: Refund,
  effort: Effort,
): Promise<RefundSeen | null> {
  const content = { out_trade_no: outTradeNo, out_request_no: outRefundNo }
  const reply = await orNotThere(alipay.call('alipay.trade.fastpay.refund.query', content, effort))
  const there = reply && readThere(reply)
  if (!there || there.refund_status === undefined) return null
  const [refundFen, totalFen] = [fenOf(there.refund_amount), fenOf(there.total_amount)]
  if (there.out_request_no !== outRefundNo || refundFen === null || totalFen === null) return unexpected()
  return {
    outTradeNo: there.out_trade_no ?? '',
    refundFen,
    totalFen,
    state: there.refund_status === 'REFUND_SUCCESS' ? 'SUCCESS' : 'PROCESSING',
    providerId: outRefundNo,
  }
}

/** Also what Alipay says before it has made the bill, and of a day without trades. */
const NO_BILL = 'isp.bill_not_exist'

async function offerBill(alipay: Alipay, day: string): Promise<BillOffer> {
  const content = { bill_type: 'trade', bill_date: day }
  const reply = await alipay
    .call('alipay.data.dataservice.bill.downloadurl.query', content, FOR_A_BILL)
    .catch((fault: unknown) => {
      if (fault instanceof ProviderFault && fault.code === NO_BILL) return null
      throw fault
    })
  if (reply === null) return 'none'
  const { bill_download_url: url } = readBill(reply) ?? unexpected()
  return { packing: 'zip', sha1: null, bytes: () => alipay.bytes(url) }
}

const underWay = ({ outTradeNo, outRefundNo, amountFen, totalFen }: Refund): RefundSeen => ({
  outTradeNo,
  refundFen: amountFen,
  totalFen,
  state: 'PROCESSING',
  providerId: outRefundNo,
})

const orNotThere = (call: Promise<Reply>): Promise<Reply | null> =>
  call.catch((fault: unknown) => {
    if (isRefused(fault) && fault.code === NOT_THERE) return null
    throw fault
  })

// A signed answer of another shape, or about something else, is not the answer we asked for: we still do not know.
function fitting<T extends { out_trade_no: string }>(
  reply: T | null,
  { outTradeNo }: { outTradeNo: string },
): T {
  return reply !== null && reply.out_trade_no === outTradeNo ? reply : unexpected()
}
const unexpected = (): never => {
  throw new ProviderFault('ambiguous', 'UNEXPECTED', 'signed, but not what was asked for')
}
