/**
 * Tiers: what a member's purchases made of them, and what that is worth.
 *
 * Owns tier_terms, growth_account, growth_purchase, growth_posting, tier_change, growth_cursor and growth_check. Promises that growth is what stays
 * paid of purchases whose after-sale term is over, counted once however often it is read; that a tier rises at once and falls only at the end of a
 * period; and that a tier is worth what its published terms say and nothing else.
 * Tells pricing which tier a member has. Whoever sells to members tells it of purchases (`countFrom`).
 */
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import type { Http } from '#kernel/http'
import type { Follower } from '#kernel/following'
import type { Sweep } from '#kernel/jobs'
import type { Catalog } from '#room/catalog'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import { bring, type BroughtGrowth } from './bringing.ts'
import { createChecks } from './checks.ts'
import { countDue, followSource, type PurchaseSource } from './counting.ts'
import { turn } from './periods.ts'
import { mountConsole, mountTiers } from './routes.ts'
import { keepTerms } from './terms.ts'
import { keepTiers, type MemberTier } from './tier-book.ts'

export type { BroughtGrowth } from './bringing.ts'
export type { PurchaseNews, PurchaseSource } from './counting.ts'
export type { MemberTier } from './tier-book.ts'

export interface Tiers {
  /** The tier that a member has now; null where the chain has none. Kept in memory. */
  tierOf(memberId: string): Promise<MemberTier | null>
  /** The tier of whoever has no growth; null where the chain has none. */
  lowest(): string | null
  /** Codes of the tiers that the chain has now. */
  codes(): readonly string[]
  /** From now on purchases are counted from there too. */
  countFrom(source: PurchaseSource): void
  /** Growth of an old card that a member bound, once for each binding; so much of it as counted: none where the chain has no tiers. */
  bringGrowth(tx: Tx, card: BroughtGrowth): Promise<number>
  /** The binding was wrong: its growth goes. A tier that was reached stays until the period ends. */
  takeGrowthBack(tx: Tx, card: BroughtGrowth): Promise<void>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export interface TiersDeps {
  staff: Pick<Staff, 'audit'>
  members: Pick<Members, 'atDesk'>
  catalog: Pick<Catalog, 'hasCategory'>
  ledgers: Pick<Ledgers, 'usableFrom' | 'pointsTerms'>
}

export async function createTiers(ctx: Ctx, deps: TiersDeps): Promise<Tiers> {
  const terms = await keepTerms(ctx)
  const checks = createChecks(ctx)
  const room = { ctx, terms, checks, members: deps.members, ledgers: deps.ledgers }
  const sources: { source: PurchaseSource; follower: Follower }[] = []
  return {
    tierOf: await keepTiers(ctx, terms),
    codes: () => terms.now()?.tiers.map(({ code }) => code) ?? [],
    lowest: () => terms.now()?.tiers[0]?.code ?? null,
    bringGrowth: (tx, card) => bring(tx, room, card, 'card'),
    async takeGrowthBack(tx, card) {
      await bring(tx, room, { ...card, growth: -card.growth }, 'card_undone')
    },
    countFrom: (source) => void sources.push({ source, follower: followSource(room, source) }),
    routes(http) {
      mountTiers(http, room)
      mountConsole(http, room, deps)
    },
    sweeps: [
      {
        name: 'tiers.growth',
        seconds: 60,
        async run() {
          for (const { source, follower } of sources) {
            await follower.run()
            await countDue(room, source)
          }
        },
        behind: () => sources.reduce((sum, { follower }) => sum + follower.behind(), 0),
      },
      { name: 'tiers.periods', seconds: 600, run: () => turn(room) },
      checks.sweep,
    ],
  }
}
