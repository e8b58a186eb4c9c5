import { examples, type Invariant, noRows, type Trade } from './evidence.ts'

const isPaid = ({ state }: Trade): boolean => state === 'SUCCESS' || state === 'REFUND'
const sum = <T>(from: readonly T[], by: (each: T) => number): number =>
  from.reduce((total, each) => total + by(each), 0)

interface OurPayment {
  no: string
  state: string
  fen: number
}
interface OurRefund extends OurPayment {
  trade: string
}
const PAYMENTS = `select out_trade_no as no, state, amount_fen::int as fen from payment_attempt where provider in ('wechat', 'alipay')`
// What cost nothing goes back without a word to the provider.
const REFUNDS = `select r.out_refund_no as no, r.state, r.amount_fen::int as fen, a.out_trade_no as trade
  from refund r join payment_attempt a on a.id = r.attempt_id where a.provider in ('wechat', 'alipay') and r.amount_fen > 0`

const everyPayment: Invariant = {
  name: 'the providers and we say the same of every payment, to the fen',
  async broken({ query, trades }) {
    const ours = new Map((await query<OurPayment>(PAYMENTS)).map((each) => [each.no, each]))
    const taken = new Map(trades.map((each) => [each.outTradeNo, each]))
    const wrong: unknown[] = []
    for (const trade of trades) {
      const our = ours.get(trade.outTradeNo)
      const fen = our?.state === 'PAID' ? our.fen : 0
      if (fen !== (isPaid(trade) ? trade.totalFen : 0)) wrong.push({ trade, our: our ?? null })
    }
    for (const our of ours.values())
      if (our.state === 'PAID' && !taken.has(our.no)) wrong.push({ trade: null, our })
    return examples(this.name, wrong)
  },
}

const everyRefund: Invariant = {
  name: 'the providers and we say the same of every refund, to the fen',
  async broken({ query, refunds }) {
    const ours = new Map((await query<OurRefund>(REFUNDS)).map((each) => [each.no, each]))
    const given = new Map(refunds.map((each) => [each.outRefundNo, each]))
    const wrong: unknown[] = []
    for (const refund of refunds) {
      const our = ours.get(refund.outRefundNo)
      const fen = our?.state === 'SUCCESS' ? our.fen : 0
      if (fen !== (refund.state === 'SUCCESS' ? refund.refundFen : 0))
        wrong.push({ refund, our: our ?? null })
    }
    for (const our of ours.values())
      if (our.state === 'SUCCESS' && !given.has(our.no)) wrong.push({ refund: null, our })
    return examples(this.name, wrong)
  },
}

const inTotal: Invariant = {
  name: 'what the providers took less what they gave back is what we booked, in total',
  async broken({ query, trades, refunds }) {
    const [ours] = await query<{ fen: number }>(
      `select (coalesce((select sum(amount_fen) from payment_attempt where state = 'PAID' and provider in ('wechat', 'alipay')), 0)
         - coalesce((select sum(r.amount_fen) from refund r join payment_attempt a on a.id = r.attempt_id
             where r.state = 'SUCCESS' and a.provider in ('wechat', 'alipay')), 0))::float8 as fen`,
    )
    const theirs =
      sum(trades.filter(isPaid), ({ totalFen }) => totalFen) -
      sum(
        refunds.filter(({ state }) => state === 'SUCCESS'),
        ({ refundFen }) => refundFen,
      )
    return ours?.fen === theirs ? [] : [`${this.name}: they ${theirs} fen, we ${ours?.fen} fen`]
  },
}

/** What came in for an order and stayed, whatever paid it. */
const KEPT = `select o.id, o.no, o.state, o.total_fen::int as total, o.refunded_fen::int as refunded,
    coalesce((select sum(amount_fen) from payment_attempt a where a.order_id = o.id and a.state = 'PAID'), 0)::int
    - coalesce((select sum(amount_fen) from refund r where r.order_id = o.id and r.state = 'SUCCESS'), 0)::int as kept
  from orders o`

export const MONEY: readonly Invariant[] = [
  everyPayment,
  everyRefund,
  inTotal,
  noRows(
    'an order that is closed kept nothing',
    `select * from (${KEPT}) k where state in ('CANCELLED', 'CLOSED_REFUND') and kept <> 0`,
  ),
  noRows(
    'an order that stands kept its total less what was refunded of it',
    `select * from (${KEPT}) k where state in ('PAID', 'READY', 'COMPLETED') and kept <> total - refunded`,
  ),
  noRows(
    'nothing was handed over unpaid',
    `select o.id, o.no, o.state from orders o where (o.completed_at is not null or o.state in ('PAID', 'READY', 'COMPLETED'))
       and o.total_fen > coalesce((select sum(amount_fen) from payment_attempt a where a.order_id = o.id and a.state = 'PAID'), 0)`,
  ),
]
