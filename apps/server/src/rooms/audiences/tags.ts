import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { memberMissing, type Members } from '#room/members'
import type { AuditedCall, Staff } from '#room/staff'
import { unlessTaken } from './audiences.ts'
import { tagAutomatic, tagMissing, tagTaken, tooMany } from './problems.ts'
import * as sql from './tags.sql.ts'

const MOST = 100

/** Tags that staff put on members by hand, and those that audiences write. */
export function createTags(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { staff, members }: { staff: Pick<Staff, 'audit'>; members: Pick<Members, 'atDesk'> },
) {
  async function requireByHand(tagId: string, memberId: string): Promise<{ name: string }> {
    const tag = (await sql.findTag(db, tagId)) ?? refuse(tagMissing, { tagId })
    if (tag.automatic) refuse(tagAutomatic)
    if (!(await members.atDesk([memberId])).has(memberId)) refuse(memberMissing, { memberId })
    return tag
  }
  return {
    list: async () => ({ items: await sql.listTags(db) }),
    ofMember: async (memberId: string) => ({
      items: (await sql.listOfMember(db, memberId)).map(({ at, ...row }) => ({
        ...row,
        at: at.toISOString(),
      })),
    }),

    async add(call: AuditedCall, name: string) {
      if ((await sql.listTags(db)).length >= MOST) refuse(tooMany)
      const id = newId()
      const work = () =>
        inTx(db, async (tx) => {
          await sql.insertTag(tx, { id, name, audienceId: null, at: clock.now(), by: signature(call.actor) })
          await staff.audit(tx, call, { action: 'audiences.tag_made', subject: `tag:${id}`, after: { name } })
          return { id, name }
        })
      return unlessTaken(work, 'tag_name', tagTaken)
    },

    async put(call: AuditedCall, { tagId, memberId }: { tagId: string; memberId: string }): Promise<null> {
      const { name } = await requireByHand(tagId, memberId)
      await inTx(db, async (tx) => {
        if (await sql.putTag(tx, { tagId, memberId, at: clock.now(), by: signature(call.actor) }))
          await staff.audit(tx, call, {
            action: 'audiences.tagged',
            subject: `member:${memberId}`,
            after: { tag: name },
          })
      })
      return null
    },

    async take(call: AuditedCall, { tagId, memberId }: { tagId: string; memberId: string }): Promise<null> {
      const { name } = await requireByHand(tagId, memberId)
      await inTx(db, async (tx) => {
        if (await sql.takeTag(tx, tagId, memberId))
          await staff.audit(tx, call, {
            action: 'audiences.untagged',
            subject: `member:${memberId}`,
            before: { tag: name },
          })
      })
      return null
    },
  }
}
export type Tags = ReturnType<typeof createTags>
