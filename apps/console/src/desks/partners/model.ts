import type { In, Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import type { Tone } from '../../ui/state-tag.tsx'

export type Partner = Out<'GET /console/v1/partners'>['items'][number]
export type Key = Partner['keys'][number]
export type PartnerCall = Out<'GET /console/v1/partner-calls'>['items'][number]
export type MadeKey = Out<'POST /console/v1/partners/:partnerId/keys'>
type Wish = In<'POST /console/v1/partners'>['body']
export type Scope = Wish['scopes'][number]
export type Algorithm = In<'POST /console/v1/partners/:partnerId/keys'>['body']['algorithm']

export const pageSize = 30

/** What a system may be allowed, in the words of the shop. */
export const scopes: Record<Scope, { word: string; may: string }> = {
  'till:members': { word: '认会员', may: '扫会员码、报手机尾号' },
  'till:benefits': { word: '券和积分', may: '试算、占用、核销、冲正' },
  'till:sales': { word: '传小票', may: '上传销售和退货，减库存、记积分' },
  'till:offline': { word: '断网照收', may: '拿当天的离线包' },
  'feed:write': { word: '传数据', may: '报商品、价格、库存，按「数据同步」里的来源收' },
  'webhook:events': { word: '收推送', may: '订单、销售、库存变动' },
}
export const scopeWord = (scope: string): string =>
  Object.hasOwn(scopes, scope) ? scopes[scope as Scope].word : scope

export const algorithms: Record<Algorithm, { word: string; help: string }> = {
  'hmac-sha256': { word: '我们给一把密钥', help: '只显示一次，抄给对方' },
  ed25519: { word: '对方给公钥', help: '私钥从不离开对方的机器，更稳妥' },
}

const DAY_MS = 86_400_000
const SOON_DAYS = 30

/** A key in a word; one that ends soon is worth knowing before the till stands still. */
export const keyTag = ({ state, expiresAt }: Key, now: number): { tone: Tone; word: string } => {
  if (state === 'revoked') return { tone: 'over', word: '已停用' }
  const days = Math.ceil((Date.parse(expiresAt) - now) / DAY_MS)
  if (state === 'expired' || days <= 0) return { tone: 'alarm', word: '已到期' }
  return days <= SOON_DAYS ? { tone: 'waiting', word: `还有 ${days} 天到期` } : { tone: 'done', word: '在用' }
}

export const liveKeys = ({ keys }: Partner): Key[] => keys.filter(({ state }) => state === 'live')

/** A partner in a word. */
export const partnerTag = (partner: Partner, now: number): { tone: Tone; word: string } => {
  if (!partner.active) return { tone: 'over', word: '已停' }
  const live = liveKeys(partner)
  const [key] = live.toSorted((a, b) => (a.expiresAt < b.expiresAt ? 1 : -1))
  return key ? keyTag(key, now) : { tone: 'alarm', word: '没有能用的钥匙' }
}

/** A partner as it stands in the fields. */
export interface PartnerForm {
  code: string
  name: string
  scopes: Scope[]
  /** Empty: every store. */
  storeIds: string[]
  perMinute: string
  active: boolean
}
export const emptyForm: PartnerForm = {
  code: '',
  name: '',
  scopes: ['till:members', 'till:benefits', 'till:sales', 'till:offline'],
  storeIds: [],
  perMinute: '600',
  active: true,
}
export const formOf = ({ code, name, scopes: may, storeIds, perMinute, active }: Partner): PartnerForm => ({
  code,
  name,
  scopes: may.filter((scope): scope is Scope => Object.hasOwn(scopes, scope)),
  storeIds: storeIds ?? [],
  perMinute: String(perMinute),
  active,
})
/** The terms as the server takes them. */
export const termsOf = ({ name, scopes: may, storeIds, perMinute }: PartnerForm) => ({
  name: name.trim(),
  scopes: may,
  storeIds: storeIds.length > 0 ? storeIds.toSorted() : null,
  perMinute: Number(perMinute),
})

export type PartnerFaults = Partial<Record<keyof PartnerForm, string>>
/** Checks the fields the way the server will. */
export const partnerFaults = (form: PartnerForm): PartnerFaults => {
  const faults: PartnerFaults = {}
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(form.code)) faults.code = '小写字母、数字和 -，2 到 40 个'
  if (!form.name.trim()) faults.name = '名字要填'
  if (form.scopes.length === 0) faults.scopes = '至少选一样'
  const most = Number(form.perMinute)
  if (!Number.isInteger(most) || most < 1 || most > 100_000) faults.perMinute = '1 到 100000 的整数'
  return faults
}

