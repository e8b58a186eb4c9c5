import type { Input, Output } from '@linli/contract'
import type { aftersaleRoutes } from '@linli/contract/aftersales'
import { createHash } from 'node:crypto'
import { type MemberActor, signature } from '#kernel/actor'
import { inTx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { orderMissing, type OrderFacts, type PreviewedRefund } from '#room/orders'
import * as sql from './aftersales.sql.ts'
import { faultOf, isOurFault, needsPhoto, openOptions, type OptionLine, type Wanted } from './options.ts'
import { isPerishable } from './perishable.ts'
import { attachPhotos } from './photos.sql.ts'
import {
  appealedBefore,
  keyReused,
  lineOpen,
  photoMissing,
  photoNeeded,
  sumChanged,
  tooLate,
  tooOften,
} from './problems.ts'
import { sendOne } from './refunds.ts'
import { mine, type Room, step } from './room.ts'
import type { Verb } from './states.ts'
import { dueAfter } from './windows.ts'

type Options = Output<(typeof aftersaleRoutes)['GET /v1/orders/:orderId/aftersale-options']>
type Quote = Output<(typeof aftersaleRoutes)['POST /v1/orders/:orderId/aftersale-quotes']>
type ApplyBody = Input<(typeof aftersaleRoutes)['POST /v1/orders/:orderId/aftersales']>['body']

/** Every request costs somebody time; nobody needs more than this for one order. */
const MOST_PER_ORDER = 20

interface Facts {
  order: OrderFacts
  lines: OptionLine[]
}

async function factsOf(room: Room, memberId: string, orderId: string): Promise<Facts> {
  const order = await room.orders.find(orderId)
  if (order?.memberId !== memberId) return refuse(orderMissing)
  const [left, open] = await Promise.all([room.orders.left(order), sql.openLines(room.ctx.db, orderId)])
  const lines = order.lines.map(({ lineNo, skuId, components }) => ({
    lineNo,
    left: left.get(lineNo) ?? 0,
    // Of a bundle: whatever is in it.
    perishable: (components.length > 0 ? components : [{ skuId }]).some((part) =>
      isPerishable(room.catalog.keeping(part.skuId)),
    ),
    openId: open.find((each) => each.lineNo === lineNo)?.openId ?? null,
  }))
  return { order, lines }
}

const wholeAtOnce = ({ order, lines }: Facts): boolean =>
  order.state === 'PAID' && lines.every(({ openId }) => openId === null)

/** What a shopper can apply for now, line by line. */
export async function listOptions(room: Room, actor: MemberActor, orderId: string): Promise<Options> {
  const facts = await factsOf(room, actor.memberId, orderId)
  const { order, lines } = facts
  const now = room.ctx.clock.now()
  return {
    orderNo: order.no,
    storeName: room.stores.find(order.storeId)?.name ?? order.storeId,
    wholeAtOnce: wholeAtOnce(facts),
    lines: order.lines.flatMap(({ lineNo, name, unit, pictureId, quantity, refundedQuantity, ...paid }) => {
      const line = lines.find((each) => each.lineNo === lineNo)
      if (!line) return []
      return {
        ...line,
        name,
        unit,
        picture: room.catalog.picture(pictureId),
        payFen: paid.payFen - paid.groupBackFen,
        quantity,
        refundedQuantity,
        kinds: openOptions(order, line, now).map(({ kind, reasons, until }) => ({
          kind,
          reasons: [...reasons],
          until: until?.toISOString() ?? null,
        })),
      }
    }),
  }
}

async function plan(
  room: Room,
  facts: Facts,
  wanted: Wanted,
): Promise<PreviewedRefund & { atOnce: boolean }> {
  const fault = faultOf(facts.order, facts.lines, wanted, room.ctx.clock.now())
  if (fault) refuse(fault.problem, fault.data)
  const planned = await room.orders.planRefund(facts.order, wanted.lines, {
    ourFault: isOurFault(wanted.reason),
  })
  return { ...planned, atOnce: planned.whole && wholeAtOnce(facts) }
}

/**
 * Is there enough in the store that sold them to exchange these, as far as anybody can say now? Of a bundle whatever was in it when it was sold, since
 * that is what comes back and is put aside. Null where nothing is exchanged.
 */
function inStock({ inventory }: Room, order: OrderFacts, { kind, lines }: Wanted): boolean | null {
  if (kind !== 'exchange') return null
  const needed = new Map<string, number>()
  for (const { lineNo, quantity } of lines) {
    const line = order.lines.find((each) => each.lineNo === lineNo)
    if (!line) return false
    const { skuId, components } = line
    for (const part of components.length > 0 ? components : [{ skuId, quantity: 1 }])
      needed.set(part.skuId, (needed.get(part.skuId) ?? 0) + part.quantity * quantity)
  }
  return [...needed].every(([skuId, quantity]) => inventory.available(order.storeId, skuId) >= quantity)
}

/** The exact sum before anything is sent. */
export async function quote(room: Room, actor: MemberActor, orderId: string, wanted: Wanted): Promise<Quote> {
  const facts = await factsOf(room, actor.memberId, orderId)
  const planned = await plan(room, facts, wanted)
  return { ...planned, lines: [...planned.lines], inStock: inStock(room, facts.order, wanted) }
}

function hashOf(orderId: string, { kind, reason, note, lines, photoIds, expectFen }: ApplyBody): string {
  const pieces = lines.map(({ lineNo, quantity }) => [lineNo, quantity]).sort(([a = 0], [b = 0]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([orderId, kind, reason, note ?? '', pieces, photoIds ?? [], expectFen]))
    .digest('hex')
}

async function earlier(
  room: Room,
  { memberId }: MemberActor,
  key: string,
  bodyHash: string,
): Promise<string | undefined> {
  const known = await sql.findByKey(room.ctx.db, memberId, key)
  if (known && known.bodyHash !== bodyHash) refuse(keyReused)
  return known?.id
}

/** Applies for a refund or a return; the id of the request. Safe to repeat with the same key. */
export async function apply(
  room: Room,
  actor: MemberActor,
  orderId: string,
  body: ApplyBody,
): Promise<string> {
  const bodyHash = hashOf(orderId, body)
  const first = () => earlier(room, actor, body.idempotencyKey, bodyHash)
  const before = await first()
  if (before) return before
  try {
    return await applyAnew(room, actor, orderId, { body, bodyHash })
  } catch (error) {
    // The same key, sent twice at the same moment: whatever the second one met, the first one stands.
    const same = await first()
    if (same) return same
    if (violates(error, 'aftersale_line_open')) return refuse(lineOpen)
    throw error
  }
}

async function applyAnew(
  room: Room,
  actor: MemberActor,
  orderId: string,
  { body, bodyHash }: Pick<Applied, 'body' | 'bodyHash'>,
): Promise<string> {
  const facts = await factsOf(room, actor.memberId, orderId)
  const planned = await plan(room, facts, body)
  if (planned.amountFen !== body.expectFen) refuse(sumChanged, { amountFen: planned.amountFen })
  if (needsPhoto(body) && !body.photoIds?.length) refuse(photoNeeded)
  if ((await sql.countOfOrder(room.ctx.db, orderId)).count >= MOST_PER_ORDER) refuse(tooOften)
  const id = await insert(room, actor, { facts, planned, body, bodyHash })
  if (planned.atOnce) await sendOne(room, id)
  return id
}

interface Applied {
  facts: Facts
  planned: PreviewedRefund & { atOnce: boolean }
  body: ApplyBody
  bodyHash: string
}
function insert(
  { ctx }: Room,
  actor: MemberActor,
  { facts, planned, body, bodyHash }: Applied,
): Promise<string> {
  const at = ctx.clock.now()
  const verb: Verb = planned.atOnce ? 'apply_agreed' : 'apply'
  const state = planned.atOnce ? 'REFUNDING' : 'APPLIED'
  const photoIds = body.photoIds ?? []
  const id = newId()
  return inTx(ctx.db, async (tx) => {
    await sql.insertAftersale(tx, {
      id,
      orderId: facts.order.id,
      storeId: facts.order.storeId,
      memberId: actor.memberId,
      key: body.idempotencyKey,
      bodyHash,
      kind: body.kind,
      reason: body.reason,
      ourFault: isOurFault(body.reason),
      note: body.note?.trim() ?? '',
      state,
      verb,
      amountFen: planned.amountFen,
      dueAt: dueAfter(state, at, false),
      by: signature(actor),
      at,
      lines: planned.lines.map((line) => ({
        ...line,
        perishable: facts.lines.find(({ lineNo }) => lineNo === line.lineNo)?.perishable ?? true,
      })),
    })
    const attached =
      photoIds.length > 0
        ? await attachPhotos(tx, { aftersaleId: id, memberId: actor.memberId, photoIds })
        : 0n
    if (attached !== BigInt(photoIds.length)) refuse(photoMissing)
    return id
  })
}

/** Takes a request back. */
export async function cancel(room: Room, actor: MemberActor, id: string): Promise<void> {
  const found = await mine(room, actor.memberId, id)
  await inTx(room.ctx.db, (tx) =>
    step(room, tx, found, { verb: 'cancel', who: 'member', by: signature(actor) }),
  )
}

/** Asks head office to look at a rejection again. */
export async function appeal(room: Room, actor: MemberActor, id: string, note: string): Promise<void> {
  const found = await mine(room, actor.memberId, id)
  if (found.appealed) refuse(appealedBefore)
  if (found.dueAt && found.dueAt <= room.ctx.clock.now()) refuse(tooLate, { until: found.dueAt })
  await inTx(room.ctx.db, (tx) =>
    step(room, tx, found, {
      verb: 'appeal',
      who: 'member',
      by: signature(actor),
      words: note,
      appeals: true,
    }),
  )
}

/** No longer waits for the replacement: the goods are back, so the money goes back. */
export async function takeMoney(room: Room, actor: MemberActor, id: string): Promise<void> {
  const found = await mine(room, actor.memberId, id)
  await inTx(room.ctx.db, (tx) =>
    step(room, tx, found, { verb: 'fall_back', who: 'member', by: signature(actor) }),
  )
  await sendOne(room, id)
}
