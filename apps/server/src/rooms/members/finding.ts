import type { MemberAtDesk } from '@linli/contract/members'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { maskName } from '#kernel/mask'
import { refuse } from '#kernel/problem'
import * as sql from './members.sql.ts'
import { memberMissing } from './problems.ts'

export type AtDesk = Static<typeof MemberAtDesk>
const MOST_FOUND = 50

export const atDesk = ({ id, nickname, phoneTail }: sql.MemberCard): AtDesk => ({
  id,
  name: maskName(nickname),
  phoneTail,
})

/** How staff find a member: by the tail of a phone, a part of a name, or the whole number that a list of theirs says. */
export function createFinding({ db, secrets }: Pick<Ctx, 'db' | 'secrets'>) {
  const cards = async (ids: readonly string[]) =>
    new Map((await sql.listCards(db, ids)).map((card) => [card.id, atDesk(card)]))
  /** Ids of members whose phone ends in these four digits, or with this in their name; so many at most. */
  const ids = async (typed: string, limit: number): Promise<string[]> => {
    const q = typed.trim()
    const found = /^\d{4}$/.test(q)
      ? await sql.listIdsByPhoneTail(db, q, limit)
      : await sql.listIdsByName(db, q, limit)
    return found.map(({ id }) => id)
  }
  return {
    ids,
    require: async (id: string): Promise<AtDesk> =>
      (await cards([id])).get(id) ?? refuse(memberMissing, { memberId: id }),
    async find(typed: string): Promise<AtDesk[]> {
      const order = await ids(typed, MOST_FOUND)
      const known = await cards(order)
      return order.flatMap((id) => known.get(id) ?? [])
    },
    async lookUp(phones: readonly string[]): Promise<{ phone: string; member: AtDesk | null }[]> {
      const asked = phones.map((phone) => ({ phone, hash: secrets.hash(`phone:${phone}`) }))
      const rows = await sql.listByPhoneHash(
        db,
        asked.map(({ hash }) => hash),
      )
      const known = await cards(rows.map(({ id }) => id))
      return asked.map(({ phone, hash }) => {
        const row = rows.find((each) => each.hash.equals(hash))
        return { phone, member: (row && known.get(row.id)) ?? null }
      })
    },
  }
}
export type Finding = ReturnType<typeof createFinding>
