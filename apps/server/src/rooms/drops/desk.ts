import type { consoleDropRoutes } from '@linli/contract/drops'
import type { Input, Output } from '@linli/contract'
import { signature } from '#kernel/actor'
import { cursorAfter, readCursor } from '#kernel/cursor'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { LEFT_OUT } from '@linli/contract/drops'
import * as sql from './drops.sql.ts'
import { audienceMissing } from '#room/audiences'
import * as problems from './problems.ts'
import { countBuyers, listMembers } from './results.sql.ts'
import { resultOf } from './results.ts'
import type { Room } from './room.ts'
import { draw } from './rounds.ts'
import { type LeftOut, listRounds } from './rounds.sql.ts'
import {
  type DropInput,
  type DropState,
  type DropTerms,
  faultOf,
  readTerms,
  type ShownDrop,
} from './terms.ts'
import { detectable } from './uplift.ts'

type Routes = typeof consoleDropRoutes
type Trial = Output<Routes['POST /console/v1/drop-trials']>
type ListQuery = NonNullable<Input<Routes['GET /console/v1/drops']>['query']>
type MembersQuery = NonNullable<Input<Routes['GET /console/v1/drops/:dropId/members']>['query']>

const PAGE = 20
const leftOutRows = (leftOut: LeftOut): { reason: (typeof LEFT_OUT)[number]; members: number }[] =>
  LEFT_OUT.flatMap((reason) => (leftOut[reason] ? [{ reason, members: leftOut[reason] }] : []))

