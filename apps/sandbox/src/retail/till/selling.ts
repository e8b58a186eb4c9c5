/** Ringing up a sale: what is scanned, what is changed, what is paid. */
import {
  acceptedOff,
  basketFen,
  checkStillGood,
  identify,
  noteAccepted,
  requote,
  reserve,
  showCoupon,
  wordsOf,
} from './benefits.ts'
import { emptySale, nextNumber } from './book.ts'
import type { Due, OpenSale, SaleReceipt } from './book.ts'
import { spread } from './discounts.ts'
import { findGoods, goodOf } from './goods.ts'
import type { Good } from './goods.ts'
import { ask, askTwice } from './shop.ts'
import { giveUp, heardOf, refuse } from './till.ts'
import type { Till } from './till.ts'

const PIECES_MAX = 999
const LINES_MAX = 100
/** A sale of ¥100,000 is a slip of the finger. */
const SALE_MAX_FEN = 10_000_000

/** What became of a scan: done, or goods to choose from, or a barcode that this till does not know. */
export type Scanned =
  | { said: 'goods' | 'member' | 'coupon' }
  | { said: 'choose'; goods: Good[] }
  | { said: 'unknown'; barcode: string }

const requireRinging = ({ sale }: { sale: OpenSale }): void => {
  if (sale.due) refuse('paying', '正在收款：先收完，或退回改商品')
}

/** Puts pieces of something into the basket. */
const add = async (
  till: Till,
  good: { barcode: string; name: string; unitFen: number },
  quantity: number,
): Promise<void> => {
  const { sale } = till.book
  const line = sale.lines.find((each) => each.barcode === good.barcode && each.unitFen === good.unitFen)
  const pieces = (line?.quantity ?? 0) + quantity
  if (pieces > PIECES_MAX) refuse('too_many', `一行最多 ${PIECES_MAX} 件`)
  if (!line && sale.lines.length >= LINES_MAX) refuse('too_many', `一单最多 ${LINES_MAX} 行`)
  if (basketFen(till) + good.unitFen * quantity > SALE_MAX_FEN) refuse('too_much', '一单超过十万元了，请分单')
  if (line) line.quantity = pieces
  else sale.lines.push({ barcode: good.barcode, name: good.name, unitFen: good.unitFen, quantity })
  await requote(till)
}

/** Reads whatever was scanned or typed: goods (`3*` before a barcode: three of it), a card, a coupon, or a name to look for. */
export const scan = async (till: Till, typed: string): Promise<Scanned> => {
  requireRinging(till.book)
  const text = typed.trim()
  if (text.startsWith('LM1.') || /^86(\s?\d){14}$/.test(text)) {
    await identify(till, { cardCode: text })
    return { said: 'member' }
  }
  if (text.startsWith('LC1.')) {
    await showCoupon(till, text)
    return { said: 'coupon' }
  }
  const [, phoneTail, code] = /^(\d{4})[\s-]+(\d{6})$/.exec(text) ?? []
  if (phoneTail !== undefined && code !== undefined) {
    await identify(till, { phoneTail, code })
    return { said: 'member' }
  }
  const [, times, wanted = text] = /^(\d{1,3})[*×xX](.+)$/.exec(text) ?? []
  const quantity = Math.max(1, Number(times ?? 1))
  const good = goodOf(wanted)
  if (good) {
    await add(till, good, quantity)
    return { said: 'goods' }
  }
  if (/^\d{6,14}$/.test(wanted)) return { said: 'unknown', barcode: wanted }
  const goods = findGoods(wanted)
  if (goods.length === 0) return refuse('nothing_found', `没有叫「${wanted}」的商品`, 404)
  const [only] = goods
  if (only && goods.length === 1) {
    await add(till, only, quantity)
    return { said: 'goods' }
  }
  return { said: 'choose', goods }
}

/** Sells something that this till does not know, at a price that the clerk says. */
export const addUnknown = async (till: Till, barcode: string, unitFen: number): Promise<void> => {
  requireRinging(till.book)
  await add(till, { barcode, name: `散货 ${barcode.slice(-4)}`, unitFen }, 1)
}

/** So many pieces of a line; none takes it out. */
export const setQuantity = async (till: Till, at: number, quantity: number): Promise<void> => {
  requireRinging(till.book)
  const { sale } = till.book
  const line = sale.lines[at] ?? refuse('line_gone', '没有这一行', 404)
  const more = (quantity - line.quantity) * line.unitFen
  if (quantity > PIECES_MAX || basketFen(till) + more > SALE_MAX_FEN) refuse('too_many', '太多了，请分单')
  if (quantity <= 0) sale.lines.splice(at, 1)
  else line.quantity = quantity
  await requote(till)
}

/** Which coupons, and whether points: as the clerk says after asking the customer. */
export const chooseBenefits = async (
  till: Till,
  wish: { couponIds?: string[] | null; points?: boolean },
): Promise<void> => {
  requireRinging(till.book)
  const { sale } = till.book
  if (wish.couponIds !== undefined) sale.chosen = wish.couponIds
  if (wish.points !== undefined) sale.withPoints = wish.points
  await requote(till)
}

