import { momentOf } from './times.ts'
import type { Aftersale, AftersaleSummary } from './wire.ts'

type State = AftersaleSummary['state']
type Kind = AftersaleSummary['kind']
type Reason = AftersaleSummary['reason']

const AFTERSALE_STATES: Record<State, string> = {
  APPLIED: '等门店答复',
  WAIT_RETURN: '请带货来退',
  RETURNED: '门店在验收',
  WAIT_COLLECT: '来拿换的货',
  REFUNDING: '正在退款',
  REFUND_FAILED: '退款有点问题',
  DONE: '已退款',
  REJECTED: '没有同意',
  INSPECT_REJECTED: '验收没过',
  APPEALED: '总部在看',
  CANCELLED: '已撤销',
}
export const REASONS: Record<Reason, string> = {
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
/** What can be asked for, as the shopper chooses between them. */
export const KINDS: Record<Kind, string> = {
  uncollected: '还没取货，退款',
  claim: '拍照退款，货不用还',
  return: '退货退款',
  exchange: '换货，换一个一样的',
}
/** The state of a request in a word, for lists. */
export const aftersaleWord = ({ state, kind }: Pick<AftersaleSummary, 'state' | 'kind'>): string =>
  kind === 'exchange' && state === 'DONE' ? '换好了' : AFTERSALE_STATES[state]
/** What of a list of goods is done: 退 or 换. */
export const deedWord = (kind: Kind): string => (kind === 'exchange' ? '换' : '退')

/** True while something is still to happen. */
const isOpen = ({ state }: Pick<AftersaleSummary, 'state'>): boolean =>
  !['DONE', 'REJECTED', 'INSPECT_REJECTED', 'CANCELLED'].includes(state)

export interface AftersaleHeadline {
  title: string
  /** What happens next, and by when. */
  note: string
  tone: 'go' | 'wait' | 'rest'
}

const by = ({ dueAt }: Pick<Aftersale, 'dueAt'>, now: number): string =>
  dueAt === null ? '' : `${momentOf(dueAt, now)} 前`

const HEADLINES: Record<State, (asked: Aftersale, now: number) => AftersaleHeadline> = {
  APPLIED: (asked, now) => ({
    title: '等门店答复',
    note:
      asked.kind === 'uncollected'
        ? `${by(asked, now)}会答复；没答复就自动退给您。没答复前来取货，申请就自动关闭`
        : `门店在 ${by(asked, now)}答复`,
    tone: 'wait',
  }),
  WAIT_RETURN: (asked, now) => ({
    title: '门店同意了，请带货来',
    note: `${by(asked, now)}，到任意一家门店的服务台，报下面的退货码${asked.kind === 'exchange' ? '。要换的已经给您留着' : ''}`,
    tone: 'go',
  }),
  RETURNED: (asked) => ({
    title: '货收到了，正在验收',
    note: `货在${asked.returnStoreName ?? '门店'}，验收通过${asked.kind === 'exchange' ? '就能换走新的' : '马上退款'}`,
    tone: 'wait',
  }),
  WAIT_COLLECT: (asked, now) => ({
    title: '换的货备好了，来拿吧',
    note: `${by(asked, now)}，到${asked.holdStoreName ?? asked.storeName}，报下面的换货码。到时没来拿就把钱退给您`,
    tone: 'go',
  }),
  REFUNDING: () => ({
    title: '正在退款',
    note: '怎么付的怎么退：网上付的一般几分钟到账，柜台付的到柜台领',
    tone: 'go',
  }),
  REFUND_FAILED: () => ({
    title: '退款卡住了，我们在处理',
    note: '这笔钱没能退进去，门店的人会跟到底，钱不会少',
    tone: 'wait',
  }),
  DONE: ({ kind, refundedAt }, now) =>
    kind === 'exchange'
      ? { title: '换好了', note: '新的已经交给您', tone: 'rest' }
      : {
          title: '已退款',
          note: refundedAt ? `${momentOf(refundedAt, now)} 按原路退回` : '门店已经和您结清',
          tone: 'rest',
        },
  REJECTED: (asked, now) => ({ title: '门店没有同意', note: appealNote(asked, now), tone: 'rest' }),
  INSPECT_REJECTED: (asked, now) => ({ title: '验收没有通过', note: appealNote(asked, now), tone: 'rest' }),
  APPEALED: (asked, now) => ({ title: '总部在看您的申诉', note: `${by(asked, now)}给您答复`, tone: 'wait' }),
  CANCELLED: () => ({ title: '申请已撤销', note: '没有退款，订单照旧', tone: 'rest' }),
}
const appealNote = (asked: Aftersale, now: number): string =>
  asked.mayAppeal ? `不服可以向总部申诉一次，${by(asked, now)}有效` : '这是最后的决定'

/** The headline of a request and what comes next. */
export const aftersaleHeadline = (asked: Aftersale, now: number): AftersaleHeadline =>
  HEADLINES[asked.state](asked, now)

const VERBS: Record<string, string> = {
  apply: '您提交了申请',
  apply_agreed: '您申请整单退款，马上办',
  approve: '门店同意了',
  approve_refund: '门店同意了，没货可换，改成退款',
  agree_late: '门店没按时答复，自动同意',
  reject: '门店没有同意',
  cancel: '您撤销了申请',
  expire: '过期没带货来，自动关闭',
  overtake: '货已经取走，自动关闭',
  receive: '门店收到退货',
  accept_goods: '验收通过',
  refuse_goods: '验收没有通过',
  appeal: '您向总部申诉',
  grant: '总部支持您',
  grant_refund: '总部支持您，没货可换，改成退款',
  waive_goods: '总部支持您，货不用再还',
  waive_refund: '总部支持您，没货可换，改成退款',
  uphold: '总部维持门店的决定',
  stall: '退款卡住了',
  resend: '重新退款',
  settle: '门店和您结清',
  finish: '退款到账',
  give: '换的货交给您了',
  fall_back: '不换了，改成退款',
}

export interface AftersaleMoment {
  title: string
  at: string
  words: string | null
}
/** What has happened, latest first. */
export const aftersaleMoments = (asked: Aftersale, now: number): AftersaleMoment[] =>
  asked.events.reduceRight<AftersaleMoment[]>(
    (all, { verb, at, words }) =>
      all.concat({ title: VERBS[verb] ?? '有进展', at: momentOf(at, now), words }),
    [],
  )

const STRAIGHT = ['已申请', '门店同意', '退款到账'] as const
const STEPS: Record<Kind, readonly string[]> = {
  uncollected: STRAIGHT,
  claim: STRAIGHT,
  return: ['已申请', '门店同意', '带货来退', '退款到账'],
  exchange: ['已申请', '门店同意', '带货来换', '拿走新的'],
}

/** The steps of a request: what happened, and the one that is waited for; none once it ended without money. */
export function aftersaleSteps({ kind, state }: Pick<Aftersale, 'kind' | 'state'>): {
  name: string
  state: 'done' | 'now' | 'later'
}[] {
  const names = STEPS[kind]
  const last = names.length - 1
  const reached: Partial<Record<State, number>> = {
    APPLIED: 1,
    APPEALED: 1,
    WAIT_RETURN: 2,
    RETURNED: 2,
    WAIT_COLLECT: last,
    REFUNDING: last,
    REFUND_FAILED: last,
    DONE: last,
  }
  const at = reached[state]
  if (at === undefined) return []
  return names.map((name, i) => ({
    name,
    state: i < at || state === 'DONE' ? 'done' : i === at ? 'now' : 'later',
  }))
}

/** What a sum is: on its way, there, or only what was asked for. */
export const sumWords = (asked: Pick<Aftersale, 'state'>): string =>
  asked.state === 'DONE' ? '已退回' : isOpen(asked) ? '按原路退回' : '申请的金额'

/** `4821 0937 55`: easy to read out. */
export const spacedCode = (code: string): string => code.replace(/^(\d{4})(\d{4})(\d+)$/, '$1 $2 $3')
