import type { In, Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import type { Tone } from '../../ui/state-tag.tsx'

export type Templates = Out<'GET /console/v1/message-templates'>
export type Template = Templates['items'][number]
export type TemplateInput = In<'PUT /console/v1/message-templates/:kind'>['body']
export type Logged = Out<'GET /console/v1/messages'>['items'][number]
export type Push = Logged['pushes'][number]
export type Kind = Logged['kind']
export const pageSize = 20

export const kindWords: Record<Kind, string> = {
  'order.ready': '订单备好',
  'order.refunded': '退款到账',
  'presale.balance': '可以付尾款',
  'presale.ending': '尾款快到期',
  'presale.arrived': '预售到货',
  'box.ordered': '周期购下了单',
  'box.short': '周期购没订上',
  'box.paused': '周期购暂停',
  'drop.coupon': '定向送券',
  'box.arrived': '周期购到货',
  'aftersale.answered': '售后有答复',
  'stock.back': '到货提醒',
  'coupon.expiring': '券快到期',
  'present.birthday': '生日礼',
  'present.dormant': '好久不见',
  'group.gathered': '成团',
  'group.failed': '没拼成',
  'group.one_left': '还差一人成团',
  'bargain.reached': '砍到底价',
  'bargain.lost': '砍价的货没留住',
  'campaign.soon': '秒杀开始提醒',
  'promoter.approved': '推广申请通过',
  'promoter.refused': '推广申请没通过',
  'commission.free': '佣金可以提现',
  'withdrawal.paid': '佣金到账',
  'withdrawal.failed': '提现没有成',
}
export const fateWords = {
  waiting: '还没发',
  sent: '发出去了',
  skipped: '没发',
  failed: '没发成',
  withheld: '顾客看不到',
} as const
export type Fate = keyof typeof fateWords

export const channelWords: Record<Push['channel'], string> = { wechat: '微信', sms: '短信' }
const states: Record<Push['state'], { word: string; tone: Tone }> = {
  WAITING: { word: '等着发', tone: 'waiting' },
  SENDING: { word: '正在发', tone: 'doing' },
  SENT: { word: '发了', tone: 'done' },
  SKIPPED: { word: '没发', tone: 'over' },
  FAILED: { word: '没发成', tone: 'alarm' },
  UNKNOWN: { word: '不知道发没发成', tone: 'alarm' },
}
export const stateOf = ({ state }: Pick<Push, 'state'>) => states[state]

const reasons: Record<string, string> = {
  off: '这类消息关着',
  no_consent: '顾客没同意收优惠提醒',
  read: '顾客已经在小程序里看过',
  channel_off: '这类不发到这里',
  not_set_up: '还没配好',
  no_quota: '顾客没点过允许，或次数用完了',
  sms_not_wanted: '顾客没开短信',
  no_phone: '顾客没绑手机',
  capped: '今天给这位顾客发够了',
  night: '夜里不打扰，早上 8 点发',
  NO_ANSWER: '对方没有回话；怕发两遍，不再发',
  NO_PHONE: '顾客没绑手机',
  NO_TEMPLATE: '微信模板没配',
  REFUSED: '短信网关没有收',
  BUSY: '短信网关忙，过一会儿再发',
  '43101': '微信说顾客没允许，次数清零了',
  '47003': '微信说内容不合模板（47003），请技术同事看看关键词对应',
  '40037': '微信说没有这个模板（40037），请核对模板编号',
  '40003': '微信说没有这位用户（40003）',
  '45009': '微信今天的次数用完了（45009），过一会儿再发',
  '-1': '微信忙，过一会儿再发',
}
/** Why it is so; undefined where there is nothing to say. */
export const reasonWords = (reason: string | null): string | undefined =>
  reason === null ? undefined : (reasons[reason] ?? `微信没有收（${reason}）`)

export const withheldWords = (withheld: NonNullable<Logged['withheld']>): string =>
  reasons[withheld] ?? withheld

export interface Filters {
  kind?: Kind
  fate?: Fate
  q?: string
}
/** Reads the list's filters out of the address; anything that cannot be one is left out. */
export const filtersOf = (params: URLSearchParams): Filters => {
  const [kind, fate, q] = [params.get('kind'), params.get('fate'), params.get('q')?.trim().slice(0, 40)]
  return {
    ...(kind && Object.hasOwn(kindWords, kind) ? { kind: kind as Kind } : {}),
    ...(fate && Object.hasOwn(fateWords, fate) ? { fate: fate as Fate } : {}),
    ...(q ? { q } : {}),
  }
}
export const chipsOf = ({ kind, fate }: Filters): Chip[] => [
  ...(kind ? [{ key: 'kind', label: '哪类', value: kindWords[kind] }] : []),
  ...(fate ? [{ key: 'fate', label: '结果', value: fateWords[fate] }] : []),
]
export const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

export const inputOf = ({ enabled, byWechat, bySms, title, body }: Template): TemplateInput => ({
  enabled,
  byWechat,
  bySms,
  title,
  body,
})

/** What is wrong with the words, as the server would find it; undefined when nothing is. */
export const wordsFault = (text: string, fields: Template['fields']): string | undefined => {
  if (text.trim() === '') return '不能空着'
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1] ?? '')
    .find((name) => !fields.some((field) => field.name === name))
  return unknown === undefined ? undefined : `没有 {${unknown}} 这一项`
}

/** The words as a shopper would read them, with examples put in. */
export const previewOf = (text: string, fields: Template['fields']): string =>
  text.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    return fields.find((field) => field.name === name)?.example ?? whole
  })

/** Where it goes, in a few words. */
export const waysOf = ({ enabled, byWechat, bySms, wechatReady }: Template): string => {
  if (!enabled) return '关着，不发'
  const ways = ['站内', ...(byWechat && wechatReady ? ['微信'] : []), ...(bySms ? ['短信'] : [])]
  return ways.join('、')
}
