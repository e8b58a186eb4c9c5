import { SYSTEM } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { inRounds, someAtATime } from '#kernel/turns'
import type { Payments, TransferOrder, TransferSeen } from '#room/payments'
import { lockAccount, post } from './ledger.sql.ts'
import { withdrawalEnded } from './problems.ts'
import { sealedFor } from './withdrawing.ts'
import * as sql from './withdrawals.sql.ts'

export interface PayingRoom {
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets' | 'log'>
  transfers: Payments['transfers']
}
type Outcome = 'settled' | 'noted' | 'quarantined'

const REMARK = '推广佣金提现'
/** Seconds between looks; the last repeats. WeChat tells by itself: this is for when it does not. */
const GAPS = [10, 30, 60, 180, 600, 1800, 3600]
const CLAIM = 20
const AT_ONCE = 2
const A_MOMENT_SECONDS = 3
/** Longer than any request of ours takes. */
const CANCEL_SECONDS = 30

const NEXT = { confirm: 'WAIT_CONFIRM', moving: 'SENDING', cancelling: 'CANCELLING' } as const

/**
 * Withdrawals on their way through WeChat. Always the same number with the same words; after an answer that was none, what is there is asked before
 * anything is sent again; and money goes back to the account only when WeChat says that nothing will arrive.
 */
