/** Whose sale this is, and what their coupons and points take off it: asked of the shop while there is a line, judged by the day pack when there is none. */
import type { OpenSale, Quote } from './book.ts'
import { goodsFenOf, offOf } from './discounts.ts'
import { ask, askTwice } from './shop.ts'
import { giveUp, heardOf, packOf, refuse, todayOf } from './till.ts'
import type { Till } from './till.ts'
import { readCard, readCoupon } from './tokens.ts'
import type { Fault, Offer } from './tokens.ts'

type Shown = { cardCode: string } | { phoneTail: string; code: string }

const FAULTS: Record<Fault, string> = {
  unreadable: '这不是会员码，也不是券码',
  forged: '这个码不是我们发的，不能收',
  expired: '这个码过时了，请顾客刷新再亮一次',
  ahead: '这个码的时间在前面：看看收银机的时钟',
  not_offered: '断网时这种券收不了：它有别的限制，等联网再用',
  other_store: '离线包不是这家店的',
}
const REFUSALS: Record<string, string> = {
  'members.card_unknown': '没有这个会员',
  'members.card_forged': '会员码不对，请再看一遍',
  'members.card_expired': '会员码过时了，请顾客再亮一次',
  'members.card_ambiguous': '不止一位会员是这个尾号，请扫会员码',
  'members.card_locked': '试错太多次，这台机器过几分钟再认会员',
  'members.blocked': '这位会员停用了',
  'tills.member_ref_wrong': '会员出示超过半小时了，请再亮一次会员码',
  'coupons.unusable': '券刚在别处用掉了，已经重算',
  'points.unusable': '积分刚变了，已经重算',
}
export const wordsOf = (code: string): string => REFUSALS[code] ?? `会员系统没有答应（${code}）`

/** The member who shows this; without a line only a QR can be judged. */
export const identify = async (till: Till, shown: Shown): Promise<void> => {
  const { sale, place } = till.book
  const api = await till.shop()
  if (api && !till.book.cut) {
    const body = { storeId: place.storeId, terminal: place.terminal, shown }
    const heard = heardOf(till, await ask(() => api('POST /partner/v1/till/members', { body })))
    if (heard.kind === 'refused') return refuse('member_refused', wordsOf(heard.code))
    if (heard.kind === 'answer') {
      sale.member = { how: 'online', ...heard.answer }
      sale.chosen = null
      return requote(till)
    }
  }
  if (!('cardCode' in shown)) return refuse('offline_digits', '断网时数字认不了会员，请顾客亮出会员二维码')
  const pack = packOf(till) ?? refuse('no_pack', '没有今天的离线包，断网时认不了会员')
  const card = readCard(pack, shown.cardCode, till.now())
  if (!card.ok)
    return refuse(
      'card_refused',
      card.fault === 'unreadable' ? '断网时请扫会员二维码，条码认不了' : FAULTS[card.fault],
    )
  sale.member = { how: 'offline', card: shown.cardCode.trim(), ...card.value }
  return requote(till)
}

/**
 * A coupon that somebody shows. Beside a member whom the shop knows it is one of theirs to choose; by itself, or without a line, it is judged by the pack, and
 * one is taken for a sale: the pack does not say which coupons go together.
 */
export const showCoupon = async (till: Till, code: string): Promise<void> => {
  const { book } = till
  const { sale } = book
  const pack = packOf(till) ?? refuse('no_pack', '没有今天的离线包，券码核不了')
  const read = readCoupon(pack, code, till.now())
  if (!read.ok) return refuse('coupon_refused', FAULTS[read.fault])
  const { couponId, memberId, offer, until } = read.value
  if (sale.quote) {
    if (!sale.quote.coupons.some(({ id }) => id === couponId))
      return refuse('coupon_foreign', '这张券不是这位会员的，或者用过了')
    sale.chosen = [...new Set([...(sale.chosen ?? sale.quote.couponIds), couponId])]
    return requote(till)
  }
  if (book.accepted.some((each) => each.couponId === couponId))
    return refuse('coupon_twice', '这张券在这台机器上收过了')
  if (sale.member?.how === 'offline' && sale.member.memberId !== memberId)
    return refuse('coupon_foreign', '这张券是别人的，和会员码对不上')
  sale.accepted = { code: code.trim(), couponId, memberId, templateId: offer.templateId, until }
}

/** What the coupon that this till accepted by itself takes off; null when there is none. */
export const acceptedOff = (till: Till): { offer: Offer; offFen: number } | null => {
  const { accepted, lines } = till.book.sale
  const offer = packOf(till)?.coupons.find(({ templateId }) => templateId === accepted?.templateId)
  return accepted && offer ? { offer, offFen: offOf(offer, lines) } : null
}

const basket = ({ lines }: OpenSale) => lines.map((line) => ({ ...line }))

