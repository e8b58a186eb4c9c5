import { orderNo, store } from './fields.ts'
import type { Kind, KindNote } from './kinds.ts'

/** What members are told of their boxes. */
export const BOX_KINDS = {
  'box.ordered': {
    name: '周期购下了单',
    marketing: false,
    title: '这一周的订好了，去付款',
    body: '{goods}：{day} 到{store}取，{until} 前付款才备货，不要就不用管。',
    fields: [
      { name: 'goods', meaning: '商品', example: '一周蔬菜箱' },
      { name: 'day', meaning: '哪天取', example: '12月5日' },
      { name: 'until', meaning: '最晚什么时候付', example: '12 月 4 日 20:00' },
      store,
    ],
    page: 'order',
    mostADay: 5,
    waitsForMorning: true,
  },
  'box.short': {
    name: '周期购没订上',
    marketing: false,
    title: '这一周没订上',
    body: '{goods}：{day} 这一周没能替您订上，没有收钱，下一周照常。',
    fields: [
      { name: 'goods', meaning: '商品', example: '一周蔬菜箱' },
      { name: 'day', meaning: '哪天取', example: '12月5日' },
    ],
    page: 'box',
    mostADay: 5,
    waitsForMorning: true,
  },
  'box.paused': {
    name: '周期购暂停',
    marketing: false,
    title: '周期购暂停了',
    body: '{goods}连续两周没付款，先替您停了。还想要，随时可以恢复。',
    fields: [{ name: 'goods', meaning: '商品', example: '一周蔬菜箱' }],
    page: 'box',
    mostADay: 5,
    waitsForMorning: true,
  },
  'box.arrived': {
    name: '周期购到货',
    marketing: false,
    title: '这一周的到店了',
    body: '订单 {orderNo} 的货已到{store}，出示提货码就能取。',
    fields: [orderNo, store],
    page: 'order',
    mostADay: 10,
    waitsForMorning: true,
  },
} as const satisfies Partial<Record<Kind, KindNote>>
