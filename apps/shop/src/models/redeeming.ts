import { readShown } from './old-cards.ts'
import type { RedemptionQuote } from './wire.ts'

type Shown = { couponCode: string } | NonNullable<ReturnType<typeof readShown>>
/** What a shopper shows at a counter for their coupon: its code, or their card. Null: neither. */
export function readCouponShown(text: string): Shown | null {
  const token = text.trim()
  if (/^LC1\.[A-Za-z0-9._-]{20,600}$/.test(token)) return { couponCode: token }
  return readShown(text)
}

/** A barcode as scanners and fingers give it. Null: none. */
export function readBarcode(text: string): string | null {
  const compact = text.replace(/\s/g, '')
  return /^[0-9A-Za-z-]{1,32}$/.test(compact) ? compact : null
}

/** `12.5` is 1,250 fen. Null: no sum. */
export function readYuan(text: string): number | null {
  const [, yuan = '', fen = ''] = /^(\d{1,5})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  if (yuan === '') return null
  const sum = Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
  return sum > 0 ? sum : null
}

export interface BasketLine {
  barcode: string
  quantity: number
  /** Goods by weight: what the scales say, as typed. */
  yuan: string
}
/** One piece more of this barcode: a new line, or the one that is there. */
export function withPiece(lines: readonly BasketLine[], barcode: string): BasketLine[] {
  return lines.some((line) => line.barcode === barcode)
    ? lines.map((line) => (line.barcode === barcode ? { ...line, quantity: line.quantity + 1 } : line))
    : [...lines, { barcode, quantity: 1, yuan: '' }]
}
/** So many pieces of it; none: no line any more. */
export const withQuantity = (lines: readonly BasketLine[], barcode: string, quantity: number): BasketLine[] =>
  lines.flatMap((line) => (line.barcode !== barcode ? [line] : quantity > 0 ? [{ ...line, quantity }] : []))

/** The basket as the server takes it. */
export const linesOf = (
  lines: readonly BasketLine[],
): { barcode: string; quantity: number; unitFen?: number }[] =>
  lines.map(({ barcode, quantity, yuan }) => {
    const unitFen = readYuan(yuan)
    return unitFen === null ? { barcode, quantity } : { barcode, quantity, unitFen }
  })

/** What keeps a clerk from redeeming, in a sentence; null: nothing does. */
export function holdUp(
  quote: Pick<RedemptionQuote, 'lines' | 'couponIds'>,
  lines: readonly BasketLine[],
): string | null {
  const unweighed = quote.lines.find(
    ({ barcode, weighed }) =>
      weighed && readYuan(lines.find((line) => line.barcode === barcode)?.yuan ?? '') === null,
  )
  if (unweighed) return `${unweighed.name}按秤上打的价，先输一份多少元`
  return quote.couponIds.length === 0 ? '这些商品用不上他的券' : null
}
