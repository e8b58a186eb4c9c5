import type { Output } from '@linli/contract'
import type { consoleMemberRoutes } from '@linli/contract/members'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import { atDesk } from './finding.ts'
import * as sql from './members.sql.ts'
import { masked, tailOf } from './phone.ts'
import { memberMissing, noPhone } from './problems.ts'

type Shown = Output<(typeof consoleMemberRoutes)['GET /console/v1/members/:memberId']>

/** How head office looks at one member: masked, and whole only for a reason that is kept. */
export interface Looking {
  look(memberId: string): Promise<Shown>
  reveal(call: AuditedCall, memberId: string, reason: string): Promise<{ phone: string }>
}

export function createLooking(
  { db, secrets }: Pick<Ctx, 'db' | 'secrets'>,
  { audit }: Pick<Staff, 'audit'>,
): Looking {
  const require = async (memberId: string): Promise<sql.MemberRow> =>
    (await sql.findMember(db, memberId)) ?? refuse(memberMissing, { memberId })
  const phoneOf = ({ id, phoneCipher }: sql.MemberRow): string | null =>
    phoneCipher && secrets.open(phoneCipher, `member:${id}`)
  return {
    async look(memberId) {
      const row = await require(memberId)
      const phone = phoneOf(row)
      const phoneTail = phone === null ? null : tailOf(phone)
      return {
        ...atDesk({ id: row.id, nickname: row.nickname, phoneTail }),
        phone: phone === null ? null : masked(phone),
        joinedAt: row.joinedAt.toISOString(),
        blocked: row.blocked,
      }
    },
    async reveal(call, memberId, reason) {
      const phone = phoneOf(await require(memberId)) ?? refuse(noPhone, { memberId })
      await inTx(db, (tx) =>
        audit(tx, call, {
          action: 'members.phone_revealed',
          subject: `member:${memberId}`,
          storeId: null,
          after: { reason },
        }),
      )
      return { phone }
    },
  }
}