/** What head office does with drops: drafts, dry runs, start, pause, stop; each leaves its row in the trail. */
export function createDropDesk(room: Room) {
  const { ctx, audiences, coupons, staff } = room
  const { db, clock } = ctx

  async function shown(rows: readonly sql.DropRow[]): Promise<ShownDrop[]> {
    const [called, labels] = await Promise.all([
      audiences.names(rows.map(({ audienceId }) => audienceId)),
      coupons.labels(rows.map(({ templateId }) => templateId)),
    ])
    return rows.map((row) => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      audience: called.get(row.audienceId) ?? '',
      coupon: labels.get(row.templateId) ?? '',
    }))
  }
  async function one(dropId: string): Promise<ShownDrop> {
    const [drop] = await shown([await require(dropId)])
    return drop ?? refuse(problems.dropMissing)
  }
  const require = async (dropId: string): Promise<sql.DropRow> =>
    (await sql.findDrop(db, dropId)) ?? refuse(problems.dropMissing)

  async function sound(input: DropInput): Promise<DropTerms> {
    const terms = readTerms(input)
    const fault = faultOf(terms, clock.now())
    if (fault) refuse(problems.termsUnsound, { fault })
    if (!(await audiences.names([terms.audienceId])).has(terms.audienceId)) refuse(audienceMissing)
    if (!(await coupons.rewards([terms.templateId])).has(terms.templateId)) refuse(problems.couponMissing)
    return terms
  }

  /** Changes a drop that still is what the caller saw, with a row in the trail; both or neither. */
  async function change(
    call: AuditedCall,
    { dropId, version }: { dropId: string; version: number },
    {
      action,
      reason,
      work,
    }: {
      action: string
      reason?: string
      work: (tx: Parameters<typeof sql.lockDrop>[0], drop: sql.DropRow) => Promise<unknown>
    },
  ): Promise<void> {
    await inTx(db, async (tx) => {
      const before = (await sql.lockDrop(tx, dropId)) ?? refuse(problems.dropMissing)
      if (before.version !== version) refuse(problems.changedSince)
      await work(tx, before)
      const after = await sql.findDrop(tx, dropId)
      await staff.audit(tx, call, {
        action: `drops.${action}`,
        subject: `drop:${dropId}`,
        ...(reason === undefined ? {} : { reason }),
        before,
        ...(after ? { after } : {}),
      })
    })
  }
  const onlyDraft = ({ state }: sql.DropRow): void => void (state === 'DRAFT' || refuse(problems.notDraft))
  const move = (
    call: AuditedCall,
    at: { dropId: string; version: number },
    to: { action: string; from: DropState[]; to: DropState; reason?: string },
  ) =>
    change(call, at, {
      action: to.action,
      ...(to.reason === undefined ? {} : { reason: to.reason }),
      work: async (tx, { id }) => {
        const stop = to.to === 'STOPPED' ? 'by_staff' : null
        if (!(await sql.moveDrop(tx, id, { from: to.from, to: to.to, stop }))) refuse(problems.wrongState)
      },
    }).then(() => one(at.dropId))

  return {
    async list({ state, page = 1, limit = PAGE }: ListQuery) {
      const { items, total } = await sql.listDrops(db, { state, offset: (page - 1) * limit, limit })
      const drops = await shown(items)
      const results = await Promise.all(items.map((row) => resultOf(room, row)))
      return { items: drops.flatMap((drop, i) => (results[i] ? [{ drop, result: results[i] }] : [])), total }
    },
    async read(dropId: string) {
      const row = await require(dropId)
      const [drop, result, rounds] = await Promise.all([
        one(dropId),
        resultOf(room, row),
        listRounds(db, dropId),
      ])
      return {
        drop,
        result,
        rounds: rounds.map(({ at, leftOut, ...round }) => ({
          ...round,
          at: at.toISOString(),
          leftOut: leftOutRows(leftOut),
        })),
      }
    },
    async members(dropId: string, { arm, cursor, limit = PAGE }: MembersQuery) {
      const { windowDays } = await require(dropId)
      const before = cursor === undefined ? null : readCursor(cursor, problems.cursorInvalid)
      const rows = await listMembers(db, { dropId, windowDays }, { arm, before, limit: limit + 1 })
      const page = rows.slice(0, limit)
      return {
        items: page.map(({ id: _id, at, ...row }) => ({ ...row, at: at.toISOString() })),
        nextCursor: rows.length > limit ? cursorAfter(page) : null,
      }
    },

    async draft(call: AuditedCall, input: DropInput): Promise<ShownDrop> {
      const terms = await sound(input)
      const id = newId()
      await inTx(db, async (tx) => {
        await sql.insertDrop(tx, { id, terms, at: clock.now(), by: signature(call.actor) })
        await staff.audit(tx, call, { action: 'drops.drafted', subject: `drop:${id}`, after: terms })
      })
      return one(id)
    },
    async edit(
      call: AuditedCall,
      dropId: string,
      { version, ...input }: DropInput & { version: number },
    ): Promise<ShownDrop> {
      const terms = await sound(input)
      await change(
        call,
        { dropId, version },
        {
          action: 'edited',
          async work(tx, before) {
            onlyDraft(before)
            await sql.setTerms(tx, dropId, terms)
          },
        },
      )
      return one(dropId)
    },
    async erase(call: AuditedCall, dropId: string, version: number): Promise<{ deleted: boolean }> {
      await change(
        call,
        { dropId, version },
        {
          action: 'deleted',
          async work(tx, before) {
            onlyDraft(before)
            await sql.deleteDrop(tx, dropId)
          },
        },
      )
      return { deleted: true }
    },

    /** Whom these terms would reach now: drawn like a round of its own, and forgotten. */
    async try(input: DropInput): Promise<Trial> {
      const terms = await sound(input)
      const at = clock.now()
      const memberIds = await audiences.now(terms.audienceId)
      const { found, leftOut, members } = await draw(
        room,
        { ...terms, id: newId() },
        { memberIds, already: 0 },
      )
      const hold = members.filter(({ arm }) => arm === 'hold').length
      const buyers = await countBuyers(
        db,
        members.map(({ memberId }) => memberId),
        { at, windowDays: terms.windowDays },
      )
      const baseShare = members.length === 0 ? null : buyers / members.length
      return {
        found,
        leftOut: leftOutRows(leftOut),
        send: members.length - hold,
        hold,
        baseShare,
        detectable:
          baseShare === null ? null : detectable(members.length - hold, hold, Math.max(baseShare, 0.01)),
        asOf: at.toISOString(),
      }
    },

    async start(call: AuditedCall, dropId: string, version: number): Promise<ShownDrop> {
      const { startsAt, ...row } = await require(dropId)
      await sound({ ...row, startsAt: startsAt.toISOString() })
      return move(call, { dropId, version }, { action: 'started', from: ['DRAFT'], to: 'LIVE' })
    },
    pause: (call: AuditedCall, dropId: string, version: number) =>
      move(call, { dropId, version }, { action: 'paused', from: ['LIVE'], to: 'PAUSED' }),
    resume: (call: AuditedCall, dropId: string, version: number) =>
      move(call, { dropId, version }, { action: 'resumed', from: ['PAUSED'], to: 'LIVE' }),
    stop: (call: AuditedCall, dropId: string, { version, reason }: { version: number; reason: string }) =>
      move(call, { dropId, version }, { action: 'stopped', from: ['LIVE', 'PAUSED'], to: 'STOPPED', reason }),
  }
}
export type DropDesk = ReturnType<typeof createDropDesk>
