import type { Out } from '../../api.ts'
import type { Chip } from '../../ui/filter-chips.tsx'
import { beijing, csvText } from '../../ui/csv.ts'

export type Dues = Out<'GET /console/v1/store-dues'>
export type Due = Dues['items'][number]
export const pageSize = 30
export const reasonWords: Record<Due['reason'], string> = { returned: '收下退货', replaced: '替换了货' }

export interface DueFilters {
  from?: string
  to?: string
}
const dayOf = (word: string | null): string | undefined =>
  word !== null && /^\d{4}-\d\d-\d\d$/.test(word) ? word : undefined
/** Reads the days out of the address; anything that cannot be one is left out. */
export const dueFilters = (params: URLSearchParams): DueFilters => {
  const [from, to] = [dayOf(params.get('from')), dayOf(params.get('to'))]
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) }
}
export const dueChips = ({ from, to }: DueFilters): Chip[] => [
  ...(from ? [{ key: 'from', label: '从', value: from }] : []),
  ...(to ? [{ key: 'to', label: '到', value: to }] : []),
]

export interface Balance {
  debtorStoreId: string
  creditorStoreId: string
  count: number
  amountFen: number
}
/** What remains between each two stores when what they owe each other is set off; the larger sum first. */
export function balances(sums: Dues['sums']): Balance[] {
  const left: Balance[] = []
  for (const sum of sums) {
    const back = left.find(
      (each) => each.debtorStoreId === sum.creditorStoreId && each.creditorStoreId === sum.debtorStoreId,
    )
    if (!back) left.push({ ...sum })
    else {
      back.count += sum.count
      back.amountFen -= sum.amountFen
    }
  }
  return left
    .map((each) =>
      each.amountFen < 0
        ? {
            debtorStoreId: each.creditorStoreId,
            creditorStoreId: each.debtorStoreId,
            count: each.count,
            amountFen: -each.amountFen,
          }
        : each,
    )
    .sort((a, b) => b.amountFen - a.amountFen)
}

/** For whoever books it: one line per line of goods. */
export const csvOf = (dues: readonly Due[]): string =>
  csvText(
    ['收下的时间', '订单号', '商品', '件数', '金额（元）', '该付的店', '该收的店', '为什么'],
    dues.map((due) => [
      beijing(due.at),
      due.orderNo,
      due.name,
      String(due.quantity),
      { fen: due.amountFen },
      due.debtorStoreId,
      due.creditorStoreId,
      reasonWords[due.reason],
    ]),
  )
