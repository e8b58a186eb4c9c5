import type { CONSENT_TOPICS, MESSAGE_KINDS, MESSAGE_PAGES, PUSH_CHANNELS } from '@linli/contract/messages'
import { BOX_KINDS } from './box-kinds.ts'
import { orderNo, store } from './fields.ts'

export type Kind = (typeof MESSAGE_KINDS)[number]
export type Page = (typeof MESSAGE_PAGES)[number]
export type Topic = (typeof CONSENT_TOPICS)[number]
export type Channel = (typeof PUSH_CHANNELS)[number]

/** Something its words may speak of. */
export interface FieldNote {
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

const presentFields = [
  { name: 'coupon', meaning: '送的券', example: '生日满30减10' },
  { name: 'day', meaning: '用到哪天', example: '12月26日' },
]

const balanceFields = [
  { name: 'amount', meaning: '尾款多少', example: '¥78.40' },
  { name: 'until', meaning: '最晚什么时候付', example: '12 月 10 日 20:00' },
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
  'presale.balance': {
    name: '可以付尾款',
    marketing: false,
    title: '预售可以付尾款了',
    body: '订单 {orderNo} 的尾款 {amount} 现在可以付了，{until} 前付清。',
    fields: [orderNo, ...balanceFields],
    page: 'order',
    mostADay: 5,
    waitsForMorning: true,
  },
  'presale.ending': {
    name: '尾款快到期',
    marketing: false,
    title: '尾款快到期了',
    body: '订单 {orderNo} 还有尾款 {amount} 没付，{until} 后就不能付了。',
    fields: [orderNo, ...balanceFields],
    page: 'order',
    mostADay: 5,
    waitsForMorning: true,
  },
  'presale.arrived': {
    name: '预售到货',
    marketing: false,
    title: '预售的货到店了',
    body: '订单 {orderNo} 的货已到{store}，出示提货码就能取。',
    fields: [orderNo, store],
    page: 'order',
    mostADay: 10,
    waitsForMorning: true,
  },
  ...BOX_KINDS,
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
  'drop.coupon': {
    name: '定向送券',
    marketing: true,
    agreedFrom: PRESENTS_AGREED_FROM,
    title: '送您一张券',
    body: '{words}「{coupon}」已经放进您的券包，{day} 前都能用。',
    fields: [{ name: 'words', meaning: '这一轮写的话', example: '周末多囤点，' }, ...presentFields],
    page: 'coupons',
    mostADay: 1,
    waitsForMorning: true,
  },
  'group.gathered': {
    name: '成团',
    marketing: false,
    title: '拼成了',
    body: '您拼的{goods}人齐了，店里开始备货，备好会再告诉您。',
    fields: [{ name: 'goods', meaning: '商品', example: '纯牛奶 250ml×12' }],
    page: 'group',
    mostADay: 10,
    waitsForMorning: true,
  },
  'group.failed': {
    name: '没拼成',
    marketing: false,
    title: '没拼成，钱全额退回',
    body: '您拼的{goods}人没凑齐，付的钱按原路全额退回，不用您操作。',
    fields: [{ name: 'goods', meaning: '商品', example: '纯牛奶 250ml×12' }],
    page: 'group',
    mostADay: 10,
    waitsForMorning: true,
  },
  'group.one_left': {
    name: '还差一人成团',
    marketing: false,
    title: '还差 1 位就成团',
    body: '您拼的{goods}还差 1 位邻居，{until} 截止。',
    fields: [
      { name: 'goods', meaning: '商品', example: '纯牛奶 250ml×12' },
      { name: 'until', meaning: '截止', example: '11月23日 21:06' },
    ],
    page: 'group',
    mostADay: 3,
    waitsForMorning: false,
  },
  // What is set aside is not for long: it cannot wait for the morning.
  'bargain.reached': {
    name: '砍到底价',
    marketing: false,
    title: '砍到底价了，去下单',
    body: '{goods}砍到 {price} 了，货给您留到 {until}，过时让给别人。',
    fields: [
      { name: 'goods', meaning: '商品', example: '保温杯 500ml' },
      { name: 'price', meaning: '底价', example: '¥29.90' },
      { name: 'until', meaning: '留到几时', example: '11月26日 15:30' },
    ],
    page: 'rally',
    mostADay: 5,
    waitsForMorning: false,
  },
  'bargain.lost': {
    name: '砍价的货没留住',
    marketing: false,
    title: '留货时间过了',
    body: '{goods}砍到了底价，但留货时间里没有下单，货已经让给别人，这次砍价作废。',
    fields: [{ name: 'goods', meaning: '商品', example: '保温杯 500ml' }],
    page: 'rally',
    mostADay: 5,
    waitsForMorning: true,
  },
  'campaign.soon': {
    name: '秒杀开始提醒',
    marketing: false,
    title: '您预约的秒杀快开始了',
    body: '{store}的{goods}，{time} 开抢。',
    fields: [
      { name: 'goods', meaning: '商品', example: '鲜鸡蛋 30 枚' },
      { name: 'time', meaning: '几点开始', example: '20:00' },
      store,
    ],
    page: 'campaigns',
    mostADay: 5,
    waitsForMorning: false,
  },
  'promoter.approved': {
    name: '推广申请通过',
    marketing: false,
    title: '推广申请通过了',
    body: '您现在是推广员了，推广中心里有您的推广码。',
    fields: [],
    page: 'promoter',
    mostADay: 1,
    waitsForMorning: true,
  },
  'promoter.refused': {
    name: '推广申请没通过',
    marketing: false,
    title: '推广申请没有通过',
    body: '原因：{reason}。可以再申请。',
    fields: [{ name: 'reason', meaning: '为什么', example: '请写清打算在哪里推广' }],
    page: 'promoter',
    mostADay: 1,
    waitsForMorning: true,
  },
  'commission.free': {
    name: '佣金可以提现',
    marketing: false,
    title: '有佣金可以提现了',
    body: '有顾客的订单过了售后期，佣金可以提现了，多少钱推广中心里看得到。',
    fields: [],
    page: 'promoter',
    mostADay: 1,
    waitsForMorning: true,
  },
  'withdrawal.paid': {
    name: '佣金到账',
    marketing: false,
    title: '{amount} 到账了',
    body: '您提现的佣金 {amount} 已经转进您的微信零钱。',
    fields: [{ name: 'amount', meaning: '到账多少', example: '¥86.00' }],
    page: 'promoter',
    mostADay: 5,
    waitsForMorning: true,
  },
  'withdrawal.failed': {
    name: '提现没有成',
    marketing: false,
    title: '提现没有成',
    body: '提现 {amount} 没有转出：{why}。钱退回可提现，可以再提。',
    fields: [
      { name: 'amount', meaning: '提现多少', example: '¥86.00' },
      { name: 'why', meaning: '为什么', example: '24 小时没有确认收款' },
    ],
    page: 'promoter',
    mostADay: 5,
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
