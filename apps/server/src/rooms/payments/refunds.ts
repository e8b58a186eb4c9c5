import { inOneStatement, inTx } from '#kernel/db'
import { SYSTEM } from '#kernel/actor'
import { raise } from './alarms.ts'
import { closeAlarmsOfRefund } from './alarms.sql.ts'
import type { RefundOutcome } from './facts.ts'
import { refundMayMove } from './refund-states.ts'
import * as sql from './refunds.sql.ts'
import type { Room } from './room.ts'
import { inRounds, someAtATime } from '#kernel/turns'
import type { RefundReply } from './wxpay-bodies.ts'
import { FOR_A_SWEEP } from './wxpay-client.ts'
import { WxpayFault } from './wxpay-fault.ts'

/** Seconds between tries, and between questions; the last repeats: a refund to a slow bank takes days. */
const GAPS = [10, 30, 60, 180, 600, 1800, 3600, 10_800, 21_600]
const CLAIM = 20
/** Refunds are few, and WeChat allows six erring calls a second. */
const AT_ONCE = 2
/** About a day and a half after it was accepted. */
const SLOW_TRIES = GAPS.length + 4

/** The sweep: asks for refunds that are due, and asks what became of those under way. */
export const workRefunds = (room: Room): Promise<void> =>
  inRounds(async () => {
    const { ctx } = room
    const due = await inOneStatement(ctx.db, (tx) => sql.claimDue(tx, ctx.clock.now(), GAPS, CLAIM))
    await someAtATime(due, AT_ONCE, async (refund) => {
      await work(room, refund).catch((error: unknown) =>
        ctx.log.error({ err: error, refund: refund.outRefundNo }, 'refund failed'),
      )
    })
    return due.length === CLAIM
  })

/** Sends a refund that WeChat has not accepted yet; asks about one that it has. */
export const work = (room: Room, refund: sql.Refund): Promise<void> =>
  refund.state === 'PENDING' ? ask(room, refund) : follow(room, refund)

/** Asks WeChat to give the money back: always under the same number with the same words, so that it happens once. */
async function ask(room: Room, refund: sql.Refund): Promise<void> {
  const { outTradeNo, outRefundNo, reason, amountFen, totalFen } = refund
  try {
    const request = { outTradeNo, outRefundNo, reason, refundFen: amountFen, totalFen }
    await apply(room, refund, await room.wxpay.refund(request, FOR_A_SWEEP))
  } catch (fault) {
    if (!(fault instanceof WxpayFault)) throw fault
    room.ctx.log.warn({ err: fault, refund: outRefundNo }, 'refund not accepted')
    if (isOursToMend(fault)) await waitForPerson(room, refund, fault)
    else if (fault.kind === 'refused') await concludeRefusal(room, refund, fault)
    else await note(room, refund, fault.code)
  }
}

// An empty merchant account, a wrong clock, key or permission say nothing about this refund: it waits, and a person is told.
const OURS = new Set([
  'NOT_ENOUGH',
  'SIGN_ERROR',
  'NO_AUTH',
  'MCH_NOT_EXISTS',
  'APPID_MCHID_NOT_MATCH',
  'RULE_LIMIT',
  'REQUEST_BLOCKED',
])
const isOursToMend = ({ status, code }: WxpayFault): boolean => status === 401 || OURS.has(code)

async function waitForPerson(room: Room, refund: sql.Refund, { code }: WxpayFault): Promise<void> {
  // WeChat's code for an empty account is also that for money which is frozen, or gone to others already.
  const shared = refund.profitSharing && code === 'NOT_ENOUGH'
  const trouble = shared ? 'PROFIT_SHARING' : code
  await note(room, refund, trouble)
  const why = shared
    ? '这笔收款参加了分账，钱冻结着或已经分出去；请先在商户平台分账回退或解冻'
    : '请检查商户账户余额与配置'
  await alarm(room, refund, trouble, `退款暂未发出（${trouble}），系统会用同一单号继续尝试；${why}`)
}

/** A refusal may be about a number that an earlier, unheard call used: what is there is the truth. */
async function concludeRefusal(room: Room, refund: sql.Refund, refusal: WxpayFault): Promise<void> {
  const there = await whatIsThere(room, refund)
  if (there) await apply(room, refund, there)
  if (there === null) await conclude(room, refund, 'FAILED', { providerId: null, trouble: refusal.code })
}

/** Asks WeChat about a refund and applies the answer. */
export async function followUp(room: Room, refund: sql.Refund): Promise<void> {
  const there = await whatIsThere(room, refund)
  if (there) await apply(room, refund, there)
  if (there === null) await note(room, refund, 'RESOURCE_NOT_EXISTS')
}

