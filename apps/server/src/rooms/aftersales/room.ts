import { SYSTEM, signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { Inventory } from '#room/inventory'
import type { Members } from '#room/members'
import type { Orders } from '#room/orders'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import * as sql from './aftersales.sql.ts'
import { aftersaleMissing, lineOpen, stateChanged } from './problems.ts'
import { moveTo, OPEN, type State, type Verb, type Who } from './states.ts'
import { dueAfter } from './windows.ts'

/** What the verbs of this room work with. */
export interface Room {
  ctx: Ctx
  stores: Pick<Stores, 'find' | 'require'>
  staff: Pick<Staff, 'audit' | 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'cards' | 'idsByPhoneTail'>
  catalog: Pick<Catalog, 'keeping' | 'picture' | 'cleanPhoto'>
  inventory: Pick<Inventory, 'takeBack'>
  orders: Pick<Orders, 'find' | 'left' | 'onWorkbench' | 'planRefund' | 'sendRefund'>
}

export type Said = Partial<
  Pick<sql.Step, 'words' | 'trouble' | 'returnCode' | 'returnStoreId' | 'nextRound' | 'appeals'>
>

/** Takes one step of the state table, or refuses with `aftersales.state_changed`. Answers where it led. */
export async function step(
  { ctx }: Pick<Room, 'ctx'>,
  tx: Tx,
  subject: Pick<sql.Case, 'id' | 'state' | 'kind' | 'appealed'>,
  { verb, who, by, ...said }: { verb: Verb; who: Who; by: string } & Said,
): Promise<State> {
  const to = moveTo(subject.state, verb, who, subject.kind)
  if (!to) return refuse(stateChanged, { state: subject.state })
  const at = ctx.clock.now()
  const taken = await sql
    .takeStep(tx, {
      ...said,
      id: subject.id,
      verb,
      from: subject.state,
      to,
      open: OPEN.includes(to),
      dueAt: dueAfter(to, at, subject.appealed || said.appeals === true),
      by,
      at,
    })
    .catch((error: unknown) => {
      if (violates(error, 'aftersale_line_open')) return refuse(lineOpen)
      throw error
    })
  if (!taken) refuse(stateChanged)
  return to
}

/** A step that the clock or a job takes; false when somebody was quicker. */
export async function stepBySystem(
  room: Pick<Room, 'ctx'>,
  subject: sql.Case,
  verb: Verb,
  said: Said = {},
): Promise<boolean> {
  const to = moveTo(subject.state, verb, 'system', subject.kind)
  if (!to) throw new Error(`after-sale ${subject.id}: ${verb} does not lead on from ${subject.state}`)
  const at = room.ctx.clock.now()
  return inTx(room.ctx.db, (tx) =>
    sql.takeStep(tx, {
      ...said,
      id: subject.id,
      verb,
      from: subject.state,
      to,
      open: OPEN.includes(to),
      dueAt: dueAfter(to, at, subject.appealed),
      by: SYSTEM,
      at,
    }),
  )
}

/** A deed of staff: the step and what belongs to it, with its entry in the trail, in one transaction. */
export async function deed(
  room: Room,
  call: AuditedCall,
  subject: sql.Case,
  { verb, action, ...said }: { verb: Verb; action: string } & Said,
  alongside: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await inTx(room.ctx.db, async (tx) => {
    const to = await step(room, tx, subject, { verb, who: 'staff', by: signature(call.actor), ...said })
    await alongside(tx)
    await room.staff.audit(tx, call, {
      action,
      subject: `aftersale:${subject.id}`,
      storeId: said.returnStoreId ?? subject.storeId,
      before: { state: subject.state },
      after: { state: to, words: said.words },
    })
  })
}

export const requireCase = async ({ ctx }: Pick<Room, 'ctx'>, id: string): Promise<sql.Case> =>
  (await sql.findCase(ctx.db, id)) ?? refuse(aftersaleMissing)

/** Somebody else's request does not exist. */
export async function mine(room: Room, memberId: string, id: string): Promise<sql.Case> {
  const found = await requireCase(room, id)
  return found.memberId === memberId ? found : refuse(aftersaleMissing)
}

type Places = Pick<sql.Case, 'storeId' | 'returnStoreId'>
/** May this person see it: as the store that sold the goods, or as the one that took them back. */
export const sees = ({ storeIds }: StaffActor, { storeId, returnStoreId }: Places): boolean =>
  storeIds === null ||
  storeIds.includes(storeId) ||
  (returnStoreId !== null && storeIds.includes(returnStoreId))

/** A request of a store the person may not see does not exist either. */
export async function inView(room: Room, actor: StaffActor, id: string): Promise<sql.Case> {
  const found = await requireCase(room, id)
  return sees(actor, found) ? found : refuse(aftersaleMissing)
}
