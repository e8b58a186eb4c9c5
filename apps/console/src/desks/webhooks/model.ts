import type { In, Out } from '../../api.ts'
import type { Tone } from '../../ui/state-tag.tsx'

export type Endpoint = Out<'GET /console/v1/webhook-endpoints'>['items'][number]
export type Message = Out<'GET /console/v1/webhook-messages'>['items'][number]
export type EndpointForm = In<'POST /console/v1/webhook-endpoints'>['body'] & { active: boolean }
export const pageSize = 30

export const topicWords: Record<Endpoint['topics'][number], string> = {
  orders: '订单',
  sales: '成交',
  stock: '库存出入',
}
const kinds: Record<string, string> = {
  'order.place': '下单',
  'order.pay': '付款',
  'order.cancel': '取消',
  'order.ready': '备好',
  'order.hand_over': '交给顾客',
  'order.refund': '整单退款',
  'sale.completed': '成交明细',
  'stock.moved': '库存出入',
}
export const kindWords = (kind: string): string => kinds[kind] ?? kind

export const stateWords: Record<Message['state'], { word: string; tone: Tone }> = {
  DUE: { word: '待送', tone: 'waiting' },
  SENT: { word: '送到', tone: 'done' },
  DEAD: { word: '送不到', tone: 'alarm' },
}
/** What the last try was answered, for people. */
export const answerWords = ({ status, fault }: Pick<Message, 'status' | 'fault'>): string => {
  if (status !== null) return `对方答 ${status}`
  if (fault === null) return '还没送'
  const words: Record<string, string> = {
    timeout: '十秒没答',
    ECONNREFUSED: '对方没开门',
    ENOTFOUND: '找不到这个网址',
    EINSIDE: '网址指向内网，不送',
    address_inside: '网址指向内网，不送',
  }
  return words[fault] ?? `没连上（${fault}）`
}

export const standingOf = (endpoint: Endpoint): { word: string; tone: Tone } => {
  if (endpoint.stoppedAt) return { word: '五天送不到，已停', tone: 'alarm' }
  if (!endpoint.active) return { word: '停用', tone: 'over' }
  return endpoint.failingSince ? { word: '送不到，在重试', tone: 'alarm' } : { word: '在送', tone: 'done' }
}

export interface MessageFilters {
  endpointId?: string
  state?: Message['state']
}
/** Reads the filters out of the address; anything that cannot be one is left out. */
export const messageFilters = (params: URLSearchParams): MessageFilters => {
  const [endpointId, state] = [params.get('endpoint'), params.get('state')]
  return {
    ...(endpointId && /^[0-9a-f-]{36}$/.test(endpointId) ? { endpointId } : {}),
    ...(state && Object.hasOwn(stateWords, state) ? { state: state as Message['state'] } : {}),
  }
}

export const emptyForm: EndpointForm = {
  name: '',
  url: 'https://',
  topics: ['orders'],
  storeIds: null,
  active: true,
}
export const formFaults = ({
  name,
  url,
  topics,
}: EndpointForm): Partial<Record<keyof EndpointForm, string>> => ({
  ...(name.trim() === '' ? { name: '给它起个名字' } : {}),
  ...(/^https?:\/\/[^\s/]+/.test(url) ? {} : { url: '写完整的网址，https:// 开头' }),
  ...(topics.length === 0 ? { topics: '至少选一样' } : {}),
})
