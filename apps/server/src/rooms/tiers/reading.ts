import type { Output } from '@linli/contract'
import type { consoleTierRoutes, tierRoutes } from '@linli/contract/tiers'
import type { Ctx } from '#kernel/ctx'
import { cursorAfter, readCursor } from '#kernel/cursor'
import type { Ledgers } from '#room/ledgers'
import * as sql from './growth.sql.ts'
import { nextTier, tierAt, tierUnder } from './ladder.ts'
import { cursorInvalid } from './problems.ts'
import type { KeptTerms } from './terms.ts'
import { benefitsOf } from './words.ts'

type Membership = Output<(typeof tierRoutes)['GET /v1/me/membership']>
type Page = Output<(typeof tierRoutes)['GET /v1/me/growth-postings']>
type Growth = Omit<Output<(typeof consoleTierRoutes)['GET /console/v1/members/:memberId/growth']>, 'member'>

export interface ReadingRoom {
  ctx: Pick<Ctx, 'db' | 'clock'>
  terms: KeptTerms
  ledgers: Pick<Ledgers, 'pointsTerms'>
}
const LAST_CHANGES = 20

const waitingOf = async ({ db }: Pick<Ctx, 'db'>, memberId: string): Promise<Growth['waiting']> => {
  const { purchases, from } = await sql.countWaiting(db, memberId)
  return { purchases, from: from?.toISOString() ?? null }
}

/** A member's tier as their card page tells it. */
export async function readMembership(room: ReadingRoom, memberId: string): Promise<Membership> {
  const { ctx, terms, ledgers } = room
  const row = terms.now()
  if (!row) return { standing: null }
  const [account, waiting] = await Promise.all([sql.findAccount(ctx.db, memberId), waitingOf(ctx, memberId)])
  const { tiers, growthPerYuan, periodMonths } = row
  const growth = account?.growth ?? 0
  const before = terms.rows().find(({ id }) => id === account?.termsId)?.tiers ?? []
  const { code } = account ? tierUnder(tiers, account, before) : tierAt(tiers, 0)
  const next = nextTier(tiers, { tier: code, growth })
  const pointsOn = ledgers.pointsTerms() !== null
  return {
    standing: {
      code,
      growth,
      periodUntil: account?.periodUntil ?? null,
      next: next && {
        code: next.tier.code,
        missing: next.missing,
        missingFen: Math.ceil((next.missing * 100) / growthPerYuan),
      },
      keeps: tierAt(tiers, growth).code,
      waiting,
      growthPerYuan,
      periodMonths,
      rungs: tiers.map((tier) => ({
        code: tier.code,
        name: tier.name,
        atGrowth: tier.atGrowth,
        benefits: benefitsOf(tier, pointsOn),
      })),
    },
  }
}

/** The same as head office sees it. */
export async function readGrowth(room: ReadingRoom, memberId: string): Promise<Growth> {
  const { ctx, terms } = room
  const [account, changes, waiting] = await Promise.all([
    sql.findAccount(ctx.db, memberId),
    sql.listChanges(ctx.db, memberId, LAST_CHANGES),
    waitingOf(ctx, memberId),
  ])
  const row = terms.now()
  const tier = row && (row.tiers.find(({ code }) => code === account?.tier) ?? tierAt(row.tiers, 0))
  return {
    tier: tier && { code: tier.code, name: tier.name },
    growth: account?.growth ?? 0,
    periodFrom: account?.periodFrom ?? null,
    periodUntil: account?.periodUntil ?? null,
    waiting,
    changes: changes.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })),
  }
}

/** A page of what growth did, newest first. */
export async function listPostings(
  { db }: Pick<Ctx, 'db'>,
  memberId: string,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
): Promise<Page> {
  const before = cursor === undefined ? null : readCursor(cursor, cursorInvalid)
  const rows = await sql.listPostings(db, memberId, { before, limit: limit + 1 })
  const page = rows.slice(0, limit)
  return {
    items: page.map(({ id, at, ...row }) => ({ id: String(id), at: at.toISOString(), ...row })),
    nextCursor: rows.length > limit ? cursorAfter(page) : null,
  }
}
