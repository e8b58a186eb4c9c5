import type { Actor } from '#kernel/actor'
import { businessDay, instantOf, secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { attributeLate } from './attributing.sql.ts'
import * as sql from './opening.sql.ts'
import { keyUnknown } from './problems.ts'
import { deviceHash } from './sharing.ts'
import { shareByKey } from './sharing.sql.ts'
import type { SubjectRef } from './subjects.ts'

const DAY_SECONDS = 86_400
/** What was opened longer ago is nobody's any more when somebody signs in; no terms look further back. */
const CLAIM_SECONDS = 30 * DAY_SECONDS
/** Who comes back to the same share within a minute has not opened it again. */
const AGAIN_SECONDS = 60
/** Telephones of nobody: so many openings of one share a day are noted. */
const STRANGERS_A_DAY = 2000

/** The key of a member who promotes now; null of anybody else. */
export type PromoterKeyOf = (memberId: string) => Promise<string | null>

interface Landing {
  subject: SubjectRef
  storeId: string
  promoterKey: string | null
}

/** Somebody opens shares, signed in or not; and becomes known. */
export function createOpening(
  ctx: Pick<Ctx, 'db' | 'clock' | 'secrets'>,
  promoterKeyOf: () => PromoterKeyOf,
) {
  const { db, clock } = ctx

  async function claim(tx: Tx, memberId: string, hash: Buffer): Promise<number> {
    const at = clock.now()
    const asked = { memberId, deviceHash: hash, since: secondsAfter(at, -CLAIM_SECONDS), at }
    await sql.dropOwn(tx, asked)
    const claimed = await sql.claimOpens(tx, asked)
    if (claimed > 0) await attributeLate(tx, memberId, asked.since)
    return claimed
  }
  /** Two telephones of one member may claim the same share at once: the second one sees the first, the second time. */
  const claimed = async (memberId: string, hash: Buffer): Promise<number> => {
    const work = () => inTx(db, (tx) => claim(tx, memberId, hash))
    return work().catch((error: unknown) => {
      if (violates(error, 'share_open_member') || violates(error, 'share_open_joined')) return work()
      throw error
    })
  }
  async function note(shareId: string, visitor: sql.Visitor): Promise<void> {
    const at = clock.now()
    if (await sql.openedJustNow(db, shareId, visitor, secondsAfter(at, -AGAIN_SECONDS))) return
    const today = { since: instantOf(businessDay(at)), most: STRANGERS_A_DAY }
    if (visitor.memberId === null && (await sql.isFull(db, shareId, today))) return
    await inTx(db, async (tx) => {
      if (!(await sql.insertOpen(tx, shareId, { visitor, counts: true, at })))
        await sql.insertOpen(tx, shareId, { visitor, counts: false, at })
    })
  }

  return {
    /** Opened by whoever: what it leads to. Its maker, signed in or on their own telephone, opens nothing. */
    async open(actor: Actor, key: string, device: string): Promise<Landing> {
      const share = (await shareByKey(db, key)) ?? refuse(keyUnknown)
      const hash = deviceHash(ctx, device)
      const memberId = actor.kind === 'member' ? actor.memberId : null
      if (memberId !== null) await claimed(memberId, hash)
      const own = memberId === null ? share.deviceHash?.equals(hash) : share.memberId === memberId
      if (!own) await note(share.id, { memberId, deviceHash: hash })
      return {
        subject: { kind: share.kind, id: share.subjectId },
        storeId: share.storeId,
        promoterKey: own ? null : await promoterKeyOf()(share.memberId),
      }
    },
    /** Somebody signed in on this telephone: how many openings of it are theirs now. */
    claim: (memberId: string, device: string): Promise<number> => claimed(memberId, deviceHash(ctx, device)),
  }
}
export type Opening = ReturnType<typeof createOpening>
