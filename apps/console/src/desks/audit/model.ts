import type { AUDITED } from '@linli/contract/staff'

import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { formatFen } from '../../ui/fen.ts'

export type AuditEvent = Out<'GET /console/v1/audit-events'>['items'][number]
export const pageSize = 30

/** What deeds can be about, in the words of the desks. */
export const aboutWords: Record<(typeof AUDITED)[number], string> = {
  staff: '账号与登录',
  catalog: '商品',
  inventory: '库存',
  orders: '订单',
  payments: '收付款',
  aftersales: '售后',
  reconciliation: '财务对账',
  pricing: '促销',
  coupons: '优惠券',
  points: '积分',
  members: '会员',
  tiers: '会员等级',
  cards: '老会员卡',
  ledgers: '储值余额',
  stores: '门店',
  partners: '开放平台',
  feeds: '数据同步',
  webhooks: '消息推送',
  messages: '消息',
  promoters: '推广',
  rewards: '任务',
  commissions: '推广员',
  campaigns: '活动',
  shares: '分享',
  tills: '收银与核销',
  audiences: '人群和标签',
  drops: '定向发券',
}
export type About = keyof typeof aboutWords

export interface AuditFilters {
  q?: string
  about?: About
}

/** Reads the list's filters out of the address; anything that cannot be a filter is left out. */
export const auditFilters = (params: URLSearchParams): AuditFilters => {
  const filters: AuditFilters = {}
  const q = params.get('q')?.trim().slice(0, 40)
  const about = params.get('about')
  if (q) filters.q = q
  if (about && Object.hasOwn(aboutWords, about)) filters.about = about as About
  return filters
}

export const auditChips = ({ about }: AuditFilters): Chip[] =>
  about ? [{ key: 'about', label: '关于', value: aboutWords[about] }] : []

/** Who did it: the person's name where an account did. */
export const doerWords = ({ actor, actorName }: Pick<AuditEvent, 'actor' | 'actorName'>): string =>
  actorName ?? (actor === 'operator' ? '服务器上的技术同事' : actor)

/** What was changed, with the page behind it where there is one. */
export const subjectOf = (subject: string): { word: string; to?: string } => {
  const [kind, id = ''] = subject.split(':')
  if (kind === 'product') return { word: '看商品', to: `/goods/${id}` }
  if (kind === 'order') return { word: '看订单', to: `/orders/${id}` }
  if (kind === 'store') return { word: id, to: `/stores/${id}` }
  if (kind === 'coupon_template') return { word: '看券', to: `/coupons/${id}` }
  if (kind === 'till_sale') return { word: '看柜台核销', to: `/coupons/redemptions?redemption=${id}` }
  if (kind === 'audience') return { word: '看人群', to: `/audiences/${id}` }
  if (kind === 'member') return { word: '看会员', to: `/members/${id}` }
  if (kind === 'tier_terms') return { word: '看等级', to: '/members/tiers' }
  if (kind === 'old_card') return { word: `卡号 ${id}`, to: `/members/old-cards?q=${id}` }
  if (kind === 'old_cards') return { word: `${id} 张卡` }
  if (kind === 'points_terms') return { word: '看积分规则', to: '/points' }
  if (kind === 'guide_code' || kind === 'guide_terms') return { word: '看推广', to: '/guidance' }
  if (kind === 'share_terms') return { word: '看分享', to: '/guidance/shares' }
  if (kind === 'promoter') return { word: '看推广员', to: '/guidance/promoters?view=promoters' }
  if (kind === 'commission_terms') return { word: '看推广规则', to: '/guidance/promoters?view=terms' }
  if (kind === 'commission_account') return { word: '看佣金', to: '/guidance/promoters?view=withdrawals' }
  if (kind === 'message_template') return { word: '看消息', to: '/messages' }
  if (kind === 'staff' || kind === 'partner') return { word: id }
  if (kind === 'products') return { word: `${id} 个商品` }
  return { word: '' }
}

