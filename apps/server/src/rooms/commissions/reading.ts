import type { Output } from '@linli/contract'
import type { CommissionPosting, CommissionStatement } from '@linli/contract/commission-parts'
import type { commissionRoutes } from '@linli/contract/commissions'
import type { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import type { Static } from 'typebox'
import { dayAfter, instantOf } from '#kernel/clock'
import { cursorAfter, readCursor } from '#kernel/cursor'
import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import type { AtDesk, Members } from '#room/members'
import { sumsOf } from './applying.ts'
import { nameIn } from './binding.ts'
import * as ledger from './ledger.sql.ts'
import { countShares, listShares, type ShareRow } from './orders.sql.ts'
import { accountMissing, cursorInvalid } from './problems.ts'
import { shownWithdrawal } from './withdrawing.ts'
import { listTaxes } from './taxes.sql.ts'
import { countWithdrawals, listWithdrawals, type WithdrawalState } from './withdrawals.sql.ts'

type Shares = Output<(typeof commissionRoutes)['GET /v1/promoter/shares']>
type Mine = Output<(typeof commissionRoutes)['GET /v1/promoter/withdrawals']>
type Book = Output<
  (typeof consoleCommissionRoutes)['GET /console/v1/commission-accounts/:accountId/postings']
>
type AllWithdrawals = Output<(typeof consoleCommissionRoutes)['GET /console/v1/commission-withdrawals']>
type Taxes = Output<(typeof consoleCommissionRoutes)['GET /console/v1/commission-taxes/:month']>
type StaffAccounts = Output<(typeof consoleCommissionRoutes)['GET /console/v1/commission-accounts']>
type Asked = { page?: number; limit?: number }
const pageOf = ({ page = 1, limit = 20 }: Asked) => ({ limit, offset: (page - 1) * limit })

/** A statement shows so many rows; whoever has more reads the rest in the ledger. */
const STATEMENT_ROWS = 500

const shownPosting = (row: ledger.PostingRow): Static<typeof CommissionPosting> => ({
  id: String(row.id),
  at: row.at.toISOString(),
  reason: row.reason,
  ...sumsOf(row),
  share:
    row.orderTail === null ||
    row.lineNo === null ||
    row.depth === null ||
    row.rateBp === null ||
    row.baseFen === null
      ? null
      : {
          orderTail: row.orderTail,
          lineNo: row.lineNo,
          depth: row.depth,
          rateBp: row.rateBp,
          baseFen: row.baseFen,
          keptFen: row.keptFen,
        },
  withdrawal:
    row.amountFen === null || row.taxFen === null || row.netFen === null
      ? null
      : { amountFen: row.amountFen, taxFen: row.taxFen, netFen: row.netFen, trouble: row.trouble },
  note: row.note,
})

/** From the first instant of a month to the first of the next. */
function monthSpan(month: string): { from: Date; until: Date } {
  const from = instantOf(`${month}-01`)
  const next = dayAfter(`${month}-01`, 31).slice(0, 7)
  return { from, until: instantOf(`${next}-01`) }
}

/** Shares, ledgers, statements and taxes, as promoters and head office read them. */
export function createReading({ db }: Pick<Ctx, 'db'>, members: Pick<Members, 'atDesk'>) {
  const nobody = (id: string): AtDesk => ({ id, name: '', phoneTail: null })
  const ownersOf = async (ids: readonly string[]) => {
    const accounts = await ledger.listAccounts(db, [...new Set(ids)])
    const known = await members.atDesk(accounts.flatMap(({ memberId }) => memberId ?? []))
    return new Map(
      accounts.map(({ accountId, memberId, staffName }) => [
        accountId,
        {
          accountId,
          member: memberId === null ? null : (known.get(memberId) ?? nobody(memberId)),
          staffName,
        },
      ]),
    )
  }
  const ownerOf = async (accountId: string) =>
    (await ownersOf([accountId])).get(accountId) ?? refuse(accountMissing)

  async function statement(accountId: string, month: string): Promise<Static<typeof CommissionStatement>> {
    const span = monthSpan(month)
    const [sums, rows] = await Promise.all([
      ledger.sumOwed(db, accountId, span),
      ledger.listOwed(db, accountId, { ...span, limit: STATEMENT_ROWS + 1 }),
    ])
    const { openingFen, earnedFen, takenBackFen, paidFen } = sums
    return {
      month,
      ...sums,
      closingFen: openingFen + earnedFen + takenBackFen - paidFen,
      items: rows.slice(0, STATEMENT_ROWS).map(shownPosting),
      isWhole: rows.length <= STATEMENT_ROWS,
    }
  }

  return {
    statement,
    async shares(
      accountId: string,
      { state, ...asked }: Asked & { state?: ShareRow['state'] },
    ): Promise<Shares> {
      const [rows, total] = await Promise.all([
        listShares(db, accountId, { state, ...pageOf(asked) }),
        countShares(db, accountId, state),
      ])
      const known = await members.atDesk([...new Set(rows.map(({ buyerId }) => buyerId))])
      return {
        items: rows.map(({ buyerId, placedAt, freeAt, ...row }) => ({
          ...row,
          buyer: nameIn(known, buyerId),
          placedAt: placedAt.toISOString(),
          freeAt: freeAt?.toISOString() ?? null,
        })),
        total,
      }
    },

    async withdrawalsOf(accountId: string, asked: Asked): Promise<Mine> {
      const [rows, total] = await Promise.all([
        listWithdrawals(db, { accountId, ...pageOf(asked) }),
        countWithdrawals(db, { accountId }),
      ])
      return { items: rows.map(shownWithdrawal), total }
    },

    async withdrawals({ state, ...asked }: Asked & { state?: WithdrawalState }): Promise<AllWithdrawals> {
      const which = { accountId: null, state }
      const [rows, total] = await Promise.all([
        listWithdrawals(db, { ...which, ...pageOf(asked) }),
        countWithdrawals(db, which),
      ])
      const owners = await ownersOf(rows.map(({ accountId }) => accountId))
      return {
        items: rows.map((row) => ({
          ...shownWithdrawal(row),
          owner: owners.get(row.accountId) ?? { accountId: row.accountId, member: null, staffName: null },
          tries: row.tries,
          transferBillNo: row.transferBillNo,
        })),
        total,
      }
    },

    async book(
      accountId: string,
      { cursor, limit = 20 }: { cursor?: string; limit?: number },
    ): Promise<Book> {
      const before = cursor === undefined ? null : readCursor(cursor, cursorInvalid)
      const account = (await ledger.findAccount(db, accountId)) ?? refuse(accountMissing)
      const rows = await ledger.listPostings(db, accountId, { before, limit: limit + 1 })
      const items = rows.slice(0, limit)
      return {
        owner: await ownerOf(accountId),
        sums: sumsOf(account),
        items: items.map(shownPosting),
        nextCursor: rows.length > limit ? cursorAfter(items) : null,
      }
    },

    async statementAtDesk(accountId: string, month: string) {
      const owner = await ownerOf(accountId)
      return { owner, statement: await statement(accountId, month) }
    },

    async staffAccounts(): Promise<StaffAccounts> {
      const rows = await ledger.listStaffAccounts(db)
      return {
        items: rows.map((row) => ({
          accountId: row.accountId,
          staffName: row.staffName ?? '',
          sums: sumsOf(row),
        })),
      }
    },

    async taxes(month: string): Promise<Taxes> {
      const rows = await listTaxes(db, month)
      const owners = await ownersOf(rows.map(({ accountId }) => accountId))
      return {
        items: rows.map(({ accountId, ...row }) => ({
          owner: owners.get(accountId) ?? { accountId, member: null, staffName: null },
          ...row,
        })),
        amountFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0),
        taxFen: rows.reduce((sum, { taxFen }) => sum + taxFen, 0),
      }
    },
  }
}
export type Reading = ReturnType<typeof createReading>
