import type { Chain } from '../chain.ts'
import type { Desks } from '../desks.ts'
import type { Erp } from '../erp.ts'
import type { Query, Reader } from '../query.ts'
import type { Receipt } from '../receipts.ts'
import type { Promise_ } from '../town.ts'
import type { Keepsake } from './append-only.ts'

/** A trade as WeChat has it, or Alipay. */
export interface Trade {
  outTradeNo: string
  totalFen: number
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED'
  transactionId: string | null
}
export interface TradeRefund {
  outRefundNo: string
  outTradeNo: string
  refundFen: number
  state: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED'
}
export interface Notice {
  id: string
  eventType: string
  outTradeNo: string
  state: 'pending' | 'held' | 'delivered' | 'exhausted' | 'dropped'
  attempts: { variant: string; status: number | null }[]
}

/** A transfer to somebody's WeChat. */
export interface Transfer {
  outBillNo: string
  amountFen: number
  state: string
}

/** A trade as Alipay has it; closed after it was paid, all of it was given back. */
interface AlipayTrade {
  outTradeNo: string
  totalFen: number
  tradeNo: string
  state: string
  payTime: string | null
  refunds: { outRequestNo: string; refundFen: number }[]
}
const asTrade = ({ outTradeNo, totalFen, tradeNo, payTime }: AlipayTrade): Trade => ({
  outTradeNo,
  totalFen,
  state: payTime === null ? 'NOTPAY' : 'SUCCESS',
  transactionId: tradeNo,
})
const asRefunds = ({ outTradeNo, refunds }: AlipayTrade): TradeRefund[] =>
  refunds.map(({ outRequestNo, refundFen }) => ({
    outRefundNo: outRequestNo,
    outTradeNo,
    refundFen,
    state: 'SUCCESS',
  }))

/** What is there at the end: WeChat's ledger, our books, what people were told, and what head office reads. */
export interface Evidence extends Desks {
  query: Query
  pool: Reader['pool']
  trades: readonly Trade[]
  refunds: readonly TradeRefund[]
  notices: readonly Notice[]
  transfers: readonly Transfer[]
  promises: readonly Promise_[]
  keepsakes: readonly Keepsake[]
  /** What tills of others sold and took back, as they remember it. */
  receipts: readonly Receipt[]
  /** The book of the ERP. */
  erp: Erp | undefined
  /** What arrived by webhooks: bodies by id. */
  received: ReadonlyMap<string, string>
}

/** Something that must hold when everything has come to its end. */
export interface Invariant {
  name: string
  /** What is wrong, in words; nothing when it holds. */
  broken(evidence: Evidence): Promise<string[]>
}

const ALL = 'limit=20000'

export async function gather(
  { sim }: Chain,
  { query, pool }: Reader,
  told: Desks & Pick<Evidence, 'promises' | 'keepsakes' | 'receipts' | 'erp' | 'received'>,
): Promise<Evidence> {
  const wechat = await sim<{ orders: Trade[] }>('GET', `/_sim/orders?${ALL}`)
  const { refunds: given } = await sim<{ refunds: TradeRefund[] }>('GET', `/_sim/refunds?${ALL}`)
  const alipay = await sim<{ trades: AlipayTrade[] }>('GET', `/_sim/alipay/trades?${ALL}`)
  const trades = [...wechat.orders, ...alipay.trades.map(asTrade)]
  const refunds = [...given, ...alipay.trades.flatMap(asRefunds)]
  const { notifications: notices } = await sim<{ notifications: Notice[] }>(
    'GET',
    `/_sim/notifications?${ALL}`,
  )
  const { transfers } = await sim<{ transfers: Transfer[] }>('GET', `/_sim/transfers?${ALL}`)
  return { query, pool, trades, refunds, notices, transfers, ...told }
}

/** At most three examples: the first ones tell enough. */
export const examples = (what: string, wrong: readonly unknown[]): string[] =>
  wrong.length === 0
    ? []
    : [
        `${what}: ${wrong.length} times, e.g. ${wrong
          .slice(0, 3)
          .map((each) => JSON.stringify(each))
          .join(' ')}`,
      ]

/** An invariant that is one statement: every row it finds is wrong. */
export const noRows = (name: string, text: string): Invariant => ({
  name,
  broken: async ({ query }) => examples(name, await query(text)),
})
