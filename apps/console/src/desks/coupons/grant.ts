import type { Out } from '../../api.ts'

export type Member = Out<'GET /console/v1/members'>['items'][number]
export type Found = Out<'POST /console/v1/member-lookups'>['items'][number]
/** So many are asked for, and granted to, at once. */
export const AT_ONCE = 200
export const MOST_PASTED = 5000

/** Whole phone numbers out of a pasted list, each once, and the lines that are none. */
export const parsePhones = (pasted: string): { phones: string[]; bad: string[] } => {
  const words = pasted.split(/[\s,，;；、]+/).filter((word) => word !== '')
  const isPhone = (word: string) => /^1\d{10}$/.test(word)
  return {
    phones: [...new Set(words.filter(isPhone))],
    bad: [...new Set(words.filter((word) => !isPhone(word)))],
  }
}

export const chunked = <T>(items: readonly T[], size: number = AT_ONCE): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** Who is to get one: members that were found, each once. */
export const distinct = (members: readonly Member[]): Member[] => [
  ...new Map(members.map((member) => [member.id, member])).values(),
]

/** What came of a grant, person by person. */
export interface GrantResult {
  got: readonly { member: Member; couponId: string }[]
  /** Had as many as one may have. */
  full: readonly Member[]
  /** Not asked for any more: what stopped it is in `stopped`. */
  left: readonly Member[]
  stopped: unknown
}
type Answer = Out<'POST /console/v1/coupon-templates/:templateId/grants'>

/**
 * Grants to many, so many at once, each under a key of its own: sent again after a lost answer, nobody gets a second one. Stops at the first refusal
 * and says for whom.
 */
export async function grantAll(
  members: readonly Member[],
  send: (memberIds: string[], turn: number) => Promise<Answer>,
  told: (done: number) => void,
): Promise<GrantResult> {
  const got: GrantResult['got'][number][] = []
  const full: Member[] = []
  const named = new Map(members.map((member) => [member.id, member]))
  const turns = chunked(members)
  for (const [turn, chunk] of turns.entries()) {
    try {
      const answer = await send(
        chunk.map(({ id }) => id),
        turn,
      )
      for (const { memberId, couponId } of answer.granted) {
        const member = named.get(memberId)
        if (member) got.push({ member, couponId })
      }
      full.push(...answer.full.flatMap((id) => named.get(id) ?? []))
      told(Math.min(members.length, (turn + 1) * AT_ONCE))
    } catch (stopped) {
      return { got, full, left: turns.slice(turn).flat(), stopped }
    }
  }
  return { got, full, left: [], stopped: undefined }
}

export const memberWords = ({ name, phoneTail }: Member): string =>
  phoneTail ? `${name} ${phoneTail}` : name
