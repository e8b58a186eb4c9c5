import type { Share } from '@linli/contract/shares'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement, inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { newKey } from '#kernel/scenes'
import type { Stores } from '#room/stores'
import { DAYS_AT_FIRST } from './attributing.sql.ts'
import { subjectMissing, tooMany } from './problems.ts'
import * as sql from './sharing.sql.ts'
import type { Described, SubjectRef, Subjects } from './subjects.ts'
import { listTerms } from './terms.sql.ts'
import { titleOf } from './words.ts'

/** More new shares in an hour are no neighbour's doing. */
const MOST_AN_HOUR = 60

export interface Wish {
  memberId: string
  storeId: string
  subject: SubjectRef
  device: string
}

export const deviceHash = ({ secrets }: Pick<Ctx, 'secrets'>, device: string): Buffer =>
  secrets.hash(`device:${device}`)

/** Where a picture of a share is. */
export const picturePath = (key: string, kind: 'card' | 'poster'): string =>
  `/share-pictures/${key}/${kind}.jpg`

/** Somebody passes something on: their share of it, made at the first asking. */
export function createSharing(
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  { stores, subjects }: { stores: Pick<Stores, 'require'>; subjects: Subjects },
) {
  const { db, clock } = ctx
  const shown = (row: sql.ShareRow, described: Described): Static<typeof Share> => ({
    key: row.key,
    subject: { kind: row.kind, id: row.subjectId },
    storeId: row.storeId,
    title: titleOf(described),
    card: picturePath(row.key, 'card'),
    poster: picturePath(row.key, 'poster'),
  })
  const make = (passing: sql.Passing, hash: Buffer): Promise<sql.ShareRow> =>
    inTx(db, async (tx) => {
      const [terms] = await listTerms(tx, 1)
      const share = { ...passing, id: newId(), key: newKey(), deviceHash: hash, at: clock.now() }
      const days = terms?.days ?? DAYS_AT_FIRST
      await sql.insertShare(tx, share, { days, mostAnHour: MOST_AN_HOUR })
      return (await sql.shareOf(tx, passing)) ?? refuse(tooMany)
    })

  return {
    async pass({ memberId, storeId, subject, device }: Wish): Promise<Static<typeof Share>> {
      stores.require(storeId)
      const described = (await subjects.describe(storeId, subject)) ?? refuse(subjectMissing)
      const passing = { memberId, storeId, kind: subject.kind, subjectId: subject.id }
      const hash = deviceHash(ctx, device)
      const known = await sql.shareOf(db, passing)
      if (known && !known.deviceHash?.equals(hash))
        await inOneStatement(db, (tx) => sql.noteDevice(tx, known.id, hash))
      return shown(known ?? (await make(passing, hash)), described)
    },
  }
}
export type Sharing = ReturnType<typeof createSharing>
