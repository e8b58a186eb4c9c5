import type { Ctx } from '#kernel/ctx'
import { gather } from '#kernel/gather'
import { readTiers } from './growth.sql.ts'
import { tierAt } from './ladder.ts'
import type { KeptTerms } from './terms.ts'

/** What a member's tier is worth now. */
export interface MemberTier {
  code: string
  name: string
  pointsTimesBp: number
  offBp: number
  /** Goods of these have no member price. */
  exceptCategoryIds: readonly string[]
  /** Since when these terms hold. */
  since: Date
}

/** So many members' tiers are kept at hand in a process; who was met longest ago is forgotten first. */
const KEPT = 100_000

/**
 * Which tier a member has. Kept in memory once read, and forgotten when the table says that it changed: an order costs no statement more. Where the
 * chain has no tiers nothing is read at all.
 */
export async function keepTiers(
  { database: { deskPool }, listener }: Pick<Ctx, 'database' | 'listener'>,
  terms: Pick<KeptTerms, 'now'>,
): Promise<(memberId: string) => Promise<MemberTier | null>> {
  const known = new Map<string, string | null>()
  // An answer that was under way when the news came may be older than the news.
  let news = 0
  const forget = (memberId?: string): void => {
    news += 1
    if (memberId === undefined) known.clear()
    else known.delete(memberId)
  }
  await listener.on('member_tier', forget)
  listener.onReconnect(() => forget())
  const ask = gather((memberIds: readonly string[]) => readTiers(deskPool, memberIds))

  async function codeOf(memberId: string): Promise<string | null> {
    const kept = known.get(memberId)
    if (kept !== undefined) return kept
    const asked = news
    const code = await ask(memberId)
    if (asked !== news) return code
    if (known.size >= KEPT)
      for (const [oldest] of known) {
        known.delete(oldest)
        break
      }
    known.set(memberId, code)
    return code
  }

  return async (memberId) => {
    const row = terms.now()
    if (!row) return null
    const code = await codeOf(memberId)
    const tier = row.tiers.find((each) => each.code === code) ?? tierAt(row.tiers, 0)
    const { name, pointsTimesBp, offBp } = tier
    return {
      code: tier.code,
      name,
      pointsTimesBp,
      offBp,
      exceptCategoryIds: row.exceptCategoryIds,
      since: row.since,
    }
  }
}
