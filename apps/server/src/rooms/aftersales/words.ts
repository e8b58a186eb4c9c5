import type { Reason } from './options.ts'
import type { Kind } from './states.ts'

const KINDS: Readonly<Record<Kind, string>> = {
  uncollected: '未取货退款',
  claim: '收货问题退款',
  return: '退货退款',
  exchange: '换货',
}
const REASONS: Readonly<Record<Reason, string>> = {
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

/** What the shopper reads in WeChat beside the refund. */
export const refundWords = (kind: Kind, reason: Reason): string => `${KINDS[kind]}：${REASONS[reason]}`