export interface CallFilters {
  partnerId?: string
  outcome?: 'done' | 'refused'
  q?: string
}
/** Reads the log's filters out of the address; anything that cannot be a filter is left out. */
export const callFilters = (params: URLSearchParams): CallFilters => {
  const filters: CallFilters = {}
  const partnerId = params.get('partner')
  const outcome = params.get('outcome')
  const q = params.get('q')?.trim().slice(0, 60)
  if (partnerId && /^[0-9a-f-]{36}$/.test(partnerId)) filters.partnerId = partnerId
  if (outcome === 'done' || outcome === 'refused') filters.outcome = outcome
  if (q) filters.q = q
  return filters
}
export const callChips = ({ partnerId }: CallFilters, partners: readonly Partner[]): Chip[] =>
  partnerId
    ? [
        {
          key: 'partner',
          label: '接入方',
          value: partners.find(({ id }) => id === partnerId)?.name ?? partnerId.slice(-4),
        },
      ]
    : []

const refusals: Record<string, string> = {
  'partners.signature_wrong': '签名不对',
  'partners.signature_missing': '没有签名',
  'partners.clock_off': '时钟差五分钟以上',
  'partners.replayed': '重复的请求',
  'partners.key_ended': '钥匙已停或到期',
  'partners.off': '接入方已停',
  'partners.scope_missing': '没有这项权限',
  'partners.store_foreign': '不是它的门店',
  'partners.too_many': '超过每分钟上限',
  'partners.key_unknown': '不认识这把钥匙',
  'request.invalid': '内容不合格式',
  'request.too_large': '内容太大',
  'server.overloaded': '我们这边太忙',
  'server.failed': '我们这边出了错',
  'stores.missing': '没有这家门店',
  'members.blocked': '这位顾客被停用',
  'members.card_ambiguous': '几张卡同一个尾号',
  'members.card_expired': '会员码过期了',
  'members.card_forged': '会员码是假的',
  'members.card_locked': '试错太多，先锁住',
  'members.card_unknown': '没有这位顾客',
  'coupons.unusable': '券不能用',
  'points.unusable': '积分不能用',
  'pricing.amount_too_large': '金额太大',
  'tills.cursor_invalid': '翻页的记号不对',
  'tills.expired': '占用过期了',
  'tills.member_ref_wrong': '会员凭据不对',
  'tills.missing': '没有这一笔',
  'tills.receipt_missing': '没有这张小票',
  'tills.recorded': '小票已经记下',
  'tills.reversed': '已经冲正了',
  'tills.txn_reused': '小票号用过了',
  'feeds.as_of_invalid': '时间不对，或还没到',
  'feeds.key_reused': '同一个键，内容不同',
  'feeds.rows_differ': '行数对不上',
  'feeds.run_missing': '没有这次同步',
  'feeds.run_state': '这次同步已往下走了',
  'feeds.source_missing': '没有这个来源',
  'feeds.source_off': '来源停用了',
  'feeds.too_many_events': '一次传得太多',
  'feeds.topic_not_told': '没有开通这类数据',
}
/** Why a call was refused; what this build does not know is shown as it came. */
export const refusalWords = (code: string): string => refusals[code] ?? code

const routes: Record<string, string> = {
  'GET /partner/v1/me': '看自己能做什么',
  'GET /partner/v1/till/day-pack': '拿离线包',
  'GET /partner/v1/till/sales/:posTxnId': '查小票',
  'POST /partner/v1/till/members': '认会员',
  'POST /partner/v1/till/quotes': '试算优惠',
  'POST /partner/v1/till/reservations': '占用优惠',
  'POST /partner/v1/till/redemptions': '核销',
  'POST /partner/v1/till/reversals': '冲正',
  'POST /partner/v1/till/sales': '传小票',
  'GET /partner/v1/feeds/:sourceCode': '看数据收到哪了',
  'GET /partner/v1/feeds/:sourceCode/runs/:runId/faults': '看没收进来的行',
  'GET /partner/v1/feeds/:sourceCode/snapshots/:runId': '看全量收到哪了',
  'POST /partner/v1/feeds/:sourceCode/events': '传增量',
  'POST /partner/v1/feeds/:sourceCode/snapshots': '开始传全量',
  'PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo': '传全量的一份',
  'POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing': '全量传完',
}
/** What a call asked for, in the words of the shop. */
export const routeWords = ({ method, route }: Pick<PartnerCall, 'method' | 'route'>): string =>
  routes[`${method} ${route}`] ?? '别的'
