/** What the screen draws: everything about this till but its secrets. */
import { acceptedOff, basketFen } from './benefits.ts'
import type { OpenSale, Receipt, SaleReceipt } from './book.ts'
import { dayOf } from './book.ts'
import { spread } from './discounts.ts'
import { readKey } from './key.ts'
import { waitingIn } from './queue.ts'
import { returnedOf } from './returning.ts'
import { isOnline, packOf, todayOf } from './till.ts'
import type { Till } from './till.ts'

const TODAY_MAX = 200

/** A receipt in a list. */
const brief = ({ kind, posTxnId, soldAt, paidFen, state, words, lines, tender, ...more }: Receipt) => ({
  kind,
  posTxnId,
  soldAt,
  paidFen,
  state,
  words,
  tender,
  pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  returnOf: 'returnOf' in more ? more.returnOf : null,
})

/** A receipt as it is printed, with what of it came back. */
export const paperOf = (till: Till, receipt: Receipt) => ({
  ...brief(receipt),
  place: till.book.place,
  terminal: receipt.terminal,
  lines: receipt.lines.map(({ barcode, name, quantity, unitFen, payFen }, at) => ({
    lineNo: at + 1,
    barcode,
    name,
    quantity,
    unitFen,
    payFen,
    returned: receipt.kind === 'sale' ? returnedOf(till.book.receipts, receipt.posTxnId, at + 1) : 0,
  })),
  ...(receipt.kind === 'sale' ? soldWith(receipt) : { offs: [], receivedFen: null, memberName: null }),
})
const soldWith = ({ offs, receivedFen, memberName }: SaleReceipt) => ({ offs, receivedFen, memberName })

const memberView = ({ member }: OpenSale, now: number) => {
  if (member?.how === 'online')
    return { how: member.how, name: member.name, phoneTail: member.phoneTail, points: member.points }
  return member && { how: member.how, secondsLeft: Math.max(0, Math.round((member.until - now) / 1000)) }
}

const saleView = (till: Till) => {
  const { sale } = till.book
  const goodsFen = basketFen(till)
  const own = sale.quote ? null : acceptedOff(till)
  const offShares = own ? spread(own.offFen, sale.lines) : []
  const payFen = sale.due?.payFen ?? sale.quote?.payFen ?? goodsFen - (own?.offFen ?? 0)
  const linePay = (at: number, fullFen: number) =>
    sale.due?.lineFen[at] ?? sale.quote?.lineFen[at] ?? fullFen - (offShares[at] ?? 0)
  return {
    lines: sale.lines.map((line, at) => ({
      ...line,
      fullFen: line.unitFen * line.quantity,
      payFen: linePay(at, line.unitFen * line.quantity),
    })),
    pieces: sale.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    member: memberView(sale, till.now()),
    coupons:
      sale.quote?.coupons.map((each) => ({
        ...each,
        on: sale.quote?.couponIds.includes(each.id) ?? false,
      })) ?? [],
    accepted: sale.accepted && {
      label: own?.offer.label ?? '券',
      offFen: own?.offFen ?? 0,
      secondsLeft: Math.max(0, Math.round((sale.accepted.until - till.now()) / 1000)),
    },
    points: sale.quote && {
      balance: sale.quote.pointsBalance,
      on: sale.withPoints,
      used: sale.quote.pointsUsed,
      offFen: sale.quote.pointsOffFen,
      earned: sale.quote.pointsEarned,
    },
    goodsFen,
    offFen: goodsFen - payFen,
    payFen,
    paying: sale.due !== null,
    posTxnId: sale.due?.posTxnId ?? null,
  }
}

export const viewOf = async (till: Till) => {
  const { book } = till
  const key = await readKey(till.dataDir)
  const pack = packOf(till)
  const today = todayOf(till)
  const receipts = book.receipts.filter(
    (each) => each.state === 'waiting' || dayOf(Date.parse(each.soldAt)) === today,
  )
  return {
    now: new Date(till.now()).toISOString(),
    place: book.place,
    key: key && { keyId: key.keyId, origin: key.origin },
    line: { cut: book.cut, online: key !== null && isOnline(till), trouble: till.trouble },
    pack: pack && { day: pack.day, validUntil: pack.validUntil, offers: pack.coupons.length },
    waiting: waitingIn(till).length + book.reversals.length,
    sale: saleView(till),
    receipts: receipts.slice(-TODAY_MAX).toReversed().map(brief),
  }
}
