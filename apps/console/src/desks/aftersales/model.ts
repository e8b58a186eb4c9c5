import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { formatFen } from '../../ui/fen.ts'
import type { Tone } from '../../ui/state-tag.tsx'
import { duration } from '../../ui/time.ts'

export type AftersaleRow = Out<'GET /console/v1/aftersales'>['items'][number]
export type Aftersale = Out<'GET /console/v1/aftersales/:aftersaleId'>
export type Counts = Out<'GET /console/v1/aftersales'>['counts']
type State = AftersaleRow['state']
type Kind = AftersaleRow['kind']
type Reason = AftersaleRow['reason']
export type Tab = 'applied' | 'appealed' | 'returning' | 'refunding' | 'failed' | 'ended'
export const pageSize = 20

/** What each state is called here, and how its tag is drawn. */
const stateWords: Record<State, { word: string; tone: Tone }> = {
  APPLIED: { word: '等我们答复', tone: 'waiting' },
  WAIT_RETURN: { word: '等顾客带货来', tone: 'waiting' },
  RETURNED: { word: '货到了，等验收', tone: 'doing' },
  WAIT_COLLECT: { word: '等顾客来换走', tone: 'waiting' },
  REFUNDING: { word: '退款中', tone: 'doing' },
  REFUND_FAILED: { word: '退款没成', tone: 'alarm' },
  DONE: { word: '已退款', tone: 'done' },
  REJECTED: { word: '没有同意', tone: 'over' },
  INSPECT_REJECTED: { word: '验收没过', tone: 'over' },
  APPEALED: { word: '申诉到总部', tone: 'alarm' },
  CANCELLED: { word: '已撤销', tone: 'over' },
}
export const stateOf = ({
  state,
  kind,
}: Pick<AftersaleRow, 'state' | 'kind'>): { word: string; tone: Tone } =>
  kind === 'exchange' && state === 'DONE' ? { word: '已换好', tone: 'done' } : stateWords[state]
export const kindWords: Record<Kind, string> = {
  uncollected: '没取货，退款',
  claim: '拍照退，不用还货',
  return: '退货退款',
  exchange: '换货',
}
export const reasonWords: Record<Reason, string> = {
  changed_mind: '不想要了',
  mistake: '拍错了',
  too_slow: '等太久了',
  spoiled: '坏了',
  damaged: '破损',
  short: '少给了',
  not_as_described: '和描述不一样',
  no_reason: '七天无理由',
  defect: '质量问题',
  wrong_item: '发错了',
}

export const tabWords: Record<Tab, string> = {
  applied: '等答复',
  appealed: '申诉',
  returning: '退换中',
  failed: '退款没成',
  refunding: '退款中',
  ended: '已结束',
}
const isTab = (word: string | null): word is Tab => word !== null && Object.hasOwn(tabWords, word)
const isKind = (word: string | null): word is Kind => word !== null && Object.hasOwn(kindWords, word)

export interface AftersaleFilters {
  tab: Tab
  kind?: Kind
  q?: string
}
/** Reads the list's filters out of the address; anything that cannot be one is left out. */
export const aftersaleFilters = (params: URLSearchParams): AftersaleFilters => {
  const [tab, kind, q] = [params.get('tab'), params.get('kind'), params.get('q')?.trim().slice(0, 40)]
  return {
    tab: isTab(tab) ? tab : 'applied',
    ...(isKind(kind) ? { kind } : {}),
    ...(q ? { q } : {}),
  }
}
/** The tabs above the list; the first is where a day begins. */
export const aftersaleTabs = (counts: Counts | undefined, chosen: Tab) =>
  (Object.keys(tabWords) as Tab[]).map((tab) => ({
    key: tab,
    label: tabWords[tab],
    count: counts?.[tab],
    change: { tab: tab === 'applied' ? undefined : tab },
    on: tab === chosen,
  }))
export const aftersaleChips = ({ kind }: AftersaleFilters): Chip[] =>
  kind ? [{ key: 'kind', label: '怎么退', value: kindWords[kind] }] : []
export const kindChoices = (Object.keys(kindWords) as Kind[]).map((value) => ({
  value,
  label: kindWords[value],
}))

/** How many wait for somebody: answers, appeals and refunds that failed. */
export const waitingCount = (counts: Counts): number =>
  (counts['applied'] ?? 0) + (counts['appealed'] ?? 0) + (counts['failed'] ?? 0)

const waitsForUs = ['APPLIED', 'APPEALED', 'RETURNED']
/** `还有 3 时 8 分`, `已超 2 小时`; nothing where nobody waits. `late` is a matter of ours. */
export const dueWords = (
  { state, dueAt }: Pick<AftersaleRow, 'state' | 'dueAt'>,
  now: number,
): { words: string; late: boolean } | undefined => {
  if (!dueAt || ![...waitsForUs, 'WAIT_RETURN', 'WAIT_COLLECT'].includes(state)) return undefined
  const left = Math.round((Date.parse(dueAt) - now) / 1000)
  if (left >= 0) return { words: `还有 ${duration(left)}`, late: false }
  return { words: `已超 ${duration(-left)}`, late: waitsForUs.includes(state) }
}

