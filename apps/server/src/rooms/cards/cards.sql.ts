import { sql, type RawBuilder } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface CardRow {
  no: string
  nameCipher: Buffer | null
  phoneCipher: Buffer | null
  phoneHash: Buffer | null
  phoneTail: string | null
  points: number
  growth: number
  firstBought: string | null
  lastBought: string | null
  purchases: number | null
  spentFen: number | null
  lostAt: Date | null
  importedAt: Date
  bindingId: string | null
  memberId: string | null
  way: 'phone' | 'staff' | null
  storeId: string | null
  boundAt: Date | null
  boundBy: string | null
}
const CARD: RawBuilder<CardRow> = sql`c.no, c.name_cipher as "nameCipher", c.phone_cipher as "phoneCipher", c.phone_hash as "phoneHash",
  c.phone_tail as "phoneTail", c.points, c.growth, c.first_bought::text as "firstBought", c.last_bought::text as "lastBought", c.purchases,
  c.spent_fen as "spentFen", c.lost_at as "lostAt", c.imported_at as "importedAt", b.id as "bindingId", b.member_id as "memberId", b.way,
  b.store_id as "storeId", b.at as "boundAt", b.by as "boundBy"`
const WITH_BINDING = sql`plastic_card c left join card_binding b on b.card_no = c.no and b.undone_at is null`

export async function findCard(db: Reader, no: string): Promise<CardRow | undefined> {
  const { rows } = await sql<CardRow>`select ${CARD} from ${WITH_BINDING} where c.no = ${no}`.execute(db)
  return rows[0]
}
/** Whoever binds, undoes or reports a card takes turns here, before any account of points or growth. */
export async function lockCard(tx: Tx, no: string): Promise<boolean> {
  const { rows } = await sql`select 1 from plastic_card where no = ${no} for update`.execute(tx)
  return rows.length === 1
}
export async function listOfMember(db: Reader, memberId: string): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select ${CARD} from card_binding b join plastic_card c on c.no = b.card_no
    where b.member_id = ${memberId} and b.undone_at is null order by b.at desc, c.no limit 100`.execute(db)
  return rows
}

export interface Filter {
  /** A number or its beginning, or the tail of a phone. */
  q?: string | undefined
  state?: 'free' | 'lost' | 'bound' | undefined
}
const matching = ({ q, state }: Filter): RawBuilder<unknown> => {
  const asked = q === undefined ? sql`true` : sql`(c.no like ${`${q}%`} or c.phone_tail = ${q})`
  if (state === 'bound') return sql`${asked} and b.id is not null`
  if (state === 'lost') return sql`${asked} and b.id is null and c.lost_at is not null`
  return state === 'free' ? sql`${asked} and b.id is null and c.lost_at is null` : asked
}
export async function listCards(
  db: Reader,
  filter: Filter,
  { limit, offset }: { limit: number; offset: number },
): Promise<CardRow[]> {
  const { rows } = await sql<CardRow>`
    select ${CARD} from ${WITH_BINDING} where ${matching(filter)}
    order by c.imported_at desc, c.no limit ${limit} offset ${offset}`.execute(db)
  return rows
}
export interface Counts {
  free: number
  lost: number
  bound: number
}
export async function countCards(db: Reader, filter: Pick<Filter, 'q'>): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*) filter (where b.id is not null) as bound, count(*) filter (where b.id is null and c.lost_at is not null) as lost,
      count(*) filter (where b.id is null and c.lost_at is null) as free
    from ${WITH_BINDING} where ${matching(filter)}`.execute(db)
  return rows[0] ?? { free: 0, lost: 0, bound: 0 }
}

export interface NewBinding {
  id: string
  no: string
  memberId: string
  way: 'phone' | 'staff'
  storeId: string | null
  points: number
  growth: number
  at: Date
  by: string
}
/** Violates `card_binding_open` when somebody has it. */
export const insertBinding = (tx: Tx, row: NewBinding): Promise<{ id: string }> =>
  tx
    .insertInto('card_binding')
    .values({
      id: row.id,
      card_no: row.no,
      member_id: row.memberId,
      way: row.way,
      store_id: row.storeId,
      points: row.points,
      growth: row.growth,
      at: row.at,
      by: row.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()

export interface BindingRow {
  no: string
  memberId: string
  storeId: string | null
  points: number
  growth: number
  undoneAt: Date | null
}
export const findBinding = (db: Reader, id: string): Promise<BindingRow | undefined> =>
  db
    .selectFrom('card_binding')
    .select([
      'card_no as no',
      'member_id as memberId',
      'store_id as storeId',
      'points',
      'growth',
      'undone_at as undoneAt',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
export const undoBinding = async (
  tx: Tx,
  id: string,
  { at, by, reason }: { at: Date; by: string; reason: string },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('card_binding')
    .set({ undone_at: at, undone_by: by, undone_reason: reason })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
export const setLost = async (
  tx: Tx,
  no: string,
  lost: { at: Date; by: string } | null,
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('plastic_card')
    .set({ lost_at: lost?.at ?? null, lost_by: lost?.by ?? null })
    .where('no', '=', no)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Cards of these numbers, locked in the order of their numbers. */
export async function lockCards(tx: Tx, numbers: readonly string[]): Promise<CardRow[]> {
  await sql`select 1 from plastic_card where no = any(${numbers}::text[]) order by no for update`.execute(tx)
  const { rows } =
    await sql<CardRow>`select ${CARD} from ${WITH_BINDING} where c.no = any(${numbers}::text[])`.execute(tx)
  return rows
}
export interface CardValues {
  no: string
  nameCipher: Buffer | null
  phoneCipher: Buffer | null
  phoneHash: Buffer | null
  phoneTail: string | null
  points: number
  growth: number
  firstBought: string | null
  lastBought: string | null
  purchases: number | null
  spentFen: number | null
}
/** Writes cards, new and known alike. */
export async function putCards(
  tx: Tx,
  rows: readonly CardValues[],
  { at, by }: { at: Date; by: string },
): Promise<number> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('plastic_card')
    .values(
      rows.map((row) => ({
        no: row.no,
        name_cipher: row.nameCipher,
        phone_cipher: row.phoneCipher,
        phone_hash: row.phoneHash,
        phone_tail: row.phoneTail,
        points: row.points,
        growth: row.growth,
        first_bought: row.firstBought,
        last_bought: row.lastBought,
        purchases: row.purchases,
        spent_fen: row.spentFen,
        imported_at: at,
        imported_by: by,
      })),
    )
    .onConflict((on) =>
      on.column('no').doUpdateSet((eb) => ({
        name_cipher: eb.ref('excluded.name_cipher'),
        phone_cipher: eb.ref('excluded.phone_cipher'),
        phone_hash: eb.ref('excluded.phone_hash'),
        phone_tail: eb.ref('excluded.phone_tail'),
        points: eb.ref('excluded.points'),
        growth: eb.ref('excluded.growth'),
        first_bought: eb.ref('excluded.first_bought'),
        last_bought: eb.ref('excluded.last_bought'),
        purchases: eb.ref('excluded.purchases'),
        spent_fen: eb.ref('excluded.spent_fen'),
        imported_at: eb.ref('excluded.imported_at'),
        imported_by: eb.ref('excluded.imported_by'),
      })),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}