/** Asks what coupons and points take off the basket as it is now. Nothing is set aside. */
export const requote = async (till: Till): Promise<void> => {
  const { sale, place } = till.book
  sale.quote = null
  const { member } = sale
  const api = await till.shop()
  if (member?.how !== 'online' || sale.lines.length === 0 || !api || till.book.cut) return
  const body = {
    storeId: place.storeId,
    memberRef: member.memberRef,
    lines: basket(sale),
    ...(sale.chosen === null ? { bestCoupons: true } : { couponIds: sale.chosen }),
    ...(sale.withPoints && member.points > 0 ? { usePoints: member.points } : {}),
  }
  const heard = heardOf(till, await ask(() => api('POST /partner/v1/till/quotes', { body })))
  if (heard.kind === 'silence') return
  if (heard.kind === 'refused') {
    if (heard.code === 'tills.member_ref_wrong') sale.member = null
    // A coupon that went elsewhere meanwhile: the best of the others.
    else if (sale.chosen !== null) {
      sale.chosen = null
      await requote(till)
    }
    return refuse('quote_refused', wordsOf(heard.code))
  }
  const { answer } = heard
  member.points = answer.pointsBalance
  sale.accepted = null
  sale.quote = quoteOf(answer)
}

type Priced = {
  lines: { payFen: number; discounts: { rule: string; offFen: number; points: number }[] }[]
  payFen: number
  couponIds: string[]
  pointsUsed: number
  pointsEarned: number
  pointsBalance: number
  coupons: { id: string; label: string; acts: boolean; words: string }[]
}
const quoteOf = (answer: Priced): Quote => {
  const discounts = answer.lines.flatMap((line) => line.discounts)
  const off = (fits: (each: (typeof discounts)[number]) => boolean) =>
    discounts.filter(fits).reduce((sum, { offFen }) => sum + offFen, 0)
  return {
    payFen: answer.payFen,
    lineFen: answer.lines.map(({ payFen }) => payFen),
    couponIds: answer.couponIds,
    pointsUsed: answer.pointsUsed,
    pointsEarned: answer.pointsEarned,
    pointsBalance: answer.pointsBalance,
    pointsOffFen: off(({ points }) => points > 0),
    coupons: answer.coupons.map((coupon) => ({ ...coupon, offFen: off(({ rule }) => rule === coupon.id) })),
  }
}

export type Reserved = { lineFen: number[]; payFen: number } | 'nothing' | 'silence'
/** Has the shop keep what it quoted, for this number. When it is not heard the number is given up, here and there. */
export const reserve = async (till: Till, posTxnId: string): Promise<Reserved> => {
  const { sale, place } = till.book
  const { quote, member } = sale
  const api = await till.shop()
  if (!quote || member?.how !== 'online' || !api) return 'nothing'
  if (quote.couponIds.length === 0 && quote.pointsUsed === 0) return 'nothing'
  sale.asking = posTxnId
  await till.save()
  const body = {
    storeId: place.storeId,
    posTxnId,
    memberRef: member.memberRef,
    lines: basket(sale),
    ...(quote.couponIds.length > 0 ? { couponIds: quote.couponIds } : {}),
    ...(quote.pointsUsed > 0 ? { usePoints: quote.pointsUsed } : {}),
  }
  const heard = heardOf(till, await askTwice(() => api('POST /partner/v1/till/reservations', { body })))
  if (heard.kind === 'silence') {
    await giveUp(till, posTxnId, '占用时断了线')
    sale.quote = null
    return 'silence'
  }
  sale.asking = null
  if (heard.kind === 'answer')
    return { lineFen: heard.answer.lines.map(({ payFen }) => payFen), payFen: heard.answer.payFen }
  sale.chosen = null
  await requote(till)
  return refuse('reserve_refused', wordsOf(heard.code))
}

/** What was taken by the till itself must still hold when the sale is closed: the shop judges it as of that moment. */
export const checkStillGood = (till: Till): void => {
  const { member, accepted } = till.book.sale
  const now = till.now()
  if (member?.how === 'offline' && member.until <= now)
    refuse('card_old', '会员码亮了超过一分钟：请顾客再亮一次，或点「×」不记会员')
  if (accepted && accepted.until <= now)
    refuse('code_old', '券码亮了超过五分钟：请顾客刷新再扫，或不用这张券')
  if (accepted && acceptedOff(till) === null) refuse('pack_over', '离线包过期了，这张券现在收不了')
}

/** Remembers a coupon that was taken without asking; those of other days are forgotten. */
export const noteAccepted = (till: Till): void => {
  const { book } = till
  const day = todayOf(till)
  book.accepted = book.accepted.filter((each) => each.day === day)
  if (book.sale.accepted) book.accepted.push({ couponId: book.sale.accepted.couponId, day })
}

export const basketFen = ({ book }: Till): number => goodsFenOf(book.sale.lines)
