import type { Input, Output } from '@linli/contract'
import type { tillRoutes } from '@linli/contract/tills'
import { createHash } from 'node:crypto'
import { type PartnerActor, signature } from '#kernel/actor'
import { newId } from '#kernel/id'
import { Problem } from '#kernel/problem'
import { judgeCard } from '#room/members'
import type { TillBasket } from '#room/pricing'
import type { AcceptedCoupon, Answer, Command, ReceiptLine } from './commands.ts'
import { readCouponCode } from './codes.ts'
import { listOpenKinds } from './conflicts.sql.ts'
import { memberOf } from './member-ref.ts'
import { type Goods, goodsOf, type Room } from './room.ts'
import type { Pieces } from './stock.ts'

type Routes = typeof tillRoutes
type Upload = Input<Routes['POST /partner/v1/till/sales']>['body']
type Receipt = Upload['sales'][number]
type Uploaded = Output<Routes['POST /partner/v1/till/sales']>['items'][number]

/** What a receipt says, without the order of its fields. */
const hashOf = (storeId: string, receipt: Receipt): string => {
  const { kind, posTxnId, soldAt, lines } = receipt
  const about =
    kind === 'sale'
      ? [receipt.benefitOffFen ?? 0, (receipt.offlineCoupons ?? []).map(({ code, offFen }) => [code, offFen])]
      : [receipt.returnOf]
  const goods = lines.map((line) => [
    line.barcode,
    line.quantity,
    line.unitFen,
    line.payFen,
    'resellable' in line && line.resellable,
  ])
  const canonical = JSON.stringify([kind, storeId, posTxnId, soldAt, about, goods])
  return createHash('sha256').update(canonical).digest('hex')
}

/** What a piece is on the shelves of this store; none where the store never had it. */
function piecesOf({ catalog }: Room, storeId: string, { skuId }: Goods): Pieces[] {
  const sellable = skuId === null ? undefined : catalog.sellable(storeId, skuId)
  if (!sellable) return []
  return (sellable.components ?? [{ skuId: sellable.skuId, quantity: 1 }]).map((part) => ({
    skuId: part.skuId,
    quantity: part.quantity,
  }))
}

