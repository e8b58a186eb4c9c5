import { momentOf } from './times.ts'
import type { Arrived, AwaitedGoods } from './wire.ts'

/** Most pieces that one arrival may say. */
const MOST = 1_000_000

/** Pieces as typed: at least one; null for anything else. */
export function readPieces(text: string): number | null {
  const pieces = Number(text)
  return /^\d{1,7}$/.test(text) && pieces >= 1 && pieces <= MOST ? pieces : null
}

/** One more or one less than what is typed, never below one. */
export const piecesBeside = (text: string, step: 1 | -1): string =>
  String(Math.min(MOST, Math.max(1, (readPieces(text) ?? 0) + step)))

/** Who waits: those who have paid in full, and those whose balance is awaited. */
export function waitingText({
  waitingOrders,
  waitingPieces,
  balanceOrders,
  arrivedPieces,
  unit,
}: Pick<
  AwaitedGoods,
  'waitingOrders' | 'waitingPieces' | 'balanceOrders' | 'arrivedPieces' | 'unit'
>): string {
  const none = arrivedPieces > 0 ? '付清的都留好了' : '还没有人付清'
  const paid = waitingOrders > 0 ? `${waitingOrders} 单在等，共 ${waitingPieces} ${unit}` : none
  return balanceOrders > 0 ? `${paid}；${balanceOrders} 单还没付尾款` : paid
}

/** When the goods were promised for, and whether somebody waits longer than that. */
export function promiseText(
  { promisedBy, waitingOrders }: Pick<AwaitedGoods, 'promisedBy' | 'waitingOrders'>,
  now: number,
): { text: string; late: boolean } {
  const late = waitingOrders > 0 && Date.parse(promisedBy) <= now
  return {
    text: `${late ? '说好' : '最晚'} ${momentOf(promisedBy, now)} 到${late ? '，已经晚了' : ''}`,
    late,
  }
}

/** What an arrival did, in the words of whoever unpacks it. */
export function arrivedText(
  { servedOrders, servedPieces, shortOrders, shortPieces }: Arrived,
  unit: string,
): { title: string; note: string } {
  const short = shortOrders > 0 ? `还有 ${shortOrders} 单 ${shortPieces} ${unit}没轮到` : '等的都有了'
  return servedOrders === 0
    ? { title: '一单也没留上', note: `${short}。多半是还没入库：请店长先做收货单，再点一次到货` }
    : {
        title: `给 ${servedOrders} 单留好了 ${servedPieces} ${unit}`,
        note: `${short}。系统会告诉顾客来取，袋子去「待取」里备`,
      }
}
