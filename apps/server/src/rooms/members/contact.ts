import type { Ctx } from '#kernel/ctx'
import * as sql from './contact.sql.ts'

/** A member's whole number, opened for the moment that something is sent to it and for nothing else. */
export interface Contact {
  phoneOf(memberId: string): Promise<string | null>
  hasNumber(memberId: string): Promise<boolean>
  /** Who has bound this number. */
  idByPhone(phone: string): Promise<string | undefined>
}

export const createContact = ({ db, secrets }: Pick<Ctx, 'db' | 'secrets'>): Contact => ({
  async phoneOf(memberId) {
    const cipher = (await sql.phoneOf(db, memberId))?.cipher
    return cipher ? secrets.open(cipher, `member:${memberId}`) : null
  },
  hasNumber: async (memberId) => Boolean((await sql.phoneOf(db, memberId))?.cipher),
  idByPhone: async (phone) => (await sql.idByPhoneHash(db, secrets.hash(`phone:${phone}`)))?.id,
})
