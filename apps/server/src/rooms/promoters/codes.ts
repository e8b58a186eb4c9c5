import type { GuideCode } from '@linli/contract/guidance'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { drawnOnce, newKey, SCENE_PAGE, sceneOf } from '#kernel/scenes'
import type { Members } from '#room/members'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import * as sql from './codes.sql.ts'
import { codeUnknown, pictureUnavailable } from './problems.ts'

export interface CodesDeps {
  stores: Pick<Stores, 'find' | 'require'>
  staff: Pick<Staff, 'audit' | 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'drawCode'>
}
type Shown = Static<typeof GuideCode>
export interface Drawn {
  code: Shown
  picture: string
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

const dataUrl = (picture: Buffer): string =>
  `data:image/${picture.subarray(0, 4).equals(PNG) ? 'png' : 'jpeg'};base64,${picture.toString('base64')}`

/** Codes of stores and of who works there: made at the first asking, drawn by WeChat once. */
export function createCodes({ db, clock }: Pick<Ctx, 'db' | 'clock'>, { stores, staff, members }: CodesDeps) {
  const shown = ({ id, storeId, staffId, staffName, madeAt }: sql.CodeRow): Shown => ({
    id,
    storeId,
    storeName: stores.find(storeId)?.name ?? storeId,
    staffId,
    staffName,
    madeAt: madeAt.toISOString(),
  })

  const picture = async ({ id, key }: sql.CodeRow): Promise<Buffer> =>
    (await drawnOnce({
      find: async () => (await sql.pictureOf(db, id))?.picture,
      draw: () => members.drawCode(sceneOf('g', key), SCENE_PAGE),
      keep: (drawn) => inOneStatement(db, (tx) => sql.keepPicture(tx, id, drawn)),
    })) ?? refuse(pictureUnavailable)

  return {
    shown,
    /** The code of a store (`staffId` null) or of somebody in it, with its picture. */
    async drawn(call: AuditedCall, storeId: string, staffId: string | null): Promise<Drawn> {
      staff.requireScope(call.actor, storeId)
      stores.require(storeId)
      const code =
        (await sql.codeOf(db, storeId, staffId)) ??
        (await inTx(db, async (tx) => {
          const made = {
            id: newId(),
            key: newKey(),
            storeId,
            staffId,
            at: clock.now(),
            by: signature(call.actor),
          }
          if (await sql.insertCode(tx, made))
            await staff.audit(tx, call, {
              action: 'promoters.code_made',
              subject: `guide_code:${made.id}`,
              storeId,
              after: { staffId },
            })
          return (await sql.codeOf(tx, storeId, staffId)) ?? refuse(codeUnknown)
        }))
      return { code: shown(code), picture: dataUrl(await picture(code)) }
    },

    async list(call: AuditedCall, storeId?: string): Promise<Shown[]> {
      if (storeId) staff.requireScope(call.actor, storeId)
      return (await sql.listCodes(db, storeId ? [storeId] : staff.scopeOf(call.actor))).map(shown)
    },

    end: (call: AuditedCall, codeId: string): Promise<void> =>
      inTx(db, async (tx) => {
        const code = await sql.codeById(tx, codeId)
        const scope = staff.scopeOf(call.actor)
        if (!code || (scope && !scope.includes(code.storeId))) return refuse(codeUnknown)
        if (!(await sql.endCode(tx, codeId, clock.now()))) return refuse(codeUnknown)
        await staff.audit(tx, call, {
          action: 'promoters.code_ended',
          subject: `guide_code:${codeId}`,
          storeId: code.storeId,
          before: { staffId: code.staffId },
        })
        return undefined
      }),
  }
}
export type Codes = ReturnType<typeof createCodes>
