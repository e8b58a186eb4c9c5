import { secondsAfter } from '#kernel/clock'
import { apportion } from '#room/pricing'
import { clawPoints, earnPoints, giveBackPoints } from '#room/ledgers'
import {
  type Answer,
  type ReceiptLine,
  type RecordSale,
  type RedeemByStaff,
  refused,
  type TakeBack,
} from './commands.ts'
import { useAccepted } from './decide-offline.ts'
import { accountOf, couponsBack, newSale, pointsOf, reserve, spend, stampOf } from './decide-benefits.ts'
import { type Conflicts, conflictsOf } from './opening.ts'
import { txnReused } from './problems.ts'
import { moveOverTill } from './stock.ts'
import { type Unmatched, unmatchedIn } from './unmatched.ts'
import { type DeskSale, type Fold, keep, note, noteDeed, type SaleLine, txnKey } from './view.ts'

// Receipts and returns. They happened: nothing of them is refused but another content under a number that is known. What our books do not bear out
// becomes a conflict that a person looks at.

const isSameBasket = (sale: DeskSale, lines: readonly ReceiptLine[]): boolean =>
  sale.priced !== null &&
  sale.priced.lines.length === lines.length &&
  sale.priced.lines.every((was, i) => {
    const is = lines[i]
    return is && was.barcode === is.barcode && was.quantity === is.quantity && was.payFen === is.payFen
  })

/** What each line of a receipt has of what was redeemed for it. A basket that changed meanwhile shares it by what was paid. */
function sharesOf(
  sale: DeskSale,
  lines: readonly ReceiptLine[],
  same: boolean,
): Pick<SaleLine, 'usedPoints' | 'earnedPoints'>[] {
  const { priced } = sale
  if (sale.benefits !== 'REDEEMED' || !priced)
    return lines.map(({ earnedPoints }) => ({ usedPoints: 0, earnedPoints }))
  if (same) return priced.lines.map(({ usedPoints, earnedPoints }) => ({ usedPoints, earnedPoints }))
  const parts = lines.map(({ payFen }, i) => ({ id: String(i), weight: payFen + 1, cap: priced.pointsUsed }))
  const used = apportion(priced.pointsUsed, parts)
  return lines.map(({ earnedPoints }, i) => ({ usedPoints: used.get(String(i)) ?? 0, earnedPoints }))
}

/** A till that tells of a sale later than that has a clock that stands. */
const TOLD_WITHIN_S = 7 * 86_400
/** Goods left the shelf when they were sold, however late that is told: whoever counted after that has counted without them. */
const movedAt = ({ soldAt, at }: RecordSale | TakeBack): Date =>
  secondsAfter(soldAt, TOLD_WITHIN_S) < at ? at : soldAt

function moveStock(
  fold: Fold,
  sale: DeskSale,
  line: ReceiptLine,
  quantity: number,
  command: RecordSale | TakeBack,
  conflicts: Conflicts,
): void {
  const { storeId } = sale
  if (line.pieces === null) return
  if (line.pieces.length === 0) {
    const { barcode, name, payFen } = line
    conflicts.open(
      'barcode_unknown',
      `${barcode} ${conflicts.kinds.length}`,
      { barcode, name, quantity: line.quantity },
      payFen,
    )
    return
  }
  for (const { skuId, quantity: each } of line.pieces) {
    const goods = { tillId: sale.id, storeId, skuId, quantity: each * quantity }
    const short = moveOverTill(fold, goods, { by: command.by, at: movedAt(command) })
    if (short > 0) conflicts.open('stock_short', skuId, { skuId, name: line.name, pieces: short })
  }
}

/** Puts lines, and what took something off them, on file. */
function keepLines(fold: Fold, sale: DeskSale, lines: readonly ReceiptLine[], same: boolean): SaleLine[] {
  const shares = sharesOf(sale, lines, same)
  const kept = lines.map(({ barcode, name, skuId, quantity, unitFen, payFen }, i) => ({
    tillId: sale.id,
    lineNo: i + 1,
    barcode,
    name,
    skuId,
    quantity,
    unitFen,
    payFen,
    usedPoints: shares[i]?.usedPoints ?? 0,
    earnedPoints: shares[i]?.earnedPoints ?? 0,
    returnedQuantity: 0,
  }))
  fold.view.lines.set(sale.id, kept)
  fold.writes.lines.push(...kept)
  if (sale.benefits === 'REDEEMED')
    for (const [i, { discounts }] of (sale.priced?.lines ?? []).entries())
      for (const each of discounts)
        fold.writes.discounts.push({ ...each, tillId: sale.id, lineNo: Math.min(i, lines.length - 1) + 1 })
  return kept
}