const fields: Record<string, string> = {
  staffId: '谁的码',
  touchDays: '扫码有效天数',
  holdDays: '取走几天后给',
  registerFen: '新会员奖励',
  orderFen: '首单奖励',
  leastFen: '首单至少留下',
  inLedger: '记进佣金账',
  depth: '几级',
  bindMode: '绑定规则',
  bindDays: '绑定几天',
  selfReward: '自己买也提成',
  dailyFen: '一天最多',
  tax: '个税',
  taxNote: '个税怎么办',
  enabled: '发不发',
  byWechat: '发到微信',
  bySms: '发短信',
  body: '内容',
  name: '名称',
  role: '角色',
  storeIds: '门店',
  active: '在用',
  face: '端',
  subtitle: '副标题',
  description: '介绍',
  categoryId: '分类',
  unit: '单位',
  barcode: '条码',
  weight: '称重',
  components: '套餐里有',
  speciality: '本地特产',
  facts: '食品标签',
  pictureIds: '图片',
  priceFen: '门店价',
  onlinePriceFen: '线上价',
  shelf: '货位',
  onShelf: '上架',
  onHand: '在手',
  safety: '安全库存',
  reason: '原因',
  note: '说明',
  rows: '行',
  added: '新增',
  changed: '改动',
  state: '状态',
  payState: '付款',
  refundState: '退款',
  amountFen: '金额',
  pieces: '件数',
  parts: '分几笔退',
  provider: '怎么付的',
  tender: '怎么付的',
  tenderedFen: '顾客给了',
  slip: '凭证号',
  resolution: '怎么处理的',
  phone: '电话',
  address: '地址',
  opensAt: '开门',
  closesAt: '打烊',
  open: '线上接单',
  slotMinutes: '每段分钟',
  slotCapacity: '每段单数',
  pickupHint: '取货怎么走',
  pickup: '到店自提',
  pickup_slots: '预约自提时段',
  profit_sharing: '收款参加分账',
  label: '名字',
  kind: '种类',
  validDays: '有效天数',
  most: '最多发',
  mostEach: '每人最多',
  granted: '已发',
  payFen: '应付',
  memberIds: '发给',
  couponIds: '撤回',
  endedAt: '停发时间',
  pointsPerYuan: '多少分抵一元',
  capBp: '最多抵万分之',
  minOrderFen: '满多少可抵',
  fenPerPoint: '付多少得一分',
  frozenDays: '待生效天数',
  validMonths: '有效月数',
  since: '从什么时候起',
  owner: '谁在办',
  refund: '退款单',
  report: '报什么',
  code: '代号',
  scopes: '能做什么',
  perMinute: '每分钟最多',
  keyId: '钥匙',
  algorithm: '签名方式',
  expiresAt: '到期',
  url: '网址',
  topics: '报什么',
  partnerCode: '接入方',
  byBarcode: '按条码认',
  priceUnit: '价格单位',
  productFacts: '以它为准的内容',
  staleMinutes: '几分钟算过时',
  stopMinutes: '几分钟停快销品',
  widen: '留法',
  widenBy: '留多少',
  fastPerDay: '一天卖几件算快销',
  set: '对上',
  dropped: '去掉',
  codes: '编码',
  tried: '重收',
  mended: '收进来',
  topic: '报什么',
  asOf: '截至',
  absent: '没写的商品',
  file: '文件',
  until: '旧的认到',
  messages: '几条',
  from: '从',
  to: '到',
  bindingId: '绑定编号',
  memberId: '会员编号',
  points: '积分',
  growth: '成长值',
  lost: '挂失',
  growthPerYuan: '1 元得成长值',
  periodMonths: '一期月数',
  tiers: '等级',
  exceptCategoryIds: '除外分类',
}

const values: Record<string, string> = {
  hq: '总部',
  manager: '店长',
  clerk: '店员',
  picker: '拣货',
  console: '管理台',
  floor: '店员页面',
  PENDING_PAY: '待付款',
  WAIT_BALANCE: '待付尾款',
  WAIT_GOODS: '等到货',
  DEPOSIT: '付了首款',
  PAID: '已付款',
  UNPAID: '没付款',
  CANCELLED: '已取消',
  WAIT_GROUP: '等成团',
  CLOSED_REFUND: '已退款',
  NONE: '没退',
  PENDING: '退款中',
  FULL: '已退款',
  wechat: '微信',
  alipay: '支付宝',
  stored_value: '储值余额',
  cash: '现金',
  card: '刷卡',
  ADJUST: '盘点',
  RECEIVE: '收货',
  RETURN: '退货回架',
  stock: '库存',
  prices: '价格',
  products: '商品',
  orders: '订单',
  sales: '成交',
  erp: 'ERP',
  till: '收银系统',
  folder: '专人导文件',
  yuan: '元',
  fen: '分',
  pieces: '按件',
  percent: '按百分比',
  days: '按几天的量',
  name: '名称',
  unit: '单位',
  category: '分类',
  barcode: '条码',
}

const longest = 40

const valueWords = (key: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return '空'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return key.endsWith('Fen') ? formatFen(value) : String(value)
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string' && each.length < 12)
      ? value.map((each) => valueWords(key, each)).join('、') || '空'
      : `${value.length} 个`
  if (typeof value !== 'string') return '见记录'
  const text = values[value] ?? value
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const named = (key: string, value: unknown, nameOf: (id: string) => string): unknown => {
  if (!/categoryIds?$/i.test(key)) return value
  if (Array.isArray(value)) return value.map((id) => (typeof id === 'string' ? nameOf(id) : id))
  return typeof value === 'string' ? nameOf(value) : value
}

export interface Difference {
  field: string
  before?: string
  after?: string
}

/** What a deed changed, field by field, in words; what was not there before has only an after. */
export const differences = (
  { before, after }: Pick<AuditEvent, 'before' | 'after'>,
  /** What a category is called; the trail keeps its id. */
  categoryName: (id: string) => string = (id) => id,
): Difference[] => {
  const words = (key: string, value: unknown) => valueWords(key, named(key, value, categoryName))
  const was = isRecord(before) ? before : undefined
  const is = isRecord(after) ? after : {}
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])].map((key) => ({
    field: fields[key] ?? key,
    ...(was ? { before: words(key, was[key]) } : {}),
    ...(key in is ? { after: words(key, is[key]) } : {}),
  }))
}
