import type { In, Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'

export type Campaign = Out<'GET /console/v1/campaigns'>['items'][number]
export type CampaignInput = In<'POST /console/v1/campaigns'>['body']
export type Trial = Out<'POST /console/v1/campaign-trials'>
export type ShopCampaign = Trial['shop'][number]
export type Fault = Trial['faults'][number]
export type Figures = Out<'GET /console/v1/campaigns/:campaignId/figures'>
export type CampaignEvent = Out<'GET /console/v1/campaigns/:campaignId/events'>['items'][number]
export type Kind = Campaign['kind']
type State = Campaign['state']

export const pageSize = 30

const states = { LIVE: '进行中', SCHEDULED: '排好了', DRAFT: '草稿', ENDED: '已结束' } as const
export const stateChoices = Object.entries(states) as [State, string][]

export interface CampaignFilters {
  state?: State
}
/** Reads the list's filter out of the address; anything that cannot be one is left out. */
export const campaignFilters = (params: URLSearchParams): CampaignFilters => {
  const state = params.get('state')
  return state !== null && Object.hasOwn(states, state) ? { state: state as State } : {}
}

/** A campaign's state in a word. */
export const standingOf = ({
  state,
  paused,
  stopReason,
}: Pick<Campaign, 'state' | 'paused' | 'stopReason'>): { word: string; tone: Tone } => {
  if (paused) return { word: '暂停中', tone: 'alarm' }
  if (stopReason !== null) return { word: '已停止', tone: 'over' }
  const tones: Record<State, Tone> = { DRAFT: 'waiting', SCHEDULED: 'doing', LIVE: 'sale', ENDED: 'over' }
  return { word: states[state], tone: tones[state] }
}

export interface Totals {
  quota: number
  carved: number
  released: number
  taken: number
  /** Released and not in an order. */
  left: number
}
/** Its pieces over all stores and goods. */
export const totalsOf = (stock: Campaign['stock']): Totals => {
  const sum = (of: (each: Campaign['stock'][number]) => number) =>
    stock.reduce((all, each) => all + of(each), 0)
  const released = sum((each) => each.released)
  const taken = sum((each) => each.taken)
  return {
    quota: sum((each) => each.quota),
    carved: sum((each) => each.carved),
    released,
    taken,
    left: released - taken,
  }
}
/** Holds in every store and for each of the goods, not only in sum. */
export const notOversold = (stock: Campaign['stock']): boolean =>
  stock.every(
    ({ quota, carved, released, taken }) => taken <= released && released <= carved && carved <= quota,
  )

/** `鲜鸡蛋 30枚`, `鲜鸡蛋 30枚 等 3 样`. */
export const goodsWords = ({ goods }: Pick<Campaign, 'goods'>): string => {
  const [first, ...others] = goods
  if (!first) return '送券，不卖商品'
  return others.length > 0 ? `${first.name} 等 ${goods.length} 样` : first.name
}
/** `¥19.90`, `¥9.90 起`; nothing where it sells no goods. */
export const priceWords = ({ items }: Pick<Campaign, 'items'>): string => {
  const prices = items.map(({ priceFen }) => priceFen)
  if (prices.length === 0) return ''
  const fen = Math.min(...prices)
  return `${formatFen(fen)}${prices.some((each) => each !== fen) ? ' 起' : ''}`
}
/** Where it is: the stores of its goods, or those that its terms name. */
export const storesOf = ({ items, terms }: Pick<Campaign, 'items' | 'terms'>): string[] => [
  ...new Set(
    'storeIds' in terms
      ? terms.storeIds
      : items.flatMap(({ quotas }) => quotas.map(({ storeId }) => storeId)),
  ),
]

const verbs: Record<string, string> = {
  draft: '新建草稿',
  edit: '改了草稿',
  schedule: '排上了',
  arm: '留货',
  start: '开始',
  pause: '暂停',
  resume: '恢复',
  stop: '紧急停止',
  end: '结束',
}
export const verbWords = (verb: string): string => verbs[verb] ?? verb

/** What a change will be, said before the button. */
const consequences = {
  pause: [
    '全部门店马上不再卖这一场，正在下单的也抢不到；提交的那一刻就算数。',
    '已经下单还没付的，照样能在付款时限里付。',
    '留出来的货不动，时间照走：到点照样结束。随时能恢复。',
  ],
  stop: [
    '全部门店马上结束这一场，再也不能恢复；要接着办就复制一份。',
    '没人下单的货当场放回货架。',
    '已经付款的订单不变；下单还没付的照样能付，没付关闭的货回货架。',
  ],
} as const

/** What stopping leaves of orders that are paid: groups that are not complete give everything back. */
export const paidAfterStop = (kind: Campaign['kind']): string =>
  kind === 'group' ? '没拼成的团马上关掉，付的钱自动全退；拼成的订单不变。' : '付了款的订单不变。'

/** What will come of pausing or stopping it, in order. */
export const consequencesOf = (act: 'pause' | 'stop', kind: Campaign['kind']): readonly string[] =>
  act === 'stop' && kind === 'group'
    ? [...consequences.stop.slice(0, -1), paidAfterStop(kind)]
    : consequences[act]

/** One number against another from before, in words; nothing to compare with says so. */
export const changeWords = (now: number, before: number): { word: string; up: boolean } | undefined => {
  if (before === 0) return undefined
  const tenths = Math.round(((now - before) / before) * 1000)
  return { word: `${tenths < 0 ? '↓' : '↑'} ${Math.abs(tenths) / 10}%`, up: tenths >= 0 }
}

/** What will happen after it is scheduled, in order. */
export const agendaOf = (
  { startsAt, endsAt, armMinutes }: Pick<CampaignInput, 'startsAt' | 'endsAt' | 'armMinutes'>,
  { quota, shelf, now }: { quota: number; shelf: boolean; now: number },
): { at: string; words: string }[] => {
  const armAt = Date.parse(startsAt) - armMinutes * 60_000
  const starts = Date.parse(startsAt)
  const pieces = `从货架上留出 ${quota.toLocaleString('en-US')} 件，别的订单用不了`
  const goods = quota > 0
  return [
    {
      at: '现在',
      words: `条款定住，不能再改${goods ? '；这些天里这几样商品不能再排别的活动' : ''}`,
    },
    ...(goods && shelf ? [{ at: armAt <= now ? '现在' : new Date(armAt).toISOString(), words: pieces }] : []),
    starts <= now ? { at: '现在', words: '马上开始' } : { at: startsAt, words: '自己开始' },
    { at: endsAt, words: goods && shelf ? '自己结束，没卖完的放回货架' : '自己结束' },
  ]
}