export function createPaying({ ctx, transfers }: PayingRoom) {
  const { db, clock, secrets } = ctx
  const orderOf = ({
    outBillNo,
    openid,
    netFen,
    nameCipher,
    accountId,
  }: sql.WithdrawalRow): TransferOrder => ({
    outBillNo,
    openid,
    amountFen: netFen,
    userName: nameCipher && secrets.open(nameCipher, sealedFor(accountId, 'name')),
    remark: REMARK,
  })
  const note = async ({ id }: sql.WithdrawalRow, trouble: string): Promise<Outcome> => {
    await inOneStatement(db, (tx) => sql.noteTrouble(tx, id, trouble))
    return 'noted'
  }
  const worry = async (row: sql.WithdrawalRow, trouble: string, why: string): Promise<void> => {
    await note(row, trouble)
    await transfers.worry(
      row.outBillNo,
      `佣金提现 ${row.outBillNo}：${why}（${trouble}），系统会用同一单号继续`,
    )
  }

  /** An end is an end: of a notification, an answer and a look that say the same, one is booked. */
  const conclude = async (
    { id, accountId, outBillNo }: sql.WithdrawalRow,
    state: 'PAID' | 'CANCELLED',
    { billNo, why }: TransferSeen,
  ): Promise<Outcome> => {
    const outcome = await inTx(db, async (tx): Promise<Outcome> => {
      await lockAccount(tx, accountId)
      const row = await sql.lockWithdrawal(tx, id)
      const at = clock.now()
      if (!row || !(await sql.end(tx, id, { state, billNo, trouble: state === 'PAID' ? null : why, at })))
        return 'noted'
      const { amountFen } = row
      const move =
        state === 'PAID'
          ? ({ reason: 'withdrawn', withdrawingFen: -amountFen, paidFen: amountFen } as const)
          : ({ reason: 'withdraw_back', withdrawingFen: -amountFen, availableFen: amountFen } as const)
      await post(tx, [{ accountId, ...move, withdrawalId: id, by: SYSTEM, at }])
      return 'settled'
    })
    await transfers.worry(outBillNo, null)
    return outcome
  }

  /** Books what WeChat says. Older news than ours changes nothing. */
  async function apply(row: sql.WithdrawalRow, seen: TransferSeen): Promise<Outcome> {
    switch (seen.state) {
      case 'paid':
        return conclude(row, 'PAID', seen)
      case 'ended':
        return conclude(row, 'CANCELLED', { ...seen, why: seen.why ?? 'NOT_CONFIRMED' })
      case 'confirm':
      case 'moving':
      case 'cancelling': {
        const { packageInfo, billNo } = seen
        const moved = { state: NEXT[seen.state], packageInfo, billNo, trouble: null }
        await inOneStatement(db, (tx) => sql.moveOn(tx, row.id, moved))
        if (row.trouble !== null) await transfers.worry(row.outBillNo, null)
        return 'noted'
      }
      case 'mismatch':
        await worry(row, 'MISMATCH', `微信侧的转账与本地不符：${seen.why}`)
        return 'quarantined'
      case 'mend':
        await worry(row, seen.why ?? '', '微信暂时不收，请检查商户账户余额与配置')
        return 'noted'
      case 'missing':
      case 'refused':
      case 'unclear':
        return note(row, seen.why ?? seen.state.toUpperCase())
    }
  }

  /** Sends it. A refusal may be about a number that an earlier, unheard call used, and why something failed only the bill says: what is there is the truth. */
  async function send(row: sql.WithdrawalRow, forPage: boolean): Promise<void> {
    const order = orderOf(row)
    const seen = await transfers.send(order, forPage)
    if (seen.state !== 'refused' && seen.state !== 'ended') return void (await apply(row, seen))
    const there = await transfers.look(order, forPage)
    await (there.state === 'missing' && row.state === 'REQUESTED'
      ? conclude(row, 'CANCELLED', { ...there, why: seen.why })
      : apply(row, there))
  }

  /** WeChat knows nothing of it. */
  async function missing(row: sql.WithdrawalRow, seen: TransferSeen, forPage: boolean): Promise<void> {
    if (row.state === 'REQUESTED') return send(row, forPage)
    if (row.state !== 'CANCELLING') return worry(row, 'MISSING', '微信说没有这一笔转账')
    // Taken back before WeChat heard of it. A request that was under way then has arrived by the time the sweep comes.
    if (!forPage) await conclude(row, 'CANCELLED', { ...seen, why: 'TAKEN_BACK' })
  }

  /** One step: sends what was never sent, asks about everything else. */
  async function advance(row: sql.WithdrawalRow, forPage = false): Promise<void> {
    if (row.state === 'REQUESTED' && row.tries <= 1) return send(row, forPage)
    const order = orderOf(row)
    const seen = await transfers.look(order, forPage)
    if (seen.state === 'missing') return missing(row, seen, forPage)
    if (seen.state === 'confirm' && row.state === 'CANCELLING') return void (await transfers.cancel(order))
    await apply(row, seen)
    // Queries do not say what the telephone needs: the same request again does.
    if (seen.state === 'confirm' && row.packageInfo === null) await send(row, forPage)
  }
  const quietly = (row: sql.WithdrawalRow, forPage = false): Promise<void> =>
    advance(row, forPage).catch((error: unknown) =>
      ctx.log.error({ err: error, outBillNo: row.outBillNo }, 'withdrawal failed'),
    )

  return {
    /** Asks about one withdrawal, unless that was done a moment ago. */
    async look(id: string): Promise<void> {
      const at = clock.now()
      const moment = { at, before: secondsAfter(at, -A_MOMENT_SECONDS) }
      const row = await inOneStatement(db, (tx) => sql.claimOne(tx, id, moment))
      if (row) await quietly(row, true)
    },

    /** The promoter changed their mind: nothing is sent any more. Whether that was in time WeChat says. */
    async cancel(row: sql.WithdrawalRow): Promise<void> {
      const nextAt = secondsAfter(clock.now(), CANCEL_SECONDS)
      if (!(await inOneStatement(db, (tx) => sql.startCancelling(tx, row.id, nextAt))))
        refuse(withdrawalEnded)
      const order = orderOf(row)
      await transfers.cancel(order)
      await apply(row, await transfers.look(order, true))
    },

    /** A notification of WeChat's. */
    async told(
      outBillNo: string,
      seen: (order: Pick<TransferOrder, 'amountFen' | 'openid'>) => TransferSeen,
    ): Promise<Outcome | 'unknown'> {
      const row = await sql.findByNumber(db, outBillNo)
      return row ? apply(row, seen({ amountFen: row.netFen, openid: row.openid })) : 'unknown'
    },

    /** The sweep: everything whose next look has come. */
    work: (): Promise<void> =>
      inRounds(async () => {
        const due = await inTx(db, (tx) => sql.claimDue(tx, clock.now(), GAPS, CLAIM))
        await someAtATime(due, AT_ONCE, (row) => quietly(row))
        return due.length === CLAIM
      }),

    confirming: (row: sql.WithdrawalRow) =>
      row.state === 'WAIT_CONFIRM' && row.packageInfo !== null ? transfers.confirming(row.packageInfo) : null,
  }
}
export type Paying = ReturnType<typeof createPaying>
