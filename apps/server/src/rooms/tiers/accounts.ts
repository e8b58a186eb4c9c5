import { SYSTEM } from '#kernel/actor'
import { businessDay, dayAfter } from '#kernel/clock'
import type { Tx } from '#kernel/db'
import { monthEndAfter } from '#room/ledgers'
import * as sql from './growth.sql.ts'
import { type Tier, tierAt, tierUnder, tierWithin } from './ladder.ts'
import type { TermsRow } from './terms.ts'

/** What happens to an account before it is written: it, its postings and its changes of tier. */
export interface Work {
  at: Date
  terms: TermsRow
  /** The terms before, by id: what a tier that is gone had been worth. */
  rows: readonly TermsRow[]
}
interface Moved {
  account: sql.Account
  postings: sql.NewPosting[]
  changes: sql.NewChange[]
}

const move = (moved: Moved, to: Tier, why: sql.ChangeWhy, at: Date): void => {
  const { account } = moved
  if (account.tier === to.code) return
  moved.changes.push({ memberId: account.memberId, from: account.tier, to: to.code, why, at })
  account.tier = to.code
}

/** The period is over: the growth of it decides the tier of the next, which begins with none. A debt goes along. */
function turnPeriods(moved: Moved, { at, terms: { tiers, periodMonths } }: Work): void {
  const { account, postings } = moved
  const today = businessDay(at)
  while (account.periodUntil < today) {
    const { memberId, growth, periodUntil } = account
    if (growth > 0)
      postings.push({
        memberId,
        reason: 'period_end',
        growth: -growth,
        purchaseId: null,
        keptFen: null,
        bindingId: null,
        periodUntil,
        by: SYSTEM,
        at,
      })
    move(moved, tierAt(tiers, growth), 'period_end', at)
    account.growth = Math.min(0, growth)
    account.periodFrom = dayAfter(periodUntil, 1)
    account.periodUntil = monthEndAfter(periodUntil, periodMonths)
  }
}

/** Brings an account to now: other terms first, then periods that ended. */
export function upToDate(account: sql.Account, work: Work): Moved {
  const moved: Moved = { account: { ...account }, postings: [], changes: [] }
  const { terms, rows, at } = work
  if (account.termsId !== terms.id) {
    const before = rows.find(({ id }) => id === account.termsId)?.tiers ?? []
    move(moved, tierUnder(terms.tiers, account, before), 'terms', at)
    moved.account.termsId = terms.id
  }
  turnPeriods(moved, work)
  return moved
}

/** Growth comes or goes: up at once where a threshold is reached. */
export function credit(moved: Moved, posting: sql.NewPosting, why: sql.ChangeWhy, { terms, at }: Work): void {
  moved.postings.push(posting)
  moved.account.growth += posting.growth
  move(moved, tierWithin(terms.tiers, moved.account.tier, moved.account.growth), why, at)
}

/** These members' accounts, opened where there was none, locked in the order of members and brought to now. */
export async function takeAccounts(
  tx: Tx,
  memberIds: readonly string[],
  work: Work,
): Promise<Map<string, Moved>> {
  const ids = [...new Set(memberIds)].sort()
  const { at, terms } = work
  const today = businessDay(at)
  const opened = await sql.openAccounts(tx, ids, {
    tier: tierAt(terms.tiers, 0).code,
    periodFrom: today,
    periodUntil: monthEndAfter(today, terms.periodMonths),
    termsId: terms.id,
  })
  const moved = new Map<string, Moved>()
  for (const account of await sql.lockAccounts(tx, ids)) {
    const each = upToDate(account, work)
    if (opened.includes(account.memberId))
      each.changes.push({ memberId: account.memberId, from: null, to: account.tier, why: 'begin', at })
    moved.set(account.memberId, each)
  }
  return moved
}

/** Writes what became of accounts that `takeAccounts` locked. */
export async function keepAccounts(tx: Tx, moved: Iterable<Moved>): Promise<void> {
  const all = [...moved]
  if (all.length === 0) return
  await sql.insertPostings(
    tx,
    all.flatMap(({ postings }) => postings),
  )
  await sql.setLevels(
    tx,
    all.map(({ account }) => account),
  )
  await sql.insertChanges(
    tx,
    all.flatMap(({ changes }) => changes),
  )
}
