import { COLUMNS, type Sheet } from '../desks.ts'
import { type Evidence, examples, type Invariant } from './evidence.ts'

interface Sum {
  what: string
  count: number
  fen: number
}
/** Every movement of cash and cards over a counter, by whoever is named on it. */
const MOVED = `select concat_ws(' ', (m.at at time zone 'Asia/Shanghai')::date, m.store_id, s.account, m.tender || m.way) as what,
    count(*)::int as count, sum(m.fen)::int as fen
  from (
    select store_id, taken_by as staff_id, provider as tender, 'In' as way, amount_fen as fen, paid_at as at from payment_attempt
      where provider in ('cash', 'card') and state = 'PAID'
    union all select a.store_id, r.handed_by, a.provider, 'Out', r.amount_fen, r.done_at from refund r join payment_attempt a on a.id = r.attempt_id
      where a.provider in ('cash', 'card') and r.state = 'SUCCESS' and r.amount_fen > 0
    union all select store_id, staff_id, tender, 'In', available_fen, at from value_posting where reason = 'top_up'
    union all select store_id, staff_id, tender, 'Out', -available_fen, at from value_posting where reason = 'pay_out'
  ) m left join staff s on s.id = m.staff_id group by 1`

const read = (sheets: readonly Sheet[]): Map<string, Sum> =>
  new Map(
    sheets.flatMap((sheet) =>
      COLUMNS.filter((column) => sheet[column].count > 0).map((column) => {
        const what = `${sheet.day} ${sheet.storeId} ${sheet.account} ${column}`
        return [what, { what, ...sheet[column] }]
      }),
    ),
  )

export const tillSheets: Invariant = {
  name: 'the sheets of the tills say what went over the counters, by day, store, person and tender',
  async broken({ query, sheets }: Evidence) {
    const told = read(sheets)
    const wrong: unknown[] = []
    for (const moved of await query<Sum>(MOVED)) {
      const sheet = told.get(moved.what)
      told.delete(moved.what)
      if (sheet?.count !== moved.count || sheet.fen !== moved.fen) wrong.push({ moved, sheet: sheet ?? null })
    }
    wrong.push(...[...told.values()].map((sheet) => ({ moved: null, sheet })))
    return examples(this.name, wrong)
  },
}
