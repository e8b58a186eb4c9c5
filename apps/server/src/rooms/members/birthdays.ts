import type { Birthday } from '@linli/contract/members'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import * as sql from './birthdays.sql.ts'
import type { MemberEvents } from './members.ts'
import { birthdayFixed, birthdayUnknown } from './problems.ts'

type Shown = Static<typeof Birthday>
export interface Birthdays {
  get(memberId: string): Promise<Shown>
  give(memberId: string, said: { month: number; day: number }): Promise<Shown>
  takeBack(memberId: string): Promise<void>
  hash(monthDay: string): Buffer
}

/** A year without a 29 February is no reason to have no birthday. */
const LEAP_YEAR = 2028
const monthDayOf = ({ month, day }: { month: number; day: number }): string | undefined => {
  const at = new Date(Date.UTC(LEAP_YEAR, month - 1, day))
  return at.getUTCMonth() === month - 1 ? at.toISOString().slice(5, 10) : undefined
}
const yearAfter = (at: Date): Date => {
  const later = new Date(at)
  later.setUTCFullYear(later.getUTCFullYear() + 1)
  return later
}

/** Birthdays without their years: sealed, found by the keyed hash of the day, changed once a year, taken back at any time. */
export function createBirthdays(
  { db, clock, secrets }: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  told: readonly MemberEvents[],
): Birthdays {
  const context = (memberId: string) => `birthday:${memberId}`
  const hash = (monthDay: string) => secrets.hash(`birthday:${monthDay}`)
  async function get(memberId: string): Promise<Shown> {
    const row = await sql.findBirthday(db, memberId)
    if (!row) return { birthday: null, changeableFrom: null }
    const [month = 0, day = 0] = row.cipher
      ? secrets.open(row.cipher, context(memberId)).split('-').map(Number)
      : []
    const from = yearAfter(row.givenAt)
    return {
      birthday: row.cipher ? { month, day } : null,
      changeableFrom: from > clock.now() ? from.toISOString() : null,
    }
  }
  return {
    get,
    hash,
    async give(memberId, said) {
      const monthDay = monthDayOf(said) ?? refuse(birthdayUnknown)
      const now = await get(memberId)
      // The same said twice is said once.
      if (now.birthday?.month === said.month && now.birthday.day === said.day) return now
      const at = clock.now()
      await inTx(db, async (tx) => {
        const cipher = secrets.seal(monthDay, context(memberId))
        const kept =
          (await sql.putBirthday(tx, { memberId, cipher, hash: hash(monthDay), at })) ??
          refuse(birthdayFixed, { from: now.changeableFrom })
        if (kept.first) for (const events of told) await events.birthdayGiven?.(tx, { memberId, at })
      })
      return get(memberId)
    },
    takeBack: async (memberId) => void (await inOneStatement(db, (tx) => sql.clearBirthday(tx, memberId))),
  }
}
