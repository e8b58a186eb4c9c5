/**
 * Audiences: rules that say which members are meant, who that was at a moment, and what members are called.
 *
 * Owns tag, member_tag, audience, audience_version, audience_snapshot, audience_member, rfm_run, rfm_cell and rfm_score. Promises that a rule reaches the
 * database as parameters of statements that are written here, within bounds of size and time; that nobody who switched marketing off is in any audience;
 * that a version and a snapshot stay as they were; and that everybody is scored once a night by each rule.
 * Tells others who is in an audience, as a snapshot that stays.
 */
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import { findSnapshot, listNames } from './audiences.sql.ts'
import { createAudiences } from './audiences.ts'
import { createCounting } from './counting.ts'
import { snapshotMissing } from './problems.ts'
import { mountConsole } from './routes.ts'
import { listMembers } from './snapshots.sql.ts'
import { createTags } from './tags.ts'
import { createTaking } from './taking.ts'

export { audienceMissing } from './problems.ts'

export interface AudienceRoom {
  /** Takes who is in an audience now, by its last version, for good; refuses with `audiences.missing` or `audiences.version_none`. `by` is a signature. */
  snapshot(audienceId: string, by: string): Promise<{ snapshotId: string; version: number; members: number }>
  /** Ids of a snapshot's members, in order, after the given one. */
  membersOf(snapshotId: string, after: string | null, limit: number): Promise<string[]>
  /** How many are in a snapshot; refuses with `audiences.snapshot_missing`. */
  countOf(snapshotId: string): Promise<number>
  /** Ids of who is in an audience at this moment, by its last version; nothing is kept. Refuses like `snapshot`. */
  now(audienceId: string): Promise<string[]>
  /** What audiences are called, by id, also those that were put away. */
  names(audienceIds: readonly string[]): Promise<Map<string, string>>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export function createAudienceRoom(
  ctx: Ctx,
  { staff, members }: { staff: Pick<Staff, 'audit'>; members: Pick<Members, 'atDesk'> },
): AudienceRoom {
  const taking = createTaking(ctx)
  return {
    async snapshot(audienceId, by) {
      const { id, version, members } = await taking.take(audienceId, { cause: 'drop', by })
      return { snapshotId: id, version, members }
    },
    membersOf: (snapshotId, after, limit) => listMembers(ctx.db, snapshotId, { which: 'all', after, limit }),
    async countOf(snapshotId) {
      const snapshot = (await findSnapshot(ctx.db, snapshotId)) ?? refuse(snapshotMissing, { snapshotId })
      return snapshot.members
    },
    now: (audienceId) => taking.look(audienceId),
    names: async (ids) => new Map((await listNames(ctx.db, ids)).map(({ id, name }) => [id, name])),
    routes: (http) =>
      mountConsole(http, {
        ctx,
        members,
        audiences: createAudiences(ctx, { staff }),
        counting: createCounting(ctx, { members }),
        taking,
        tags: createTags(ctx, { staff, members }),
      }),
    sweeps: [{ name: 'audiences.night', seconds: 300, run: taking.night }],
  }
}
