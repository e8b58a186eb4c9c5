import type { Output } from '@linli/contract'
import type { Withdrawal } from '@linli/contract/commission-parts'
import type { commissionRoutes } from '@linli/contract/commissions'
import type { Static } from 'typebox'
import { businessDay, instantOf, secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader, type Tx, violates } from '#kernel/db'
import { isDocument } from '#kernel/document'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import { lockAccount, post } from './ledger.sql.ts'
import * as problems from './problems.ts'
import { withheldOf } from './tax.ts'
import type { TermsRow } from './terms.sql.ts'
import type { KeptTerms } from './terms.ts'
import * as sql from './withdrawals.sql.ts'

export interface WithdrawingRoom {
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets'>
  terms: KeptTerms
  members: Pick<Members, 'openidOf'>
}
export interface Payee {
  memberId: string
  accountId: string
}
type Quote = Output<(typeof commissionRoutes)['POST /v1/promoter/withdrawal-quotes']>
export interface Asked {
  idempotencyKey: string
  amountFen: number
  expectNetFen: number
}

/** WeChat wants the receiver's name from 2,000 yuan, and sends nothing below 0.1. */
const NAME_FROM_FEN = 200_000
const WECHAT_LEAST_FEN = 10
/** Unconfirmed for so long, WeChat gives it back. */
const CONFIRM_SECONDS = 86_400

export const sealedFor = (accountId: string, what: 'name' | 'document'): string =>
  `commission_identity:${accountId}:${what}`

export const shownWithdrawal = (row: sql.WithdrawalRow): Static<typeof Withdrawal> => ({
  id: row.id,
  outBillNo: row.outBillNo,
  amountFen: row.amountFen,
  taxFen: row.taxFen,
  netFen: row.netFen,
  state: row.state,
  trouble: row.trouble,
  requestedAt: row.requestedAt.toISOString(),
  expiresAt:
    row.state === 'WAIT_CONFIRM' ? secondsAfter(row.requestedAt, CONFIRM_SECONDS).toISOString() : null,
  doneAt: row.doneAt?.toISOString() ?? null,
})

/** Asking for what may be withdrawn. Money leaves the account here; whether it arrives is told elsewhere. */
export function createWithdrawing({ ctx: { db, clock, secrets }, terms, members }: WithdrawingRoom) {
  // Whoever earned something may have it, also when promoting is over.
  const termsNow = (): TermsRow => terms.latest() ?? refuse(problems.off)

  async function quoteOf(reader: Reader, accountId: string, amountFen: number, { tax }: TermsRow) {
    const month = businessDay(clock.now()).slice(0, 7)
    const before = await sql.sumMonth(reader, accountId, month)
    const taxFen = withheldOf(tax, amountFen, before)
    const netFen = amountFen - taxFen
    return {
      amountFen,
      tax,
      month,
      before,
      taxFen,
      netFen,
      needsIdentity: tax === 'labour' || netFen >= NAME_FROM_FEN,
    }
  }

  /** Everything that may stand against it, with the account in nobody else's hands. */
  async function requireMay(tx: Tx, accountId: string, amountFen: number, netFen: number): Promise<void> {
    const { leastFen, dailyFen } = termsNow()
    const account = (await lockAccount(tx, accountId)) ?? refuse(problems.notPromoter)
    if (await sql.findOpen(tx, accountId)) refuse(problems.withdrawalOpen)
    if (amountFen < leastFen || netFen < WECHAT_LEAST_FEN) refuse(problems.tooLittle, { leastFen })
    if (account.availableFen < amountFen) refuse(problems.short, { availableFen: account.availableFen })
    const today = await sql.sumSince(tx, accountId, instantOf(businessDay(clock.now())))
    if (today + amountFen > dailyFen)
      refuse(problems.tooMuchToday, { leftFen: Math.max(0, dailyFen - today) })
  }

  return {
    async quote({ accountId }: Payee, amountFen: number): Promise<Quote> {
      const { taxFen, netFen, needsIdentity } = await quoteOf(db, accountId, amountFen, termsNow())
      return { amountFen, taxFen, netFen: Math.max(0, netFen), needsIdentity }
    },

    /** Sets the money aside under a number that is never another; the same key gives the same withdrawal. */
    async request({ memberId, accountId }: Payee, asked: Asked): Promise<sql.WithdrawalRow> {
      const { idempotencyKey: idemKey, amountFen, expectNetFen } = asked
      const openid = await members.openidOf(memberId)
      try {
        return await inTx(db, async (tx) => {
          await lockAccount(tx, accountId)
          const before = await sql.findByKey(tx, accountId, idemKey)
          if (before) return before.amountFen === amountFen ? before : refuse(problems.keyReused)
          const { needsIdentity, ...quote } = await quoteOf(tx, accountId, amountFen, termsNow())
          await requireMay(tx, accountId, amountFen, quote.netFen)
          if (quote.netFen !== expectNetFen) refuse(problems.netChanged, { netFen: quote.netFen })
          const identity = await sql.findIdentity(tx, accountId)
          if (needsIdentity && !identity) refuse(problems.identityMissing)
          const id = newId()
          const at = clock.now()
          const nameCipher = identity && needsIdentity ? identity.name : null
          const outBillNo = id.replaceAll('-', '')
          const row = await sql.insertWithdrawal(tx, {
            ...quote,
            id,
            accountId,
            idemKey,
            outBillNo,
            openid,
            nameCipher,
            at,
          })
          const by = `member:${memberId}`
          const move = { availableFen: -amountFen, withdrawingFen: amountFen }
          await post(tx, [{ accountId, reason: 'withdraw', ...move, withdrawalId: id, by, at }])
          return row
        })
      } catch (error) {
        if (violates(error, 'commission_withdrawal_open')) refuse(problems.withdrawalOpen)
        throw error
      }
    },

    async setIdentity({ accountId }: Payee, said: { name: string; document: string }): Promise<void> {
      if (!isDocument(said.document)) refuse(problems.documentInvalid)
      await inTx(db, async (tx) => {
        await lockAccount(tx, accountId)
        if (await sql.findOpen(tx, accountId)) refuse(problems.withdrawalOpen)
        await sql.putIdentity(tx, {
          accountId,
          name: secrets.seal(said.name.trim(), sealedFor(accountId, 'name')),
          document: secrets.seal(said.document, sealedFor(accountId, 'document')),
          tail: said.document.slice(-4),
          at: clock.now(),
        })
      })
    },
  }
}
export type Withdrawing = ReturnType<typeof createWithdrawing>
