import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type Tender = Out<'GET /console/v1/orders/:orderId'>['payments'][number]['provider']

/** What an order was paid with, as people at the counter say it. */
export const TENDER_WORDS: Record<Tender, string> = {
  wechat: '微信',
  alipay: '支付宝',
  stored_value: '储值余额',
  cash: '现金',
  card: '刷卡',
}

/** How money of each tender reaches the shopper again. */
const BACK_WORDS: Record<Tender, string> = {
  wechat: '原路退回微信',
  alipay: '原路退回支付宝',
  stored_value: '退回储值余额',
  cash: '柜台退现金',
  card: '柜台退回卡里',
}

/** Where the money of a refund goes. */
export type Parts = readonly { provider: Tender; amountFen: number }[]

/** `原路退回微信`; of several parts each with its sum. */
export const backWords = (parts: Parts): string => {
  const [only] = parts
  if (!only) return '没有钱要退'
  if (parts.length === 1) return BACK_WORDS[only.provider]
  return parts.map(({ provider, amountFen }) => `${BACK_WORDS[provider]} ${formatFen(amountFen)}`).join('，')
}

/** The first thing that happens when somebody presses refund. */
export const backStep = (parts: Parts): string => {
  const counter = parts.some(({ provider }) => provider === 'cash' || provider === 'card')
  const online = parts.some(({ provider }) => provider === 'wechat' || provider === 'alipay')
  const later = [
    ...(online ? ['一般几分钟内到账'] : []),
    ...(counter ? ['柜台的部分等店员当面退给顾客'] : []),
  ]
  return [backWords(parts), ...later].join('，')
}
