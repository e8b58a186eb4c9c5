import type { Owed } from '../desks.ts'
import { type Evidence, examples, type Invariant, noRows } from './evidence.ts'

/** What head office reads, from other tables: what was spent from attempts and refunds, what is owed from the accounts. */
const OURS = `select
  (select coalesce(sum(available_fen), 0) from value_posting where reason = 'top_up')::float8 as "toppedUpFen",
  (select coalesce(-sum(available_fen), 0) from value_posting where reason = 'pay_out')::float8 as "paidOutFen",
  ((select coalesce(sum(amount_fen), 0) from payment_attempt where provider = 'stored_value' and state = 'PAID')
    - (select coalesce(sum(r.amount_fen), 0) from refund r join payment_attempt a on a.id = r.attempt_id
       where a.provider = 'stored_value' and r.state = 'SUCCESS'))::float8 as "spentFen",
  (select coalesce(sum(available_fen), 0) from value_account)::float8 as "availableFen",
  (select coalesce(sum(held_fen), 0) from value_account)::float8 as "heldFen",
  (select count(*) from value_account)::float8 as accounts`

const liabilities: Invariant = {
  name: 'what members paid ahead less what was paid out and spent is what they have, and head office reads the same',
  async broken({ query, owed }: Evidence) {
    const [ours] = await query<Owed>(OURS)
    if (!ours) return [`${this.name}: nothing to add up`]
    const wrong: unknown[] = []
    const left = ours.toppedUpFen - ours.paidOutFen - ours.spentFen
    if (left !== ours.availableFen + ours.heldFen) wrong.push({ left, ours })
    for (const name of Object.keys(ours) as (keyof Owed)[])
      if (owed[name] !== ours[name]) wrong.push({ [name]: ours[name], read: owed[name] })
    return examples(this.name, wrong)
  },
}

export const STORED_VALUE: readonly Invariant[] = [
  liabilities,
  noRows(
    'when everything is over, nothing of it is set aside any more',
    `select order_id::text as of, amount_fen::int as fen from payment_attempt where state = 'HELD'
     union all select member_id::text, held_fen::int from value_account where held_fen <> 0`,
  ),
]