/** Has this number been something before? The answer to give then. */
function before(
  known: DeskSale | undefined,
  { kind, hash, storeId }: { kind: DeskSale['kind']; hash: string; storeId: string },
): Answer | undefined {
  if (!known) return undefined
  if (known.receiptHash === hash) return { kind: 'recorded', repeat: true, conflicts: [] }
  return known.receiptHash !== null || known.kind !== kind || known.storeId !== storeId
    ? refused(txnReused)
    : undefined
}

/** Looks whether what the till took off in our name is borne out by what was redeemed. */
function checkBenefits(
  sale: DeskSale,
  { benefitOffFen, lines, accepted }: RecordSale,
  conflicts: Conflicts,
): boolean {
  const redeemedFen = sale.benefits === 'REDEEMED' ? (sale.priced?.discountFen ?? 0) : 0
  // What was accepted offline and refused now is in question by itself already.
  const refusedFen = sumOff(accepted.filter(({ couponId }) => !sale.priced?.couponIds.includes(couponId)))
  // A till may leave the sum out that its coupons add up to.
  const saidFen = Math.max(benefitOffFen, sumOff(accepted))
  const openFen = saidFen - redeemedFen - (sale.benefits === 'REVERSED' ? 0 : refusedFen)
  if (openFen > 0) {
    const detail = {
      benefitOffFen: saidFen,
      redeemedFen,
      benefits: sale.benefits,
      reason: sale.reverseReason,
    }
    conflicts.open('benefit_missing', 'off', detail, openFen)
  }
  const same = isSameBasket(sale, lines)
  if (sale.benefits === 'REDEEMED' && !same)
    conflicts.open('basket_changed', 'basket', { reservedFen: sale.priced?.payFen, paidFen: paidOf(lines) })
  return same
}
const sumOff = (accepted: RecordSale['accepted']): number =>
  accepted.reduce((sum, { offFen }) => sum + offFen, 0)
const paidOf = (lines: readonly ReceiptLine[]): number => lines.reduce((sum, { payFen }) => sum + payFen, 0)

function earn(
  fold: Fold,
  sale: DeskSale,
  lines: readonly SaleLine[],
  { usableAt, ...stamp }: RecordSale,
): void {
  const points = lines.reduce((sum, { earnedPoints }) => sum + earnedPoints, 0)
  if (sale.memberId === null || points === 0) return
  fold.writes.postings.push(
    ...earnPoints(accountOf(fold, sale.memberId), pointsOf(fold, sale.id), points, stampOf(stamp)),
  )
  fold.writes.usable.push({ purchaseId: sale.id, usableAt })
}

/** A receipt: stock leaves, what was reserved is used, what was paid earns. */
export function record(fold: Fold, command: RecordSale): Answer {
  const known = fold.view.sales.get(txnKey(command))
  const answer = before(known, { ...command, kind: 'sale' })
  if (answer) return answer
  const sale = known ?? keep(fold, newSale(command, { memberId: command.memberId }))
  sale.memberId ??= command.memberId
  const conflicts = conflictsOf(fold, sale, command)
  if (sale.benefits === 'RESERVED') spend(fold, sale, command)
  else if (sale.benefits === 'NONE') useAccepted(fold, sale, command, conflicts)
  const same = checkBenefits(sale, command, conflicts)
  const lines = keepLines(fold, sale, command.lines, same)
  for (const line of command.lines) moveStock(fold, sale, line, line.quantity, command, conflicts)
  fileReceipt(sale, command)
  earn(fold, sale, lines, command)
  note(fold, sale, 'record', command, { paidFen: sale.paidFen })
  for (const waiting of returnsOf(fold, sale)) {
    const { amountFen, ...more } = settleReturn(fold, waiting, sale, command)
    fold.writes.came.push({ tillId: waiting.id, at: command.at })
    const by = { returnedBy: waiting.posTxnId, ...more }
    if (amountFen > 0 || more.barcodes.length > 0)
      conflicts.open('return_unmatched', waiting.posTxnId, by, amountFen)
  }
  return { kind: 'recorded', repeat: false, conflicts: conflicts.kinds }
}

function fileReceipt(sale: DeskSale, { hash, soldAt, at, lines }: RecordSale | TakeBack): void {
  sale.receiptHash = hash
  sale.soldAt = soldAt
  sale.recordedAt = at
  sale.paidFen = paidOf(lines)
}

