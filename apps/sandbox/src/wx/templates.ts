/** The subscribe-message templates that the pretended merchant picked from the pretended library, one-time subscriptions all of them. */
import { createHash } from 'node:crypto'

export type SubscribeTemplate = {
  id: string
  title: string
  /** What each keyword is called on the phone, in the order it is shown. */
  keywords: Record<string, string>
}

const idOf = (name: string): string =>
  createHash('sha256').update(`linli sandbox template ${name}`).digest('base64url')

/** By the product's kind of message, with the product's field for each keyword: goes into `merchant.json`. */
const PICKED = {
  'order.ready': {
    title: '取货提醒',
    keywords: { character_string1: ['订单号', 'orderNo'], thing2: ['取货门店', 'store'] },
  },
  'order.refunded': {
    title: '退款通知',
    keywords: { character_string1: ['订单号', 'orderNo'], amount2: ['退款金额', 'amount'] },
  },
  'aftersale.answered': {
    title: '售后进度提醒',
    keywords: { character_string1: ['订单号', 'orderNo'], thing3: ['处理结果', 'answer'] },
  },
  'stock.back': {
    title: '到货提醒',
    keywords: { thing1: ['商品名称', 'goods'], thing4: ['门店', 'store'] },
  },
  'coupon.expiring': {
    title: '优惠券到期提醒',
    keywords: { thing1: ['优惠券', 'coupon'], number2: ['张数', 'count'], thing3: ['到期日', 'day'] },
  },
  'present.birthday': {
    title: '生日礼到账提醒',
    keywords: { thing1: ['优惠券', 'coupon'], thing3: ['到期日', 'day'] },
  },
  'present.dormant': {
    title: '优惠券到账提醒',
    keywords: { thing1: ['优惠券', 'coupon'], thing3: ['到期日', 'day'] },
  },
  'group.gathered': { title: '拼团成功通知', keywords: { thing1: ['商品名称', 'goods'] } },
  'group.failed': { title: '拼团失败通知', keywords: { thing1: ['商品名称', 'goods'] } },
  'group.one_left': {
    title: '拼团进度提醒',
    keywords: { thing1: ['商品名称', 'goods'], thing2: ['截止时间', 'until'] },
  },
  'bargain.reached': {
    title: '砍价成功提醒',
    keywords: { thing1: ['商品名称', 'goods'], amount2: ['底价', 'price'], thing3: ['留到', 'until'] },
  },
  'bargain.lost': {
    title: '砍价失效提醒',
    keywords: { thing1: ['商品名称', 'goods'] },
  },
  'campaign.soon': {
    title: '活动开始提醒',
    keywords: { thing1: ['商品名称', 'goods'], time2: ['开始时间', 'time'], thing3: ['门店', 'store'] },
  },
  'withdrawal.paid': { title: '提现到账通知', keywords: { amount1: ['到账金额', 'amount'] } },
  'withdrawal.failed': {
    title: '提现失败通知',
    keywords: { amount1: ['提现金额', 'amount'], thing2: ['失败原因', 'why'] },
  },
} satisfies Record<string, { title: string; keywords: Record<string, readonly [string, string]> }>

type Keywords = [string, readonly [string, string]][]
const kinds = Object.entries(PICKED).map(([kind, { title, keywords }]) => ({
  kind,
  title,
  keywords: Object.entries(keywords) as Keywords,
}))

export const subscribeTemplates: readonly SubscribeTemplate[] = kinds.map(({ kind, title, keywords }) => ({
  id: idOf(kind),
  title,
  keywords: Object.fromEntries(keywords.map(([keyword, [name]]) => [keyword, name])),
}))

/** What the product is told of them. */
export const pickedTemplates = (): Record<string, { id: string; fields: Record<string, string> }> =>
  Object.fromEntries(
    kinds.map(({ kind, keywords }) => [
      kind,
      {
        id: idOf(kind),
        fields: Object.fromEntries(keywords.map(([keyword, [, field]]) => [keyword, field])),
      },
    ]),
  )
