import { SYSTEM } from '#kernel/actor'
import { inOneStatement, inTx } from '#kernel/db'
import { inRounds, someAtATime } from '#kernel/turns'
import { raise } from './alarms.ts'
import { closeAlarmsOfRefund } from './alarms.sql.ts'
import type { RefundOutcome } from './facts.ts'
import { ProviderFault } from './provider-fault.ts'
import type { Provider, RefundSeen } from './provider.ts'
import { refundMayMove } from './refund-states.ts'
import * as sql from './refunds.sql.ts'
import { providerOf, type Room } from './room.ts'
import { FOR_A_SWEEP } from './trying.ts'

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

/** Sends a refund that its provider has not accepted yet; asks about one that it has. */
export const work = (room: Room, refund: sql.Refund): Promise<void> =>
  refund.state === 'PENDING' ? ask(room, refund) : follow(room, refund)

/** Asks the provider to give the money back: always under the same number with the same words, so that it happens once. */
async function ask(room: Room, refund: sql.Refund): Promise<void> {
  const provider = providerOf(room, refund.provider)
  try {
    await apply(room, refund, await provider.refund(refund, FOR_A_SWEEP))
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    room.ctx.log.warn({ err: fault, refund: refund.outRefundNo }, 'refund not accepted')
    if (provider.isOursToMend(fault)) await waitForPerson(room, refund, fault)
    else if (fault.kind === 'refused') await concludeRefusal(room, refund, fault)
    else await note(room, refund, fault.code)
  }
}

async function waitForPerson(room: Room, refund: sql.Refund, { code }: ProviderFault): Promise<void> {
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
async function concludeRefusal(room: Room, refund: sql.Refund, refusal: ProviderFault): Promise<void> {
  const there = await whatIsThere(room, refund)
  if (there) await apply(room, refund, there)
  if (there === null) await conclude(room, refund, 'FAILED', { providerId: null, trouble: refusal.code })
}

/** Asks the provider about a refund and applies the answer. */
export async function followUp(room: Room, refund: sql.Refund): Promise<'settled' | 'noted' | 'quarantined'> {
  const there = await whatIsThere(room, refund)
  if (there) return apply(room, refund, there)
  if (there === null) await note(room, refund, 'RESOURCE_NOT_EXISTS')
  return 'noted'
}

async function follow(room: Room, refund: sql.Refund): Promise<void> {
  await followUp(room, refund)
  // Days under way are normal for some banks, for ever is not.
  if (refund.tries >= SLOW_TRIES && refund.state === 'PROCESSING')
    await alarm(
      room,
      refund,
      'SLOW',
      `退款已受理但迟迟没有到账，请到${providerOf(room, refund.provider).desk}查看`,
    )
}

/** Null: the provider knows no such refund. Undefined: it does not say. */
async function whatIsThere(room: Room, refund: sql.Refund): Promise<RefundSeen | null | undefined> {
  try {
    return await providerOf(room, refund.provider).refundOf(refund, FOR_A_SWEEP)
  } catch (fault) {
    if (!(fault instanceof ProviderFault)) throw fault
    await note(room, refund, fault.code)
    return undefined
  }
}

/** What the provider says of a refund, from an answer or a notification. Older news than ours changes nothing. */
export async function apply(
  room: Room,
  refund: sql.Refund,
  told: RefundSeen,
): Promise<'settled' | 'noted' | 'quarantined'> {
  if (
    told.outTradeNo !== refund.outTradeNo ||
    told.refundFen !== refund.amountFen ||
    told.totalFen !== refund.totalFen
  ) {
    await alarm(
      room,
      refund,
      'MISMATCH',
      `${providerOf(room, refund.provider).label}侧退款与本地不符：金额 ${told.refundFen} 分，本地 ${refund.amountFen} 分`,
    )
    return 'quarantined'
  }
  const outcome = outcomeOf(refund, told.state)
  const { providerId } = told
  if (outcome === undefined) {
    await inOneStatement(room.ctx.db, (tx) => sql.markProcessing(tx, refund.id, providerId))
    return 'noted'
  }
  if (!refundMayMove(refund.state, outcome)) return 'noted'
  const trouble = outcome === 'SUCCESS' || outcome === 'PROCESSING' ? null : outcome
  await conclude(room, refund, outcome, { providerId, trouble })
  return 'settled'
}

/** PROCESSING is news of an abnormal refund only after a person sent it elsewhere: before, it is an older word. */
const outcomeOf = (refund: sql.Refund, state: RefundSeen['state']): RefundOutcome | undefined =>
  state !== 'PROCESSING' || (refund.state === 'ABNORMAL' && refund.redirectedTo !== null) ? state : undefined

type Failure = Exclude<RefundOutcome, 'SUCCESS' | 'PROCESSING'>
const WORDS: Readonly<Record<Failure, (us: Provider) => string>> = {
  ABNORMAL: () => '退款异常：顾客的收款账户无法入账，可以改退到顾客的银行卡，或退到商户账户',
  CLOSED: () => '退款已关闭，钱没有退出，请核实后重新退款',
  FAILED: ({ label }) => `${label}拒绝了这笔退款，钱没有退出，请核实后重新退款`,
}

// The alarm first: a crash in between then leaves an alarm too many, never a silent failure.
async function conclude(
  room: Room,
  refund: sql.Refund,
  outcome: RefundOutcome,
  { providerId, trouble }: { providerId: string | null; trouble: string | null },
): Promise<void> {
  if (outcome !== 'SUCCESS' && outcome !== 'PROCESSING')
    await alarm(
      room,
      refund,
      outcome,
      `${WORDS[outcome](providerOf(room, refund.provider))}${trouble === outcome ? '' : `（${trouble}）`}`,
    )
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
