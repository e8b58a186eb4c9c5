import { yuanText } from './money.ts'
import type { Order, Quote, ValuePosting } from './wire.ts'

/** What of a quote stored value pays when its switch is on: as much as there is. It changes no price, so the server need not be asked again. */
export const storedFenOf = ({ storedValue, totalFen }: Quote, on: boolean): number =>
  on && storedValue ? Math.min(storedValue.availableFen, totalFen) : 0

/** May it be offered here: the chain takes it, the member has some, and there is something to pay. */
export const offersStored = ({ storedValue, totalFen }: Quote): boolean =>
  storedValue !== null && storedValue.availableFen > 0 && totalFen > 0

/** What the switch of the checkout says beside it. */
export function storedNote({ storedValue, totalFen }: Quote, on: boolean): string {
  const availableFen = storedValue?.availableFen ?? 0
  if (!on) return `余额 ${yuanText(availableFen)}`
  const usedFen = Math.min(availableFen, totalFen)
  return usedFen === totalFen
    ? `用 ${yuanText(usedFen)}，不用再付`
    : `用 ${yuanText(usedFen)}，还要付 ${yuanText(totalFen - usedFen)}`
}

/** What is asked of WeChat or another tender next for an order; the whole of it once nothing is. */
export const dueFenOf = ({
  totalFen,
  storedValueFen,
  dueFen,
}: Pick<Order, 'totalFen' | 'storedValueFen' | 'dueFen'>): number =>
  dueFen > 0 ? dueFen : totalFen - storedValueFen

/** Each change in the words of its owner. */
export const VALUE_REASON_WORDS: Record<ValuePosting['reason'], string> = {
  top_up: '充值',
  hold: '下单用余额',
  capture: '付款',
  release: '订单取消，退回余额',
  give_back: '退款，退回余额',
  pay_out: '退余额，领现金',
}