/** Why a refund failed, in words; the code stays beside it for whoever looks it up. */
export const troubleWords = (trouble: string | null): string => {
  const known: Record<string, string> = {
    ABNORMAL: '微信退不进顾客的卡。到「收付款核对」改退到顾客别的卡，退成后这里会自己结束。',
    CLOSED: '微信关掉了这笔退款，钱没有出去。可以重新退，或线下退给顾客后写明。',
    NOT_ENOUGH: '商户账户余额不够。充值后重新退。',
    'orders.not_refundable': '这一单的钱已经在别处退完了。核对后写明怎么处理的。',
    'orders.refund_too_many': '这些件数已经在别处退过了。核对后写明怎么处理的。',
  }
  return known[trouble ?? ''] ?? '这笔退款没有办成，钱没有出去。可以重新退，或线下退给顾客后写明。'
}

/** What happens when somebody agrees, in order. */
export const approvalSteps = ({ kind, amountFen, lines }: Aftersale): string[] => {
  if (kind === 'return')
    return ['顾客收到退货码，7 天内带货到任意一家门店', '店里验收通过后才退钱', '7 天没带来，申请自动关闭']
  const names = lines.map(({ name, quantity, unit }) => `${quantity} ${unit}${name}`).join('、')
  if (kind === 'exchange')
    return [
      `马上预占 ${names}；没货可换就自动改成退货退款，${formatFen(amountFen)}`,
      '顾客收到退货码，7 天内带货到任意一家门店',
      '验收通过后凭换货码换走，不退钱；7 天没来拿改成退款',
    ]
  return [
    `${formatFen(amountFen)} 按原路退回：网上付的一般几分钟内到账，柜台收的等店员当面退`,
    kind === 'uncollected' ? `${names} 从这一单里拿掉，库存马上放回可售` : '货不用还，库存不动',
    '顾客在售后详情里看到你写的话',
  ]
}

/** What a finished step is called; an unknown verb is shown as it came. */
export const verbWords: Record<string, string> = {
  apply: '顾客提交申请',
  apply_agreed: '顾客整单退款，还没备货，当场同意',
  approve: '门店同意',
  approve_refund: '门店同意，没货可换，改成退款',
  agree_late: '48 小时没答复，自动同意',
  reject: '门店没有同意',
  cancel: '顾客撤销',
  expire: '7 天没带货来，自动关闭',
  overtake: '货被取走，申请自动关闭',
  receive: '门店收到退货',
  accept_goods: '验收通过',
  refuse_goods: '验收没过，货还给顾客',
  appeal: '顾客向总部申诉',
  grant: '总部支持顾客',
  grant_refund: '总部支持顾客，没货可换，改成退款',
  waive_goods: '总部支持顾客，不用再还货',
  waive_refund: '总部支持顾客，没货可换，改成退款',
  uphold: '总部维持原来的决定',
  stall: '退款没成',
  resend: '重新退款',
  settle: '线下处理好了',
  finish: '退款到账',
  give: '换的货交给顾客',
  fall_back: '不换了，改成退款',
}

/** What is waited for now, in one sentence, where nobody here has to act. */
export const nextWords = (asked: Aftersale): string => {
  switch (asked.state) {
    case 'APPLIED':
      return '等卖出的门店答复。'
    case 'WAIT_RETURN':
      return `等顾客报退货码、把货带来。收货在列表右上角「收退货」。${asked.kind === 'exchange' ? '要换的已经预占。' : ''}`
    case 'WAIT_COLLECT':
      return `换的货在${asked.holdStoreId ?? asked.storeId} ${asked.holdStoreName ?? ''}预占着，等顾客报换货码来拿。7 天没来拿就退款。`
    case 'RETURNED':
      return `货在${asked.returnStoreName ?? '收货门店'}，等那家店验收。`
    case 'REFUNDING':
      return '退款已经提交，到账后这里自己变成「已退款」。'
    case 'APPEALED':
      return '等总部看。'
    case 'REFUND_FAILED':
      return '等卖出的门店处理。'
    case 'REJECTED':
    case 'INSPECT_REJECTED':
      return asked.dueAt ? '顾客 7 天内可以向总部申诉一次。' : '总部看过了，这就是最后的决定。'
    case 'DONE':
    case 'CANCELLED':
      return '已经结束，不用再做什么。'
  }
}

/** Words a store says often; each can be changed before it is sent. */
export const usualWords = {
  approve: ['给您添麻烦了，马上退', '东西没检查好，抱歉'],
  exchange: ['东西没检查好，给您换', '拿错了，抱歉'],
  reject: ['照片里看不出问题，能补一张吗', '已经开封食用，不能退', '超过可退的时间了'],
  refuse: ['外包装已经打开', '不是从我们店买的这一件'],
} as const
