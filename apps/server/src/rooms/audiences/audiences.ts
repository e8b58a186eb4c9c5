import type { Audience, AudienceHead, Snapshot } from '@linli/contract/audiences'
import { type AudienceRule, conditionsOf, isChoice } from '@linli/contract/audience-rules'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Reader, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { type ProblemKind, refuse } from '#kernel/problem'
import type { AuditedCall, Staff } from '#room/staff'
import * as sql from './audiences.sql.ts'
import { requireSound } from './counting.ts'
import {
  audienceMissing,
  nameTaken,
  nothingNew,
  revisionStale,
  ruleEmpty,
  tagLoop,
  tagTaken,
  tooMany,
} from './problems.ts'
import * as tags from './tags.sql.ts'

const MOST = 200
const SNAPSHOTS_SHOWN = 30

export interface Draft {
  name: string
  note: string
  rule: AudienceRule
}
export const shownSnapshot = ({
  audienceId: _audienceId,
  takenAt,
  ...row
}: sql.SnapshotRow): Static<typeof Snapshot> => ({
  ...row,
  takenAt: takenAt.toISOString(),
})

/** A unique index that somebody else's name stands in is a refusal, not a fault. */
export async function unlessTaken<T>(work: () => Promise<T>, index: string, kind: ProblemKind): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violates(error, index)) refuse(kind)
    throw error
  }
}

const asksForTag = (rule: AudienceRule, tagId: string): boolean =>
  conditionsOf(rule).some(
    ({ condition }) => isChoice(condition) && condition.fact === 'tag' && condition.oneOf.includes(tagId),
  )

/** Audiences as head office edits them: a draft, and versions that stay. */
export function createAudiences(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  { staff }: { staff: Pick<Staff, 'audit'> },
) {
  const require = async (reader: Reader, id: string): Promise<sql.AudienceRow> =>
    (await sql.findAudience(reader, id)) ?? refuse(audienceMissing, { audienceId: id })
  async function lock(tx: Tx, id: string): Promise<sql.AudienceRow> {
    if (!(await sql.lockAudience(tx, id))) refuse(audienceMissing, { audienceId: id })
    return require(tx, id)
  }
  async function shown(reader: Reader, id: string): Promise<Static<typeof Audience>> {
    const row = await require(reader, id)
    const versions = await sql.listVersions(reader, id)
    const snapshots = (await sql.listSnapshots(reader, id, SNAPSHOTS_SHOWN)).map(shownSnapshot)
    return {
      ...row,
      versions: versions.map(({ savedAt, ...version }) => ({ ...version, savedAt: savedAt.toISOString() })),
      snapshots,
      latest: snapshots[0] ?? null,
    }
  }
  const audited = (
    tx: Tx,
    call: AuditedCall,
    deed: { action: string; id: string; before?: unknown; after?: unknown },
  ) =>
    staff.audit(tx, call, {
      action: deed.action,
      subject: `audience:${deed.id}`,
      before: deed.before,
      after: deed.after,
    })

  return {
    async list(): Promise<Static<typeof AudienceHead>[]> {
      const [rows, latest] = await Promise.all([sql.listAudiences(db), sql.latestSnapshots(db)])
      return rows.map(({ rule: _rule, revision: _revision, ...row }) => {
        const snapshot = latest.get(row.id)
        return { ...row, latest: snapshot ? shownSnapshot(snapshot) : null }
      })
    },
    show: (id: string) => shown(db, id),

    async begin(call: AuditedCall, draft: Draft) {
      requireSound(draft.rule)
      if ((await sql.countAudiences(db)) >= MOST) refuse(tooMany)
      const id = newId()
      const work = () =>
        inTx(db, async (tx) => {
          await sql.insertAudience(tx, { ...draft, id, at: clock.now(), by: signature(call.actor) })
          await audited(tx, call, { action: 'audiences.begun', id, after: draft })
          return shown(tx, id)
        })
      return unlessTaken(work, 'audience_name', nameTaken)
    },

    async change(call: AuditedCall, id: string, { revision, ...draft }: Draft & { revision: number }) {
      requireSound(draft.rule)
      const work = () =>
        inTx(db, async (tx) => {
          const { name, note, rule, tag } = await lock(tx, id)
          if (tag && asksForTag(draft.rule, tag.id)) refuse(tagLoop)
          if (!(await sql.changeDraft(tx, { id, revision, ...draft }))) refuse(revisionStale)
          await audited(tx, call, {
            action: 'audiences.draft_changed',
            id,
            before: { name, note, rule },
            after: draft,
          })
          return shown(tx, id)
        })
      return unlessTaken(work, 'audience_name', nameTaken)
    },

    save: (call: AuditedCall, id: string, revision: number) =>
      inTx(db, async (tx) => {
        const { rule, version, changed, revision: now } = await lock(tx, id)
        if (now !== revision) refuse(revisionStale)
        if (!changed) refuse(nothingNew)
        if (rule.rows.length === 0) refuse(ruleEmpty)
        requireSound(rule)
        const next = version + 1
        await sql.insertVersion(tx, {
          audienceId: id,
          version: next,
          rule,
          at: clock.now(),
          by: signature(call.actor),
        })
        await audited(tx, call, { action: 'audiences.version_saved', id, after: { version: next, rule } })
        return shown(tx, id)
      }),

    async keep(call: AuditedCall, id: string, upkeep: { nightly: boolean; tag: string | null }) {
      const work = () =>
        inTx(db, async (tx) => {
          const { rule, nightly, tag } = await lock(tx, id)
          await sql.setNightly(tx, id, upkeep.nightly)
          if (tag && asksForTag(rule, tag.id) && upkeep.tag !== null) refuse(tagLoop)
          if (upkeep.tag === null) await tags.dropTagOf(tx, id)
          else if (tag) await tags.renameTag(tx, tag.id, upkeep.tag)
          else
            await tags.insertTag(tx, {
              id: newId(),
              name: upkeep.tag,
              audienceId: id,
              at: clock.now(),
              by: signature(call.actor),
            })
          await audited(tx, call, {
            action: 'audiences.upkeep_set',
            id,
            before: { nightly, tag: tag?.name ?? null },
            after: upkeep,
          })
          return shown(tx, id)
        })
      return unlessTaken(work, 'tag_name', tagTaken)
    },

    putAway: (call: AuditedCall, id: string) =>
      inTx(db, async (tx) => {
        const { name } = await lock(tx, id)
        await tags.dropTagOf(tx, id)
        await sql.archive(tx, id, clock.now())
        await audited(tx, call, { action: 'audiences.put_away', id, before: { name } })
        return null
      }),
  }
}
export type Audiences = ReturnType<typeof createAudiences>
