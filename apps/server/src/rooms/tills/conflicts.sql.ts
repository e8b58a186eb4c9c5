import { sql } from 'kysely'
import type { CONFLICT_ENDS, CONFLICT_KINDS } from '@linli/contract/console-tills'
import type { Reader, Tx } from '#kernel/db'

export type Resolution = (typeof CONFLICT_ENDS)[number]
export interface ConflictRow {
  id: string
  kind: (typeof CONFLICT_KINDS)[number]
  storeId: string
  tillId: string
  posTxnId: string
  partnerName: string
  detail: unknown
  amountFen: number
  openedAt: Date
  ownerId: string | null
  ownerAccount: string | null
  ownerName: string | null
  resolvedAt: Date | null
  resolution: Resolution | null
  note: string | null
}
export interface ConflictFilter {
  /** Null: every store. */
  storeIds: readonly string[] | null
  kind: ConflictRow['kind'] | undefined
  ownerId: string | undefined
}
const matching = (db: Reader, { storeIds, kind, ownerId }: ConflictFilter) =>
  db
    .selectFrom('till_conflict as c')
    .$if(storeIds !== null, (query) =>
      query.where('c.store_id', 'in', storeIds && storeIds.length > 0 ? [...storeIds] : ['']),
    )
    .$if(kind !== undefined, (query) => query.where('c.kind', '=', kind ?? ''))
    .$if(ownerId !== undefined, (query) => query.where('c.owner_id', '=', ownerId ?? ''))

const shown = (db: Reader, filter: ConflictFilter) =>
  matching(db, filter)
    .innerJoin('till_sale as t', 't.id', 'c.till_id')
    .innerJoin('partner as p', 'p.id', 't.partner_id')
    .leftJoin('staff as s', 's.id', 'c.owner_id')
    .select([
      'c.id',
      'c.store_id as storeId',
      't.id as tillId',
      't.pos_txn_id as posTxnId',
      'p.name as partnerName',
    ])
    .select(['c.detail', 'c.amount_fen as amountFen', 'c.opened_at as openedAt', 'c.note'])
    .select(['c.owner_id as ownerId', 's.account as ownerAccount', 's.name as ownerName'])
    .select(['c.resolved_at as resolvedAt'])
    .select([
      sql<ConflictRow['kind']>`c.kind`.as('kind'),
      sql<Resolution | null>`c.resolution`.as('resolution'),
    ])

/** Newest first. */
export const listConflicts = (
  db: Reader,
  filter: ConflictFilter,
  { open, limit, offset }: { open: boolean | undefined; limit: number; offset: number },
): Promise<ConflictRow[]> =>
  shown(db, filter)
    .$if(open !== undefined, (query) => query.where('c.resolved_at', open === true ? 'is' : 'is not', null))
    .orderBy('c.opened_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
export const countConflicts = (db: Reader, filter: ConflictFilter): Promise<{ open: number; over: number }> =>
  matching(db, filter)
    .select([
      sql<number>`count(*) filter (where resolved_at is null)::int`.as('open'),
      sql<number>`count(*) filter (where resolved_at is not null)::int`.as('over'),
    ])
    .executeTakeFirstOrThrow()
export const findConflict = (db: Reader, id: string): Promise<ConflictRow | undefined> =>
  shown(db, { storeIds: null, kind: undefined, ownerId: undefined }).where('c.id', '=', id).executeTakeFirst()

/** Kinds of conflicts that are open about a transaction. */
export const listOpenKinds = (db: Reader, partnerId: string, posTxnId: string): Promise<{ kind: string }[]> =>
  db
    .selectFrom('till_sale as t')
    .innerJoin('till_conflict as c', 'c.till_id', 't.id')
    .select('c.kind')
    .where('t.partner_id', '=', partnerId)
    .where('t.pos_txn_id', '=', posTxnId)
    .where('c.resolved_at', 'is', null)
    .orderBy('c.id')
    .execute()

export interface ConflictEvent {
  verb: string
  by: string
  at: Date
  note: string | null
}
export const listEvents = (db: Reader, id: string): Promise<ConflictEvent[]> =>
  db
    .selectFrom('till_conflict_event')
    .select(['verb', 'by', 'at', 'note'])
    .where('conflict_id', '=', id)
    .orderBy('id')
    .execute()

export interface LockedConflict {
  storeId: string
  ownerId: string | null
  resolvedAt: Date | null
}
export const lockConflict = (tx: Tx, id: string): Promise<LockedConflict | undefined> =>
  tx
    .selectFrom('till_conflict')
    .select(['store_id as storeId', 'owner_id as ownerId', 'resolved_at as resolvedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
export async function updateConflict(
  tx: Tx,
  id: string,
  set: {
    ownerId: string | null
    resolvedAt: Date | null
    resolution: Resolution | null
    note: string | null
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('till_conflict')
    .set({ owner_id: set.ownerId, resolved_at: set.resolvedAt, resolution: set.resolution, note: set.note })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export async function insertEvent(tx: Tx, conflictId: string, event: ConflictEvent): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('till_conflict_event')
    .values({ conflict_id: conflictId, ...event })
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export interface ReceiptLineRow {
  barcode: string
  name: string
  known: boolean
  quantity: number
  payFen: number
}
export const listReceiptLines = (db: Reader, tillId: string): Promise<ReceiptLineRow[]> =>
  db
    .selectFrom('till_line')
    .select([
      'barcode',
      'name',
      'quantity',
      'pay_fen as payFen',
      sql<boolean>`sku_id is not null`.as('known'),
    ])
    .where('till_id', '=', tillId)
    .orderBy('line_no')
    .execute()
export interface DiscountSum {
  label: string
  offFen: number
  points: number
  funding: 'store' | 'hq' | 'supplier'
}
/** What coupons and points took off a receipt, and who bears it. */
export const sumDiscounts = (db: Reader, tillId: string): Promise<DiscountSum[]> =>
  db
    .selectFrom('till_discount')
    .select([
      'label',
      sql<DiscountSum['funding']>`funding`.as('funding'),
      sql<number>`sum(off_fen)::bigint`.as('offFen'),
      sql<number>`sum(points)::bigint`.as('points'),
    ])
    .where('till_id', '=', tillId)
    .groupBy(['rule', 'label', 'funding'])
    .orderBy('label')
    .execute()
