import { sql, type RawBuilder } from 'kysely'
import type { Reader } from '#kernel/db'

export interface MembershipRow {
  id: string
  nickname: string
  phoneTail: string | null
  blocked: boolean
  joinedAt: Date
  tier: string | null
  growth: number
  points: number
  oldCards: number
}
export interface MembershipFilter {
  /** The tail of a phone, a part of a name, or the number of an old card. */
  q?: string | undefined
  tier?: string | undefined
  /** What who has no account yet has. */
  lowest: string | null
}
const JOINED = sql`member m left join growth_account g on g.member_id = m.id left join points_account p on p.member_id = m.id`
const asked = (q: string | undefined): RawBuilder<unknown> => {
  if (q === undefined) return sql`true`
  if (/^\d{4}$/.test(q)) return sql`m.phone_tail = ${q}`
  return sql`(strpos(lower(m.nickname), lower(${q})) > 0
    or m.id = (select b.member_id from card_binding b where b.card_no = ${q.toUpperCase()} and b.undone_at is null))`
}
const ofTier = ({ tier, lowest }: MembershipFilter): RawBuilder<unknown> => {
  if (tier === undefined) return sql`true`
  return tier === lowest ? sql`(g.tier = ${tier} or g.tier is null)` : sql`g.tier = ${tier}`
}
const ORDER = {
  joined: sql`m.joined_at desc, m.id desc`,
  growth: sql`coalesce(g.growth, 0) desc, m.id desc`,
  points: sql`coalesce(p.available - p.debt, 0) desc, m.id desc`,
} as const
export type MembershipSort = keyof typeof ORDER

export async function listMembership(
  db: Reader,
  filter: MembershipFilter,
  { sort, limit, offset }: { sort: MembershipSort; limit: number; offset: number },
): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`
    select m.id, m.nickname, m.phone_tail as "phoneTail", m.blocked, m.joined_at as "joinedAt", coalesce(g.tier, ${filter.lowest}) as tier,
      coalesce(g.growth, 0) as growth, coalesce(p.available - p.debt, 0) as points,
      (select count(*) from card_binding b where b.member_id = m.id and b.undone_at is null) as "oldCards"
    from ${JOINED} where ${asked(filter.q)} and ${ofTier(filter)} order by ${ORDER[sort]} limit ${limit} offset ${offset}`.execute(
    db,
  )
  return rows
}
export async function countMembership(db: Reader, filter: MembershipFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${JOINED} where ${asked(filter.q)} and ${ofTier(filter)}`.execute(db)
  return rows[0]?.n ?? 0
}
/** How many have each tier; who has no account has the lowest. */
export async function countTiers(db: Reader, lowest: string): Promise<{ tier: string; members: number }[]> {
  const { rows } = await sql<{ tier: string; members: number }>`
    select coalesce(g.tier, ${lowest}) as tier, count(*) as members from member m left join growth_account g on g.member_id = m.id group by 1`.execute(
    db,
  )
  return rows
}