export const forgetMember = async (till: Till): Promise<void> => {
  requireRinging(till.book)
  Object.assign(till.book.sale, { member: null, chosen: null, withPoints: false, quote: null })
}
export const forgetCoupon = async (till: Till): Promise<void> => {
  requireRinging(till.book)
  till.book.sale.accepted = null
}

const offsOf = (sale: OpenSale): Due['offs'] => [
  ...(sale.quote?.coupons ?? [])
    .filter(({ offFen }) => offFen > 0)
    .map(({ label, offFen }) => ({ label, offFen })),
  ...(sale.quote && sale.quote.pointsUsed > 0
    ? [{ label: `${sale.quote.pointsUsed} 积分`, offFen: sale.quote.pointsOffFen }]
    : []),
]

/** The customer is about to pay: fixes the sum, and has the shop keep coupons and points. */
export const close = async (till: Till): Promise<void> => {
  const { book } = till
  const { sale } = book
  requireRinging(book)
  if (sale.lines.length === 0) refuse('empty', '先扫商品')
  checkStillGood(till)
  const posTxnId = nextNumber(book, till.now())
  const kept = await reserve(till, posTxnId)
  if (kept === 'silence') refuse('silence', '线断了，券和积分没有占上：看一下新的应收再结账', 503)
  const closedAt = new Date(till.now()).toISOString()
  if (typeof kept === 'object') {
    sale.due = { posTxnId, closedAt, ...kept, offs: offsOf(sale), reserved: true }
    return
  }
  const own = acceptedOff(till)
  const offFen = own?.offFen ?? 0
  const shares = spread(offFen, sale.lines)
  sale.due = {
    posTxnId,
    closedAt,
    lineFen: sale.lines.map(({ unitFen, quantity }, at) => unitFen * quantity - (shares[at] ?? 0)),
    payFen: basketFen(till) - offFen,
    offs: own && offFen > 0 ? [{ label: own.offer.label, offFen }] : [],
    reserved: false,
  }
}

/** Back to the goods: what was kept is free again. */
export const reopen = async (till: Till): Promise<void> => {
  const { sale, place } = till.book
  const { due } = sale
  if (!due) return
  sale.due = null
  if (due.reserved) {
    const api = await till.shop()
    const body = { posTxnId: due.posTxnId, storeId: place.storeId, reason: '顾客改了商品' }
    const heard = api
      ? heardOf(till, await ask(() => api('POST /partner/v1/till/reversals', { body })))
      : null
    if (heard?.kind !== 'answer') await giveUp(till, due.posTxnId, body.reason)
  }
  await requote(till)
}

/** Nobody buys this. */
export const clear = async (till: Till): Promise<void> => {
  await reopen(till)
  till.book.sale = emptySale()
}

/** The customer has paid. Not heard is no reason to send them away: the receipt says the same once more. */
export const pay = async (till: Till, tender: 'cash' | 'scan', receivedFen: number): Promise<SaleReceipt> => {
  const { book } = till
  const { sale } = book
  const due = sale.due ?? refuse('not_closed', '先结账')
  if (tender === 'cash' && receivedFen < due.payFen) refuse('too_little', '收的钱不够')
  if (due.reserved) await redeem(till, due)
  const { member, accepted } = sale
  const benefitOffFen = basketFen(till) - due.payFen
  noteAccepted(till)
  const receipt: SaleReceipt = {
    kind: 'sale',
    posTxnId: due.posTxnId,
    storeId: book.place.storeId,
    terminal: book.place.terminal,
    soldAt: due.closedAt,
    tender,
    receivedFen: tender === 'cash' ? receivedFen : due.payFen,
    paidFen: due.payFen,
    lines: sale.lines.map((line, at) => ({ ...line, payFen: due.lineFen[at] ?? 0 })),
    offs: due.offs,
    benefitOffFen,
    memberName: member?.how === 'online' ? member.name : member ? '已核验' : null,
    memberRef: member?.how === 'online' ? member.memberRef : null,
    memberCard: member?.how === 'offline' ? member.card : null,
    coupon: accepted && benefitOffFen > 0 ? { code: accepted.code, offFen: benefitOffFen } : null,
    state: 'waiting',
    words: [],
    tries: 0,
  }
  book.receipts.push(receipt)
  book.sale = emptySale()
  await till.save()
  return receipt
}

const redeem = async (till: Till, { posTxnId }: Due): Promise<void> => {
  const { place, sale } = till.book
  const api = await till.shop()
  if (!api) return
  const body = { storeId: place.storeId, posTxnId }
  const heard = heardOf(till, await askTwice(() => api('POST /partner/v1/till/redemptions', { body })))
  if (heard.kind !== 'refused' || till.trouble !== null) return
  sale.due = null
  await requote(till)
  refuse(
    'redeem_refused',
    heard.code === 'tills.expired' || heard.code === 'tills.reversed'
      ? '占用超过十五分钟，券和积分已经放开：重算过了，请再结一次账'
      : wordsOf(heard.code),
  )
}
