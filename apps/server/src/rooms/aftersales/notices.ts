import type { Source } from '#room/messages'
import { listSteps, type ToldStep } from './notices.sql.ts'
import type { State, Verb } from './states.ts'

const BRING: Partial<Record<State, string>> = {
  WAIT_RETURN: '同意了，请把货带回来',
  WAIT_COLLECT: '同意了，来拿换的货',
  REFUNDING: '同意了，正在退款',
}
/** What a step by somebody else than the shopper answers them; a verb that is not here answers nothing. */
const ANSWERS: Partial<Record<Verb, Partial<Record<State, string>>>> = {
  approve: BRING,
  approve_refund: { WAIT_RETURN: '同意退款，请把货带回来' },
  agree_late: BRING,
  reject: { REJECTED: '没有同意，点开看原因' },
  accept_goods: { WAIT_COLLECT: '货验过了，来拿换的货', REFUNDING: '货验过了，正在退款' },
  refuse_goods: { INSPECT_REJECTED: '验收没过，点开看原因' },
  grant: BRING,
  grant_refund: { WAIT_RETURN: '申诉通过，请把货带回来退款' },
  waive_goods: BRING,
  waive_refund: { REFUNDING: '申诉通过，正在退款' },
  uphold: { REJECTED: '申诉没有通过，点开看原因' },
  expire: { CANCELLED: '过期没带货来，申请关闭了' },
}

export const answerOf = ({ verb, to }: Pick<ToldStep, 'verb' | 'to'>): string | undefined =>
  ANSWERS[verb]?.[to]

/** Answers to requests, told to who asked. */
export const aftersaleNews: Source = {
  name: 'aftersales',
  book: 'aftersale_event',
  notices: async (db, span) =>
    (await listSteps(db, span)).flatMap((step) => {
      const answer = answerOf(step)
      const { id, at, memberId, orderNo, aftersaleId } = step
      if (answer === undefined) return []
      const fields = { orderNo, answer }
      return { memberId, kind: 'aftersale.answered', ref: String(id), at, fields, pageId: aftersaleId }
    }),
}
