import type { Chain } from '../chain.ts'
import type { Query, Reader } from '../query.ts'
import type { Promise_ } from '../town.ts'
import type { Keepsake } from './append-only.ts'

/** A trade as WeChat has it. */
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

/** What is there at the end: WeChat's ledger, our books, and what people were told. */
export interface Evidence {
  query: Query
  pool: Reader['pool']
  trades: readonly Trade[]
  refunds: readonly TradeRefund[]
  notices: readonly Notice[]
  promises: readonly Promise_[]
  keepsakes: readonly Keepsake[]
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
  { promises, keepsakes }: Pick<Evidence, 'promises' | 'keepsakes'>,
): Promise<Evidence> {
  const { orders: trades } = await sim<{ orders: Trade[] }>('GET', `/_sim/orders?${ALL}`)
  const { refunds } = await sim<{ refunds: TradeRefund[] }>('GET', `/_sim/refunds?${ALL}`)
  const { notifications: notices } = await sim<{ notifications: Notice[] }>(
    'GET',
    `/_sim/notifications?${ALL}`,
  )
  return { query, pool, trades, refunds, notices, promises, keepsakes }
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
