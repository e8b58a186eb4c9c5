import { businessDay } from '#kernel/clock'
import { yuan } from '#kernel/money'
import type { Notice, Source } from '#room/messages'
import { listTold, type ToldPosting } from './ledger.sql.ts'
import type { ApplicationRow } from './promoters.sql.ts'

const PAGE = { pageId: null }

/** What head office answered to an application; `reason` null: yes. */
export const decidedNotice = (
  { id, memberId }: Pick<ApplicationRow, 'id' | 'memberId'>,
  at: Date,
  reason: string | null,
): Notice => ({
  ...PAGE,
  memberId,
  at,
  ref: id,
  ...(reason === null
    ? { kind: 'promoter.approved' as const, fields: {} }
    : { kind: 'promoter.refused' as const, fields: { reason } }),
})

/** Ends that its owner chose: nobody is told what they just did. */
const OWN_DOING = ['MERCHANT_CANCEL', 'TAKEN_BACK']
const WHY: Readonly<Record<string, string>> = {
  OVERDUE_CLOSE: '24 小时没有确认收款',
  NOT_CONFIRMED: '没有确认收款',
  NAME_NOT_CORRECT: '姓名和微信实名不一致',
}

/** What a promoter is told of a row of their ledger; undefined: nothing. */
export function postingNotice({ memberId, at, reason, withdrawal }: ToldPosting): Notice | undefined {
  // Many orders come free in the same night: one word a day, and the page says how much.
  if (reason === 'free')
    return {
      ...PAGE,
      kind: 'commission.free',
      memberId,
      at,
      ref: `${memberId} ${businessDay(at)}`,
      fields: {},
    }
  if (!withdrawal) return undefined
  const { id, amountFen, netFen, trouble } = withdrawal
  if (reason === 'withdrawn')
    return {
      ...PAGE,
      kind: 'withdrawal.paid',
      memberId,
      at,
      ref: id,
      fields: { amount: `¥${yuan(netFen)}` },
    }
  if (trouble !== null && OWN_DOING.includes(trouble)) return undefined
  const fields = { amount: `¥${yuan(amountFen)}`, why: WHY[trouble ?? ''] ?? '微信没有转出' }
  return { ...PAGE, kind: 'withdrawal.failed', memberId, at, ref: id, fields }
}

/** Followed, not written along: whoever books pays nothing for it. */
export const commissionNews: Source = {
  name: 'commissions',
  book: 'commission_posting',
  notices: async (db, span) =>
    (await listTold(db, span)).map(postingNotice).filter((notice) => notice !== undefined),
}
