import { type MemberActor, signature } from '#kernel/actor'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { type ProblemKind, refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import * as sql from './cards.sql.ts'
import { cardNoOf } from './numbers.ts'
import {
  bindingMissing,
  bindingUndone,
  cardBound,
  cardLost,
  cardMissing,
  cardUnmatched,
  phoneMissing,
} from './problems.ts'
import type { Room } from './room.ts'

interface Bind {
  no: string
  memberId: string
  way: 'phone' | 'staff'
  storeId: string | null
  by: string
}

/** Writes a binding with what it brings, in one transaction; `audited` adds the trail where staff did it. */
async function bind(
  room: Room,
  { no, memberId, way, storeId, by }: Bind,
  audited: (tx: Tx, bindingId: string, card: sql.CardRow) => Promise<void>,
): Promise<sql.CardRow> {
  const { ctx, ledgers, tiers } = room
  return inTx(ctx.db, async (tx) => {
    await sql.lockCard(tx, no)
    const card = (await sql.findCard(tx, no)) ?? refuse(cardMissing)
    if (card.bindingId) refuse(cardBound)
    // Who has the phone it was registered with has lost no card; who brings one that was lost may have found it.
    if (card.lostAt && way === 'staff') refuse(cardLost)
    const id = newId()
    const growth = await tiers.bringGrowth(tx, { bindingId: id, memberId, growth: card.growth, by })
    const { points } = card
    await sql.insertBinding(tx, { id, no, memberId, way, storeId, points, growth, at: ctx.clock.now(), by })
    await ledgers.bringPoints(tx, { bringer: { bindingId: id }, memberId, points, by })
    await audited(tx, id, card)
    return (await sql.findCard(tx, no)) ?? refuse(cardMissing)
  })
}

/** The first points of a member make their account; somebody else may have made it at this very moment. */
async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violates(error, 'card_binding_open')) return refuse(cardBound)
    if (!violates(error, 'points_account_pkey')) throw error
    return work()
  }
}

/** Notes a try before it is judged, so that numbers cannot be guessed. */
async function judged<T>(
  { guesses }: Room,
  { asker, storeId }: { asker: string; storeId: string | null },
  work: () => Promise<T>,
): Promise<T> {
  const tryId = await guesses.begin(asker, storeId)
  try {
    const answer = await work()
    await guesses.note(tryId, 'found')
    return answer
  } catch (error) {
    const { code } = error as Partial<ProblemKind>
    await guesses.note(tryId, typeof code === 'string' ? code.replace('cards.', '') : 'failed')
    throw error
  }
}

/** A member binds a card that was registered with their phone. Another's card is told apart from none by nobody. */
export function bindMine(room: Room, actor: MemberActor, typed: string): Promise<sql.CardRow> {
  const { ctx, members } = room
  const no = cardNoOf(typed)
  const { memberId } = actor
  return judged(room, { asker: signature(actor), storeId: null }, async () => {
    if (!(await members.standingOf(memberId)).hasPhone) refuse(phoneMissing)
    const card = await sql.findCard(ctx.db, no)
    if (!card?.phoneHash || !(await members.hasPhone(memberId, card.phoneHash))) refuse(cardUnmatched)
    const by = signature(actor)
    return onceMore(() => bind(room, { no, memberId, way: 'phone', storeId: null, by }, async () => {}))
  })
}

interface AtCounter {
  storeId: string
  no: string
}
/** A card that lies on the counter. */
export function seeCard(room: Room, call: AuditedCall, { storeId, no }: AtCounter): Promise<sql.CardRow> {
  room.staff.requireScope(call.actor, storeId)
  return judged(
    room,
    { asker: signature(call.actor), storeId },
    async () => (await sql.findCard(room.ctx.db, cardNoOf(no))) ?? refuse(cardMissing),
  )
}

/** Staff bind a card that they saw to a member who stands before them. */
export function bindSeen(
  room: Room,
  call: AuditedCall,
  { storeId, no: typed, memberId }: AtCounter & { memberId: string },
): Promise<sql.CardRow> {
  const { staff, members } = room
  staff.requireScope(call.actor, storeId)
  const by = signature(call.actor)
  const no = cardNoOf(typed)
  return judged(room, { asker: by, storeId }, async () => {
    await members.standingOf(memberId)
    return onceMore(() =>
      bind(room, { no, memberId, way: 'staff', storeId, by }, (tx, bindingId, { points, growth }) =>
        staff.audit(tx, call, {
          action: 'cards.bound',
          subject: `old_card:${no}`,
          storeId,
          after: { bindingId, memberId, points, growth },
        }),
      ),
    )
  })
}

/** A binding was wrong: what it brought goes, and the card is free again. */
export async function undoBinding(
  room: Room,
  call: AuditedCall,
  { bindingId, reason }: { bindingId: string; reason: string },
): Promise<sql.CardRow> {
  const { ctx, staff, ledgers, tiers } = room
  const by = signature(call.actor)
  return inTx(ctx.db, async (tx) => {
    const found = (await sql.findBinding(tx, bindingId)) ?? refuse(bindingMissing)
    // What was bound by phone is of no store: head office alone has every one of them.
    staff.requireScope(call.actor, found.storeId ?? '*')
    await sql.lockCard(tx, found.no)
    if (!(await sql.undoBinding(tx, bindingId, { at: ctx.clock.now(), by, reason }))) refuse(bindingUndone)
    const { memberId, points, growth } = found
    await tiers.takeGrowthBack(tx, { bindingId, memberId, growth, by })
    await ledgers.takePointsBack(tx, { bringer: { bindingId }, memberId, points, by })
    await staff.audit(tx, call, {
      action: 'cards.unbound',
      subject: `old_card:${found.no}`,
      storeId: found.storeId,
      before: { bindingId, memberId, points, growth },
      after: { reason },
    })
    return (await sql.findCard(tx, found.no)) ?? refuse(cardMissing)
  })
}

/** A card was lost, or found again. */
export async function reportLoss(
  room: Room,
  call: AuditedCall,
  { no, lost, reason }: { no: string; lost: boolean; reason: string },
): Promise<sql.CardRow> {
  const { ctx, staff } = room
  return inTx(ctx.db, async (tx) => {
    await sql.lockCard(tx, no)
    const before = (await sql.findCard(tx, no)) ?? refuse(cardMissing)
    if (before.bindingId) refuse(cardBound)
    await sql.setLost(tx, no, lost ? { at: ctx.clock.now(), by: signature(call.actor) } : null)
    await staff.audit(tx, call, {
      action: lost ? 'cards.lost' : 'cards.found',
      subject: `old_card:${no}`,
      storeId: null,
      before: { lost: before.lostAt !== null },
      after: { lost, reason },
    })
    return (await sql.findCard(tx, no)) ?? refuse(cardMissing)
  })
}