/** A member who is not theirs to name is nobody: the receipt itself is taken all the same. */
function memberIn(
  { ctx, members }: Room,
  actor: PartnerActor,
  { memberRef, memberCard }: Extract<Receipt, { kind: 'sale' }>,
  soldAt: Date,
): string | null {
  if (memberCard !== undefined) {
    const { verdict, memberId } = judgeCard(memberCard, members.cardKeys(), soldAt)
    return verdict === 'fits' ? memberId : null
  }
  try {
    return memberRef === undefined ? null : memberOf(ctx, actor, memberRef, { late: true })
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** Coupons that the till accepted by itself, with what their codes say and what our books say of their terms. */
async function acceptedIn(
  { coupons, members, pricing }: Room,
  { offlineCoupons = [] }: Extract<Receipt, { kind: 'sale' }>,
  till: TillBasket,
): Promise<AcceptedCoupon[]> {
  if (offlineCoupons.length === 0) return []
  const { at } = till
  const read = offlineCoupons.map(({ code, offFen }) => ({
    said: readCouponCode(code, members.cardKeys(), at),
    offFen,
  }))
  const held = await coupons.held(read.flatMap(({ said }) => (said ? [said.code.couponId] : [])))
  const worth = await pricing.worthAtTill(till, held)
  return read.map(({ said, offFen }, i) => {
    const known = held.find(({ couponId }) => couponId === said?.code.couponId)
    return {
      couponId: said?.code.couponId ?? `forged ${i + 1}`,
      memberId: said?.code.memberId ?? '',
      label: known?.label ?? '',
      funding: known?.funding ?? 'store',
      offFen,
      worthFen: known ? (worth[held.indexOf(known)] ?? 0) : 0,
      at,
      fault: said ? said.fault : 'code_forged',
    }
  })
}

async function commandOf(
  room: Room,
  actor: PartnerActor,
  { storeId, receipt }: { storeId: string; receipt: Receipt },
): Promise<Command> {
  const { posTxnId } = receipt
  const at = room.ctx.clock.now()
  const told = new Date(receipt.soldAt)
  // A till whose clock is ahead has sold it now.
  const soldAt = told > at ? at : told
  const goods = receipt.lines.map(({ barcode }) => goodsOf(room, barcode))
  const till = {
    storeId,
    at: soldAt,
    lines: receipt.lines.map((line, i) => ({
      name: line.name,
      quantity: line.quantity,
      unitFen: line.unitFen,
      skuId: goods[i]?.skuId ?? null,
      categoryId: goods[i]?.categoryId ?? null,
    })),
  }
  const memberId = receipt.kind === 'sale' ? memberIn(room, actor, receipt, soldAt) : null
  const paidFen = receipt.lines.map(({ payFen }) => payFen)
  const earned = await room.pricing.earnedAtTill(till, paidFen, memberId)
  const lines = receipt.lines.map((line, i): ReceiptLine & { resellable: boolean } => ({
    barcode: line.barcode,
    name: line.name,
    quantity: line.quantity,
    unitFen: line.unitFen,
    payFen: line.payFen,
    skuId: goods[i]?.skuId ?? null,
    earnedPoints: earned[i] ?? 0,
    pieces: goods[i] ? piecesOf(room, storeId, goods[i]) : [],
    resellable: 'resellable' in line && line.resellable,
  }))
  const shared = {
    partnerId: actor.partnerId,
    storeId,
    posTxnId,
    by: signature(actor),
    at,
    tillId: newId(),
    hash: hashOf(storeId, receipt),
    soldAt,
    lines,
  }
  if (receipt.kind === 'return')
    return { ...shared, verb: 'take_back', returnOf: receipt.returnOf, undoing: null }
  return {
    ...shared,
    verb: 'record',
    memberId,
    accepted: await acceptedIn(room, receipt, till),
    benefitOffFen: receipt.benefitOffFen ?? 0,
    usableAt: room.ledgers.usableFrom(soldAt),
  }
}

function outcomeOf(posTxnId: string, answer: Answer): Uploaded {
  if (answer.kind === 'recorded')
    return {
      posTxnId,
      outcome: answer.repeat ? 'repeat' : 'recorded',
      code: null,
      conflicts: [...new Set(answer.conflicts)],
    }
  if (answer.kind === 'refused')
    return { posTxnId, outcome: 'refused', code: answer.problem.code, conflicts: [] }
  throw new Error(`a receipt was answered ${answer.kind}`)
}

/** A till whose first answer was lost hears of the conflicts with the repeat. */
async function withConflicts(
  { ctx }: Room,
  { partnerId }: PartnerActor,
  uploaded: Uploaded,
): Promise<Uploaded> {
  if (uploaded.outcome !== 'repeat') return uploaded
  const open = await listOpenKinds(ctx.db, partnerId, uploaded.posTxnId)
  return { ...uploaded, conflicts: [...new Set(open.map(({ kind }) => kind))] }
}

/**
 * Takes receipts and returns, each once, each with a result of its own: one that is refused keeps none of the others out. Sales before returns, however
 * they lie in the batch; a return whose sale comes later waits for it.
 */
export async function takeReceipts(
  room: Room,
  actor: PartnerActor,
  { storeId, sales }: Upload,
): Promise<Uploaded[]> {
  room.stores.require(storeId)
  const submit = async (receipt: Receipt, i: number) => {
    const answer = await room.submit(await commandOf(room, actor, { storeId, receipt }))
    return { i, uploaded: await withConflicts(room, actor, outcomeOf(receipt.posTxnId, answer)) }
  }
  const rows = sales.map((receipt, i) => ({ receipt, i }))
  const first = await Promise.all(
    rows.filter(({ receipt }) => receipt.kind === 'sale').map(({ receipt, i }) => submit(receipt, i)),
  )
  const then = await Promise.all(
    rows.filter(({ receipt }) => receipt.kind === 'return').map(({ receipt, i }) => submit(receipt, i)),
  )
  return [...first, ...then].sort((a, b) => a.i - b.i).map(({ uploaded }) => uploaded)
}
