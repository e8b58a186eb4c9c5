import { SYSTEM, signature, type StaffActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { CounterMove, Inventory } from '#room/inventory'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Orders } from '#room/orders'
import type { AuditedCall, Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import * as sql from './aftersales.sql.ts'
import { aftersaleMissing, lineOpen, stateChanged } from './problems.ts'
import { HOLDING, OPEN, type State, turn, type Verb, type Who } from './states.ts'
import { dueAfter } from './windows.ts'

/** What the verbs of this room work with. */
export interface Room {
  ctx: Ctx
  stores: Pick<Stores, 'find' | 'require'>
  staff: Pick<Staff, 'audit' | 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'cards' | 'idsByPhoneTail'>
  catalog: Pick<Catalog, 'keeping' | 'picture' | 'cleanPhoto'>
  inventory: Pick<Inventory, 'available' | 'moveOverCounter'>
  messages: Pick<Messages, 'follow'>
  orders: Pick<Orders, 'find' | 'left' | 'onWorkbench' | 'planRefund' | 'sendRefund'>
}

export type Said = Partial<
  Pick<sql.Step, 'words' | 'ourFault' | 'trouble' | 'returnCode' | 'returnStoreId' | 'nextRound' | 'appeals'>
> & {
  /** Where the replacement of an exchange is put aside by this step. */
  holdStoreId?: string | undefined
  /** Other goods that move with it. */
  goods?: readonly CounterMove[]
}
interface Taken extends Said {
  verb: Verb
  who: Who
  by: string
}
type Subject = Pick<sql.Case, 'id' | 'orderId' | 'state' | 'kind' | 'appealed' | 'holdStoreId' | 'lines'>
type Walking = Pick<Room, 'ctx' | 'inventory'>

/** Puts the replacement aside where it is to be, lets go what was put aside elsewhere, and hands it over when it is given. */
function holdMoves(
  { id, lines, holdStoreId: held }: Subject,
  verb: Verb,
  next: string | null,
): CounterMove[] {
  if (held === next) return []
  const all = (storeId: string | null, reason: CounterMove['reason']): CounterMove[] =>
    storeId === null
      ? []
      : lines.flatMap(({ lineNo, parts, ...line }) =>
          parts.map(({ skuId, quantity }) => ({
            storeId,
            skuId,
            quantity: quantity * line.quantity,
            reason,
            key: `aftersale:${id}:${lineNo}:${verb}:${reason}`,
          })),
        )
  return [...all(held, verb === 'give' ? 'SHIP' : 'RELEASE'), ...all(next, 'RESERVE')]
}

const NOTES: Partial<Record<Verb, string>> = { accept_goods: '退回的货验收', give: '换货交给顾客' }

/** Takes one step of the state table with the goods that move by it; undefined when somebody was quicker. */
async function tryStep(
  { ctx, inventory }: Walking,
  tx: Tx,
  subject: Subject,
  { verb, who, by, goods = [], holdStoreId, ...said }: Taken,
): Promise<State | undefined> {
  const led = turn(subject.state, verb, who, subject.kind)
  if (!led) return undefined
  const { to, kind } = led
  const at = ctx.clock.now()
  const holds = kind === 'exchange' && HOLDING.includes(to) ? (holdStoreId ?? subject.holdStoreId) : null
  const taken = await sql
    .takeStep(tx, {
      ...said,
      id: subject.id,
      verb,
      from: subject.state,
      to,
      kind,
      holdStoreId: holds,
      open: OPEN.includes(to),
      dueAt: dueAfter(to, at, subject.appealed || said.appeals === true),
      by,
      at,
    })
    .catch((error: unknown) => {
      if (violates(error, 'aftersale_line_open')) return refuse(lineOpen)
      throw error
    })
  if (!taken) return undefined
  const moves = [...holdMoves(subject, verb, holds), ...goods]
  const note = NOTES[verb] ?? '换货预占'
  await inventory.moveOverCounter(tx, moves, { orderId: subject.orderId, note, by, at })
  return to
}

/** Takes one step of the state table, or refuses with `aftersales.state_changed`. Answers where it led. */
export const step = async (room: Walking, tx: Tx, subject: Subject, taken: Taken): Promise<State> =>
  (await tryStep(room, tx, subject, taken)) ?? refuse(stateChanged, { state: subject.state })

/** A step that the clock or a job takes; false when somebody was quicker. */
export async function stepBySystem(
  room: Walking,
  subject: sql.Case,
  verb: Verb,
  said: Said = {},
): Promise<boolean> {
  if (!turn(subject.state, verb, 'system', subject.kind))
    throw new Error(`after-sale ${subject.id}: ${verb} does not lead on from ${subject.state}`)
  const to = await inTx(room.ctx.db, (tx) =>
    tryStep(room, tx, subject, { ...said, verb, who: 'system', by: SYSTEM }),
  )
  return to !== undefined
}

/** A deed of staff: the step and what belongs to it, with its entry in the trail, in one transaction. */
export async function deed(
  room: Room,
  call: AuditedCall,
  subject: sql.Case,
  { verb, action, place, ...said }: { verb: Verb; action: string; place?: string } & Said,
  alongside: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await inTx(room.ctx.db, async (tx) => {
    const to = await step(room, tx, subject, { verb, who: 'staff', by: signature(call.actor), ...said })
    await alongside(tx)
    await room.staff.audit(tx, call, {
      action,
      subject: `aftersale:${subject.id}`,
      storeId: place ?? said.returnStoreId ?? subject.storeId,
      before: { state: subject.state },
      after: { state: to, words: said.words, ourFault: said.ourFault },
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
