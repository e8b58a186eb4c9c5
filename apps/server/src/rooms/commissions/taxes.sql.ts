import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface TaxRow {
  accountId: string
  documentTail: string | null
  times: number
  amountFen: number
  taxFen: number
  netFen: number
}
/** What was paid out and withheld in a month, person by person. */
export async function listTaxes(db: Reader, month: string): Promise<TaxRow[]> {
  const { rows } = await sql<TaxRow>`
    select w.account_id as "accountId", i.document_tail as "documentTail", count(*) as times, sum(w.amount_fen)::bigint as "amountFen",
      sum(w.tax_fen)::bigint as "taxFen", sum(w.net_fen)::bigint as "netFen"
    from commission_withdrawal w left join commission_identity i on i.account_id = w.account_id
    where w.month = ${month} and w.state = 'PAID' group by w.account_id, i.document_tail order by sum(w.amount_fen) desc, w.account_id limit 5000`.execute(
    db,
  )
  return rows
}

export interface DeclaredRow extends Omit<TaxRow, 'documentTail'> {
  /** Sealed; null where the real name was never given. */
  name: Buffer | null
  document: Buffer | null
}
/** The same, with who they are: for a declaration. */
export async function listDeclared(db: Reader, month: string): Promise<DeclaredRow[]> {
  const { rows } = await sql<DeclaredRow>`
    select w.account_id as "accountId", i.name_cipher as name, i.document_cipher as document, count(*) as times,
      sum(w.amount_fen)::bigint as "amountFen", sum(w.tax_fen)::bigint as "taxFen", sum(w.net_fen)::bigint as "netFen"
    from commission_withdrawal w left join commission_identity i on i.account_id = w.account_id
    where w.month = ${month} and w.state = 'PAID' group by w.account_id, i.name_cipher, i.document_cipher
    order by sum(w.amount_fen) desc, w.account_id limit 5000`.execute(db)
  return rows
}
