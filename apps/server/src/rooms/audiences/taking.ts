import { businessDay, dayAfter, timeOfDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { SYSTEM } from '#kernel/actor'
import * as sql from './audiences.sql.ts'
import { inTime } from './counting.ts'
import { boundWriting, inOrder } from './counting.sql.ts'
import { audienceMissing, versionNone } from './problems.ts'
import * as rfm from './rfm.sql.ts'
import * as snapshots from './snapshots.sql.ts'

/** Nobody waits at a screen for the night, and it may be a million members. */
const TAKE_WITHIN_MS = 60_000
/** A million members are scored in half a minute; nobody waits for it. */
const SCORE_WITHIN_MS = 600_000
/** After the day is over and its late receipts are in. */
const NIGHT_FROM = '02:00'
/** So many days the members of nightly snapshots, and the scores of everybody, are kept. */
const KEPT_DAYS = 30
const SCORES_KEPT_DAYS = 7

/** Takes audiences: who is meant is noted, and who entered and left; what the night does. */
export function createTaking({ db, clock, log }: Pick<Ctx, 'db' | 'clock' | 'log'>) {
  async function takeIn(
    tx: Tx,
    audienceId: string,
    { cause, by }: { cause: sql.Cause; by: string },
  ): Promise<sql.SnapshotRow | undefined> {
    if (!(await sql.lockAudience(tx, audienceId))) refuse(audienceMissing, { audienceId })
    const version = (await sql.findVersion(tx, audienceId)) ?? refuse(versionNone)
    await boundWriting(tx, TAKE_WITHIN_MS)
    const now = clock.now()
    const id = newId()
    const asOf = { day: businessDay(now), now }
    const taken = await snapshots.take(tx, version.rule.rows, asOf, {
      id,
      audienceId,
      version: version.version,
      cause,
      by,
    })
    if (!taken) return undefined
    await snapshots.writeTag(tx, { audienceId, snapshotId: id, at: now })
    return sql.findSnapshot(tx, id)
  }

  async function scoreNight(day: string): Promise<void> {
    for (const rule of ['A', 'B'] as const) {
      if ((await rfm.latestRun(db, rule))?.day === day) continue
      await inTx(db, async (tx) => {
        await boundWriting(tx, SCORE_WITHIN_MS)
        await inOrder(tx)
        await rfm.score(tx, { id: newId(), rule, day, at: clock.now() })
        await rfm.forgetScores(tx, dayAfter(day, -SCORES_KEPT_DAYS))
      })
    }
  }

  return {
    takeIn,
    /** Who is meant at this moment by the last version; nothing is kept. */
    look: (audienceId: string): Promise<string[]> =>
      inTime(() =>
        inTx(db, async (tx) => {
          const version = (await sql.findVersion(tx, audienceId)) ?? refuse(audienceMissing, { audienceId })
          await boundWriting(tx, TAKE_WITHIN_MS)
          const now = clock.now()
          return snapshots.listNow(tx, version.rule.rows, { day: businessDay(now), now })
        }),
      ),
    /** Takes an audience by its last version; whoever asks names why. */
    take: (
      audienceId: string,
      how: { cause: Exclude<sql.Cause, 'nightly'>; by: string },
    ): Promise<sql.SnapshotRow> =>
      inTime(() =>
        inTx(
          db,
          async (tx) => (await takeIn(tx, audienceId, how)) ?? refuse(audienceMissing, { audienceId }),
        ),
      ),
    /** Scores everybody as of yesterday, then takes what is to be taken anew; each once a night, in whichever process. */
    async night(): Promise<void> {
      const now = clock.now()
      if (timeOfDay(now) < NIGHT_FROM) return
      const day = businessDay(now)
      await scoreNight(dayAfter(day, -1))
      for (const audienceId of await sql.dueTonight(db, day)) {
        try {
          await inTx(db, (tx) => takeIn(tx, audienceId, { cause: 'nightly', by: SYSTEM }))
        } catch (error) {
          // One that cannot be taken keeps no other from its night.
          log.error({ err: error, audienceId }, 'an audience was not taken')
        }
      }
      await inTx(db, (tx) => snapshots.release(tx, dayAfter(day, -KEPT_DAYS), now))
    },
  }
}
export type Taking = ReturnType<typeof createTaking>
