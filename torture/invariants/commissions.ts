import { wrongInCommissions } from '../../apps/server/test/commissions.ts'
import { examples, type Invariant, noRows } from './evidence.ts'

/** Rules that stories hold too: sums, shares of what stays paid, never twice, of oneself or deeper than two, and nothing for recruiting. */
const ledger: Invariant = {
  name: 'the rules of commissions hold',
  broken: ({ pool }) => wrongInCommissions({ ctx: { database: { pool } } }),
}

interface OurWithdrawal {
  no: string
  state: string
  fen: number
}
const transferred: Invariant = {
  name: 'WeChat and we say the same of every withdrawal, to the fen',
  async broken({ query, transfers }) {
    const ours = await query<OurWithdrawal>(
      'select out_bill_no as no, state, net_fen::int as fen from commission_withdrawal',
    )
    const theirs = new Map(transfers.map((each) => [each.outBillNo, each]))
    const known = new Set(ours.map(({ no }) => no))
    return examples(this.name, [
      ...ours.filter(({ no, state, fen }) => {
        const their = theirs.get(no)
        const arrived = their?.state === 'SUCCESS' ? their.amountFen : 0
        return arrived !== (state === 'PAID' ? fen : 0)
      }),
      ...transfers.filter(({ outBillNo }) => !known.has(outBillNo)),
    ])
  },
}

export const COMMISSIONS: readonly Invariant[] = [
  ledger,
  transferred,
  noRows(
    'nobody withdrew what they did not have at that moment',
    `select id, account_id, had from (select id, account_id, reason, sum(available_fen) over (partition by account_id order by id) as had
       from commission_posting) p where reason in ('withdraw', 'wages') and had < 0`,
  ),
  noRows(
    'what a member who was brought bought and paid for has its share, and nothing else has',
    `with due as (
       select o.id, l.line_no, b.promoter_id from orders o join order_line l on l.order_id = o.id
         join promoter_binding b on b.member_id = o.member_id and b.bound_at <= o.placed_at and o.placed_at < least(b.bind_expires_at, coalesce(b.ended_at, 'infinity'))
         join lateral (select active, levels from commission_terms t where t.since <= o.placed_at order by t.since desc, t.id desc limit 1) t on t.active
         join lateral (select active from promoter_standing s where s.promoter_id = b.promoter_id and s.at <= o.placed_at order by s.id desc limit 1) s on s.active
       where l.pay_fen * (t.levels -> 0 ->> 'rateBp')::int / 10000 > 0
         and exists (select from order_event e where e.order_id = o.id and e.to_state in ('PAID', 'WAIT_GOODS')))
     select d.id, d.line_no, d.promoter_id, l.promoter_id as has from due d full join (select * from commission_line where depth = 1) l
       on (l.order_id, l.line_no) = (d.id, d.line_no) where d.promoter_id is distinct from l.promoter_id`,
  ),
]