async function follow(room: Room, refund: sql.Refund): Promise<void> {
  await followUp(room, refund)
  // Days under way are normal for some banks, for ever is not.
  if (refund.tries >= SLOW_TRIES && refund.state === 'PROCESSING')
    await alarm(room, refund, 'SLOW', '退款已受理但迟迟没有到账，请到微信商户平台查看')
}

/** Null: WeChat knows no such refund. Undefined: it does not say. */
async function whatIsThere(room: Room, refund: sql.Refund): Promise<RefundReply | null | undefined> {
  try {
    return await room.wxpay.refundOf(refund.outRefundNo, FOR_A_SWEEP)
  } catch (fault) {
    if (!(fault instanceof WxpayFault)) throw fault
    await note(room, refund, fault.code)
    return undefined
  }
}

/** What WeChat says of a refund, from an answer or a notification. Older news than ours changes nothing. */
export async function apply(
  room: Room,
  refund: sql.Refund,
  told: Pick<RefundReply, 'refund_id' | 'out_trade_no' | 'status' | 'amount'>,
): Promise<'settled' | 'noted' | 'quarantined'> {
  if (
    told.out_trade_no !== refund.outTradeNo ||
    told.amount.refund !== refund.amountFen ||
    told.amount.total !== refund.totalFen
  ) {
    await alarm(
      room,
      refund,
      'MISMATCH',
      `微信侧退款与本地不符：金额 ${told.amount.refund} 分，本地 ${refund.amountFen} 分`,
    )
    return 'quarantined'
  }
  const outcome = outcomeOf(refund, told.status)
  if (outcome === undefined) {
    await inOneStatement(room.ctx.db, (tx) => sql.markProcessing(tx, refund.id, told.refund_id))
    return 'noted'
  }
  if (!refundMayMove(refund.state, outcome)) return 'noted'
  const trouble = outcome === 'SUCCESS' || outcome === 'PROCESSING' ? null : told.status
  await conclude(room, refund, outcome, { providerId: told.refund_id, trouble })
  return 'settled'
}

/** PROCESSING is news of an abnormal refund only after a person sent it elsewhere: before, it is an older word. */
const outcomeOf = (refund: sql.Refund, status: string): RefundOutcome | undefined =>
  status === 'PROCESSING' && refund.state === 'ABNORMAL' && refund.redirectedTo !== null
    ? 'PROCESSING'
    : OUTCOMES.get(status)

const OUTCOMES: ReadonlyMap<string, RefundOutcome> = new Map([
  ['SUCCESS', 'SUCCESS'],
  ['ABNORMAL', 'ABNORMAL'],
  ['CLOSED', 'CLOSED'],
])
type Failure = Exclude<RefundOutcome, 'SUCCESS' | 'PROCESSING'>
const WORDS: Readonly<Record<Failure, string>> = {
  ABNORMAL: '退款异常：顾客的收款账户无法入账，可以改退到顾客的银行卡，或退到商户账户',
  CLOSED: '退款已关闭，钱没有退出，请核实后重新退款',
  FAILED: '微信拒绝了这笔退款，钱没有退出，请核实后重新退款',
}

// The alarm first: a crash in between then leaves an alarm too many, never a silent failure.
async function conclude(
  room: Room,
  refund: sql.Refund,
  outcome: RefundOutcome,
  { providerId, trouble }: { providerId: string | null; trouble: string | null },
): Promise<void> {
  if (outcome !== 'SUCCESS' && outcome !== 'PROCESSING')
    await alarm(room, refund, outcome, `${WORDS[outcome]}${trouble === outcome ? '' : `（${trouble}）`}`)
  const { id: refundId, orderId } = refund
  const at = room.ctx.clock.now()
  await room.events().refundSettled({ refundId, orderId, outcome, providerId, trouble, at })
  // Money that went back to ourselves is not with the shopper: a person still has to say how they were paid.
  if (outcome === 'SUCCESS' && refund.redirectedTo !== 'merchant_account')
    await inOneStatement(room.ctx.db, (tx) =>
      closeAlarmsOfRefund(tx, refundId, { at, by: SYSTEM, note: '退款已到账' }),
    )
}

const note = (room: Room, refund: sql.Refund, trouble: string): Promise<boolean> =>
  inOneStatement(room.ctx.db, (tx) => sql.noteTrouble(tx, refund.id, trouble))

const alarm = ({ ctx }: Room, refund: sql.Refund, what: string, detail: string): Promise<void> =>
  inTx(ctx.db, (tx) =>
    raise(ctx, tx, {
      kind: 'refund_failed',
      subject: `${refund.outRefundNo} ${what}`,
      orderId: refund.orderId,
      refundId: refund.id,
      detail: `退款单 ${refund.outRefundNo}：${detail}`,
    }),
  )
