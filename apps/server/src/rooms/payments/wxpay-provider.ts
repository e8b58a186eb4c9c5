import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import type { Members } from '#room/members'
import { ProviderFault } from './provider-fault.ts'
import { FOR_A_BILL } from './trying.ts'
import type { Provider } from './provider.ts'
import type { Wxpay } from './wxpay-api.ts'
import { readWxpayNotice } from './wxpay-notices.ts'
import { refundSeen, tradeSeen } from './wxpay-trade.ts'

/** WeChat's prepay ids live two hours; ten minutes are left for the shopper to type a password. */
const PREPAY_SECONDS = 110 * 60
const PAID_CODES = new Set(['ORDERPAID', 'ORDER_PAID'])
const OURS = new Set([
  'NOT_ENOUGH',
  'SIGN_ERROR',
  'NO_AUTH',
  'MCH_NOT_EXISTS',
  'APPID_MCHID_NOT_MATCH',
  'RULE_LIMIT',
  'REQUEST_BLOCKED',
])

/** WeChat Pay as this room sees every provider. */
export const wxpayProvider = (
  wxpay: Wxpay,
  { clock }: Pick<Ctx, 'clock'>,
  members: Pick<Members, 'openidOf'>,
): Provider => ({
  name: 'wechat',
  label: '微信支付',
  desk: '微信商户平台',
  shares: true,
  payerOf: (memberId) => members.openidOf(memberId),
  async open({ outTradeNo, amountFen, payer: openid, profitSharing }, { title, until: payableUntil }) {
    const request = { outTradeNo, title, amountFen, openid, profitSharing, payableUntil }
    const prepayId = await wxpay.prepay(request)
    return { prepayId, prepayExpiresAt: secondsAfter(clock.now(), PREPAY_SECONDS) }
  },
  async present({ id: attemptId, outTradeNo, amountFen, prepayId }) {
    if (prepayId === null) throw new ProviderFault('ambiguous', 'NO_PREPAY_ID', outTradeNo)
    const params = await wxpay.payParams(prepayId)
    return { provider: 'wechat', attemptId, outTradeNo, amountFen, prepayId, params }
  },
  async trade(attempt, effort) {
    const trade = await wxpay.trade(attempt.outTradeNo, effort)
    // While opening, nothing was made or its prepay id never reached anybody. Later it cannot be true.
    if (trade === null) return attempt.state === 'OPENING' ? null : { state: 'unclear' }
    return tradeSeen(wxpay, attempt, trade)
  },
  async close({ outTradeNo }) {
    await wxpay.close(outTradeNo)
    return null
  },
  async refund({ outTradeNo, outRefundNo, reason, amountFen, totalFen }, effort) {
    const request = { outTradeNo, outRefundNo, reason, refundFen: amountFen, totalFen }
    return refundSeen(await wxpay.refund(request, effort))
  },
  async refundOf({ outRefundNo }, effort) {
    const reply = await wxpay.refundOf(outRefundNo, effort)
    return reply && refundSeen(reply)
  },
  readNotice: (delivery) => readWxpayNotice(wxpay, delivery),
  bills: {
    kinds: ['trade', 'funds'],
    party: wxpay.mchId,
    async offer(kind, day) {
      const offer = await wxpay.bill(kind, day, FOR_A_BILL)
      if (typeof offer === 'string') return offer
      const { sha1, url } = offer
      return { packing: 'gzip', sha1: sha1.toLowerCase(), bytes: () => wxpay.billBytes(url) }
    },
  },
  meansPaid: ({ code }) => PAID_CODES.has(code),
  isOursToMend: ({ status, code }) => status === 401 || OURS.has(code),
})
