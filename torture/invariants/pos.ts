import { GOODS, skuOf } from '../../apps/server/test/fixtures.ts'
import type { Receipt } from '../receipts.ts'
import { type Evidence, examples, type Invariant, noRows } from './evidence.ts'

const KNOWN = new Map(GOODS.map(({ barcode }) => [barcode, skuOf(barcode)]))
const nameOf = ({ partner, content }: Receipt) => ({ partner: partner.id, no: content.posTxnId })

const booked: Invariant = {
  name: 'every receipt of a till is in the books once, with its money, and no other is',
  async broken({ query, receipts }: Evidence) {
    const told = receipts.map((receipt) => ({
      ...nameOf(receipt),
      kind: receipt.content.kind,
      store: receipt.storeId,
      fen: receipt.content.lines.reduce((sum, { payFen }) => sum + payFen, 0),
    }))
    const wrong = await query(
      `with told as (select * from jsonb_to_recordset($1::jsonb) as p(partner uuid, no text, kind text, store text, fen bigint)),
       books as (select partner_id as partner, pos_txn_id as no, kind, store_id as store, paid_fen as fen from till_sale where recorded_at is not null)
       (select 'told' as only, * from told except all select 'told', * from books)
       union all (select 'booked', * from books except all select 'booked', * from told)`,
      [JSON.stringify(told)],
    )
    return examples(this.name, wrong)
  },
}

/** Pieces that left a shelf over a till, or came back to it, as the tills remember it. */
const piecesOf = (receipt: Receipt) =>
  receipt.content.lines.flatMap((line) => {
    const sku = KNOWN.get(line.barcode)
    if (sku === undefined || ('resellable' in line && !line.resellable)) return []
    const pieces = receipt.content.kind === 'sale' ? -line.quantity : line.quantity
    return [{ ...nameOf(receipt), store: receipt.storeId, sku, pieces }]
  })
const shelves: Invariant = {
  name: 'the shelves moved as the receipts of the tills say, and not otherwise',
  async broken({ query, receipts }: Evidence) {
    const wrong = await query(
      `with told as (select partner, no, store, sku, sum(pieces) as pieces
         from jsonb_to_recordset($1::jsonb) as p(partner uuid, no text, store text, sku uuid, pieces int) group by 1, 2, 3, 4),
       moved as (select s.partner_id as partner, s.pos_txn_id as no, e.store_id as store, e.sku_id as sku, sum(e.on_hand_delta) as pieces
         from stock_ledger e join till_sale s on s.id = e.till_id where e.reason in ('POS_SALE', 'RETURN') group by 1, 2, 3, 4)
       select *, t.pieces as told, m.pieces as moved from told t full join moved m using (partner, no, store, sku)
       where t.pieces is distinct from m.pieces`,
      [JSON.stringify(receipts.flatMap(piecesOf))],
    )
    return examples(this.name, wrong)
  },
}

export const POS: readonly Invariant[] = [
  booked,
  shelves,
  noRows(
    'every return found its sale',
    `select b.pos_txn_id as back, b.return_of as of from till_sale b join till_sale s
       on s.partner_id = b.partner_id and s.pos_txn_id = b.return_of and s.kind = 'sale' and s.recorded_at is not null
     where b.kind = 'return' and b.recorded_at is not null and b.returned_id is distinct from s.id`,
  ),
  noRows(
    'what a till reserved was used or came back when its time was over',
    `select pos_txn_id, expires_at from till_sale where benefits = 'RESERVED'`,
  ),
]
