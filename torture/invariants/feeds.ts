import { skuOf } from '../../apps/server/test/fixtures.ts'
import { COUNTED, COUNTED_STORE, type Erp } from '../erp.ts'
import { type Evidence, examples, type Invariant } from './evidence.ts'

interface Count {
  seq: number
  at: string
  pieces: number
  isEvent: boolean
}
/** The count that holds for some goods: of full lists the newest by its moment, and after that moment the newest event by its number. */
function lastCount({ lists, events }: Erp, goods: string): Count | undefined {
  const listed = lists
    .flatMap(({ asOf, rows }) =>
      rows.filter((row) => row.goods === goods).map(({ count }) => ({ asOf, count })),
    )
    .sort((a, b) => Date.parse(a.asOf) - Date.parse(b.asOf))
    .at(-1)
  const after = listed ? Date.parse(listed.asOf) : -Infinity
  const event = events
    .filter((each) => each.goods === goods && 'count' in each && Date.parse(each.at) > after)
    .sort((a, b) => a.seq - b.seq)
    .at(-1)
  if (event && 'count' in event) return { seq: event.seq, at: event.at, pieces: event.count, isEvent: true }
  return listed && { seq: 0, at: listed.asOf, pieces: listed.count, isEvent: false }
}
/** What the ERP moved after that count. */
const movedSince = ({ events }: Erp, goods: string, count: Count): number =>
  events
    .filter((each) => each.goods === goods && each.seq > count.seq)
    .filter(({ at }) => count.isEvent || Date.parse(at) > Date.parse(count.at))
    .reduce((sum, each) => sum + ('change' in each ? each.change : 0), 0)

const MOVED_HERE = `select coalesce(sum(on_hand_delta), 0)::int as pieces from stock_ledger where store_id = $1 and sku_id = $2 and at > $3
  and reason in ('SHIP', 'POS_SALE', 'RECEIVE', 'WASTE', 'TRANSFER', 'RETURN')`
const ON_HAND = 'select on_hand as pieces from stock_level where store_id = $1 and sku_id = $2'

export const countedStock: Invariant = {
  name: 'what the ERP counts is its last count, what it moved since and what went over our counters since',
  async broken({ query, erp }: Evidence) {
    const wrong: unknown[] = []
    for (const goods of erp ? COUNTED : []) {
      const count = erp && lastCount(erp, goods)
      if (!erp || !count) return [`${this.name}: nothing was counted`]
      const key = [COUNTED_STORE, skuOf(goods)]
      const [here] = await query<{ pieces: number }>(MOVED_HERE, [...key, count.at])
      const [level] = await query<{ pieces: number }>(ON_HAND, key)
      const since = movedSince(erp, goods, count)
      const pieces = Math.max(0, count.pieces + since + (here?.pieces ?? 0))
      if (pieces !== level?.pieces)
        wrong.push({ goods, count, since, here: here?.pieces, level: level?.pieces })
    }
    return examples(this.name, wrong)
  },
}
