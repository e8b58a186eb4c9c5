import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { BillDay } from './days.sql.ts'

/** Takes away what an earlier run kept of this day. */
export async function clearLines(tx: Tx, { provider, day }: BillDay): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('bill_line')
    .where('provider', '=', provider)
    .where('day', '=', day)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * One statement for thousands of rows, given as a JSON array of `TradeLine`. The primary key refuses a payment or refund that stands in two bills,
 * or twice in one.
 */
export async function insertLines(tx: Tx, { provider, day }: BillDay, lines: Buffer): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into bill_line (provider, source, number, day, our_no, out_trade_no, at, state, amount_fen, settle_fen, coupon_fen, fee_millifen, rate)
    select ${provider}, source, number, ${day}::date, "ourNo", "outTradeNo", at, state, "amountFen", "settleFen", "couponFen", "feeMilliFen", rate
    from json_to_recordset(${lines}::json) as line(source text, number text, "ourNo" text, "outTradeNo" text, at timestamptz, state text,
      "amountFen" bigint, "settleFen" bigint, "couponFen" bigint, "feeMilliFen" bigint, rate text)`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0n)
}

/** After a large load: otherwise PostgreSQL plans for the few rows there were before. */
export const measureLines = async (tx: Tx): Promise<void> => {
  await sql`analyze bill_line`.execute(tx)
}

export interface LineSums {
  settleFen: number
  feeMilliFen: number
  /** Takings less refunds as the trade bill states them, for comparing with the account. */
  takingsFen: number
  refundsFen: number
}
export async function sumLines(tx: Tx, { provider, day }: BillDay): Promise<LineSums> {
  const { rows } = await sql<LineSums>`
    select coalesce(sum(case source when 'payment' then settle_fen else -settle_fen end), 0)::bigint as "settleFen",
      coalesce(sum(fee_millifen), 0)::bigint as "feeMilliFen",
      coalesce(sum(settle_fen) filter (where source = 'payment'), 0)::bigint as "takingsFen",
      coalesce(sum(settle_fen) filter (where source = 'refund' and state in ('SUCCESS', 'PROCESSING')), 0)::bigint as "refundsFen"
    from bill_line where provider = ${provider} and day = ${day}::date`.execute(tx)
  return rows[0] ?? { settleFen: 0, feeMilliFen: 0, takingsFen: 0, refundsFen: 0 }
}
