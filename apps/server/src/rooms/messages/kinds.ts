import type { CONSENT_TOPICS, MESSAGE_KINDS, MESSAGE_PAGES, PUSH_CHANNELS } from '@linli/contract/messages'

export type Kind = (typeof MESSAGE_KINDS)[number]
export type Page = (typeof MESSAGE_PAGES)[number]
export type Topic = (typeof CONSENT_TOPICS)[number]
export type Channel = (typeof PUSH_CHANNELS)[number]

/** Something its words may speak of. */
interface FieldNote {
  name: string
  meaning: string
  example: string
}

/** A kind of message as it is delivered; what head office changed about it is in message_template. */
export interface KindNote {
  name: string
  /** Needs its member's consent, in every channel, the inbox too. */
  marketing: boolean
  /** Of marketing: the first words of the shop's switch that speak of it (their number). Who agreed to older ones did not agree to this. */
  agreedFrom?: number
  title: string
  body: string
  fields: readonly FieldNote[]
  page: Page
  /** Pushed to one member on one business day, at most. */
  mostADay: number
  /** Held through the night. What cannot wait is of use at once or not at all. */
  waitsForMorning: boolean
}

const orderNo = { name: 'orderNo', meaning: '订单号', example: '2026112442646215' }
const store = { name: 'store', meaning: '门店', example: '襄都旗舰店' }

const presentFields = [
  { name: 'coupon', meaning: '送的券', example: '生日满30减10' },
  { name: 'day', meaning: '用到哪天', example: '12月26日' },
]

/** The words of the shop's switch that speak of presents too. */
export const PRESENTS_AGREED_FROM = 2

/** Every kind there is, in the order of the console. A new one is a row here and in the contract's list. */
export const KINDS: Readonly<Record<Kind, KindNote>> = {
  'order.ready': {
    name: '订单备好',
    marketing: false,
    title: '货备好了，来取吧',
    body: '{store}已经备好订单 {orderNo}，到店出示提货码就能取。',
    fields: [orderNo, store],
    page: 'order',
    mostADay: 10,
    waitsForMorning: false,
  },
  'order.refunded': {
    name: '退款到账',
    marketing: false,
    title: '退款 {amount} 退回了',
    body: '订单 {orderNo} 退了 {amount}，按付款时的方式退回。',
    fields: [orderNo, { name: 'amount', meaning: '退了多少', example: '¥12.80' }],
    page: 'order',
    mostADay: 10,
    waitsForMorning: true,
  },
  'aftersale.answered': {
    name: '售后有答复',
    marketing: false,
    title: '售后有答复了',
    body: '订单 {orderNo} 的售后：{answer}。',
    fields: [orderNo, { name: 'answer', meaning: '怎么答复的', example: '同意了，请把货带回来' }],
    page: 'aftersale',
    mostADay: 10,
    waitsForMorning: true,
  },
  'stock.back': {
    name: '到货提醒',
    marketing: false,
    title: '您等的货到了',
    body: '{store}的{goods}到货了。',
    fields: [{ name: 'goods', meaning: '商品', example: '内丘苹果 约1kg' }, store],
    page: 'product',
    mostADay: 5,
    waitsForMorning: true,
  },
  'coupon.expiring': {
    name: '券快到期',
    marketing: true,
    title: '有券快到期了',
    body: '「{coupon}」等 {count} 张券，{day} 后就不能用了。',
    fields: [
      { name: 'coupon', meaning: '最先到期的券', example: '满39减5' },
      { name: 'count', meaning: '几张', example: '2' },
      { name: 'day', meaning: '用到哪天', example: '11月26日' },
    ],
    page: 'coupons',
    mostADay: 1,
    waitsForMorning: true,
  },
  'present.birthday': {
    name: '生日礼',
    marketing: true,
    agreedFrom: PRESENTS_AGREED_FROM,
    title: '生日快乐，送您一张券',
    body: '祝您生日快乐！「{coupon}」已经放进您的券包，{day} 前都能用。',
    fields: presentFields,
    page: 'coupons',
    mostADay: 1,
    waitsForMorning: true,
  },
  'present.dormant': {
    name: '好久不见',
    marketing: true,
    agreedFrom: PRESENTS_AGREED_FROM,
    title: '好久不见，送您一张券',
    body: '有些日子没见您了。「{coupon}」已经放进您的券包，{day} 前都能用。',
    fields: presentFields,
    page: 'coupons',
    mostADay: 1,
    waitsForMorning: true,
  },
}

const BRACED = /\{([^{}]*)\}/g

/** Names in braces that this kind knows nothing of. */
export const unknownFields = (kind: Kind, text: string): string[] =>
  [...text.matchAll(BRACED)]
    .map((match) => match[1] ?? '')
    .filter((name) => !KINDS[kind].fields.some((field) => field.name === name))

/** Words with what they speak of put in. */
export const fill = (text: string, fields: Readonly<Record<string, string>>): string =>
  text.replaceAll(BRACED, (whole, name: string) => fields[name] ?? whole)
