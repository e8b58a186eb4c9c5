import type { Out } from '../../api.ts'

export type PresaleGoods = Out<'GET /console/v1/presales'>['items'][number]
export type WaitingOrder = Out<'GET /console/v1/presale-orders'>['items'][number]
export type Served = Out<'POST /console/v1/presale-arrivals'>
export type Debt = Out<'GET /console/v1/presale-debts'>['items'][number]

export const keyOf = ({
  campaignId,
  storeId,
  skuId,
}: Pick<PresaleGoods, 'campaignId' | 'storeId' | 'skuId'>) => `${campaignId} ${storeId} ${skuId}`

/** What so many pieces would do, or did, in one sentence. */
export function servedWords(
  { servedOrders, servedPieces, shortOrders, shortPieces }: Served,
  done: boolean,
): string {
  const given =
    servedOrders === 0
      ? done
        ? '一单也没留上'
        : '一单也不够'
      : `${done ? '已给' : '够给'} ${servedOrders} 单留 ${servedPieces} 件`
  return shortOrders === 0
    ? `${given}，都有了`
    : `${given}；还有 ${shortOrders} 单 ${shortPieces} 件没货，可以再到货，或去订单里退款`
}

/** The goods were promised for a day that is over, and somebody still waits. */
export const isLate = (
  { promisedBy, waitingOrders }: Pick<PresaleGoods, 'promisedBy' | 'waitingOrders'>,
  now: number,
): boolean => waitingOrders > 0 && Date.parse(promisedBy) <= now

/** Pieces that may be said to have come: at least one; undefined while the field is empty. */
export const piecesIn = (text: string): number | undefined => {
  const pieces = Number(text)
  return /^\d{1,6}$/.test(text) && pieces > 0 ? pieces : undefined
}