/** Returns that came before their sale did. */
const returnsOf = ({ view }: Fold, sale: DeskSale): DeskSale[] =>
  [...view.sales.values()].filter(
    (each) =>
      each.kind === 'return' &&
      each.partnerId === sale.partnerId &&
      each.returnOf === sale.posTxnId &&
      each.returnedId === null,
  )

const shareOf = (points: number, pieces: number, of: number): number => Math.floor((points * pieces) / of)

/**
 * What goods that came back move of points: those that were spent on them return, those that they earned are taken back, by pieces and rounded down, so
 * that all pieces add up (domain handbook §2.7). With the last piece the coupons come back.
 */
function settleReturn(
  fold: Fold,
  back: DeskSale,
  sale: DeskSale,
  stamp: Pick<RecordSale, 'by' | 'at'>,
): Unmatched {
  back.returnedId = sale.id
  if (!fold.writes.made.includes(back)) fold.writes.changed.set(back.id, back)
  let given = 0
  let taken = 0
  const unmatched: string[] = []
  const lines = fold.view.lines.get(sale.id) ?? []
  const pieces = fold.view.lines.get(back.id) ?? []
  for (const piece of pieces) {
    let left = piece.quantity
    for (const line of lines) {
      const some = Math.min(left, line.quantity - line.returnedQuantity)
      if (line.barcode !== piece.barcode || some <= 0) continue
      const before = line.returnedQuantity
      line.returnedQuantity += some
      left -= some
      given +=
        shareOf(line.usedPoints, line.returnedQuantity, line.quantity) -
        shareOf(line.usedPoints, before, line.quantity)
      taken +=
        shareOf(line.earnedPoints, line.returnedQuantity, line.quantity) -
        shareOf(line.earnedPoints, before, line.quantity)
      fold.writes.returned.set(`${sale.id} ${line.lineNo}`, line)
    }
    if (left > 0) unmatched.push(piece.barcode)
  }
  if (sale.memberId !== null && given + taken > 0) {
    const account = accountOf(fold, sale.memberId)
    const points = pointsOf(fold, sale.id)
    fold.writes.postings.push(
      ...giveBackPoints(account, points, given, stampOf(stamp)),
      ...clawPoints(account, points, taken, stampOf(stamp)),
    )
  }
  if (lines.every((line) => line.returnedQuantity === line.quantity) && sale.benefits === 'REDEEMED')
    couponsBack(fold, sale, 'refunded', stamp)
  return unmatchedIn(unmatched, pieces, lines)
}

/** Goods came back. The sale may not be with us yet: then the return waits for it. */
export function takeBack(fold: Fold, command: TakeBack): Answer {
  const { returnOf } = command
  const known = fold.view.sales.get(txnKey(command))
  const answer = before(known, { ...command, kind: 'return' })
  if (answer) return answer
  const back = known ?? keep(fold, newSale(command, { kind: 'return', returnOf }))
  const conflicts = conflictsOf(fold, back, command)
  fileReceipt(back, command)
  keepLines(
    fold,
    back,
    command.lines.map((line) => ({ ...line, earnedPoints: 0 })),
    false,
  )
  for (const line of command.lines)
    if (line.resellable) moveStock(fold, back, line, -line.quantity, command, conflicts)
  const sale = fold.view.sales.get(txnKey({ ...command, posTxnId: returnOf }))
  const { undoing } = command
  note(fold, back, 'take_back', command, undoing ? { returnOf, reason: undoing.reason } : { returnOf })
  if (sale && undoing) noteDeed(fold, sale, undoing.deed, command)
  if (sale?.recordedAt && sale.kind === 'sale') {
    const { amountFen, ...more } = settleReturn(fold, back, sale, command)
    if (amountFen > 0 || more.barcodes.length > 0)
      conflicts.open('return_unmatched', 'lines', { returnOf, ...more }, amountFen)
  }
  return { kind: 'recorded', repeat: false, conflicts: conflicts.kinds }
}

/** What staff redeem is set aside, used and on file at once. The same request again gets the same answer. */
export function redeemByStaff(fold: Fold, command: RedeemByStaff): Answer {
  const answer = reserve(fold, command.wish)
  if (answer.kind !== 'sale' || answer.sale.recordedAt) return answer
  record(fold, command.receipt)
  noteDeed(fold, answer.sale, command.deed, command)
  return answer
}
