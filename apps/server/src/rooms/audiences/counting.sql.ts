import type { Condition, Node } from '@linli/contract/audience-rules'
import { isGroup } from '@linli/contract/audience-rules'
import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'
import { type AsOf, figuresOf, isTrue, type Sql } from './compile.sql.ts'

/**
 * What a rule may cost. Sets are joined whole: nobody knows beforehand how many a condition leaves, and looking a few hundred thousand members up one by one,
 * because few were expected, is how a rule becomes endless; nor is anything put in order that can be hashed. No time is spent on making machine code.
 */
const bounds = (
  milliseconds: number,
) => sql`set_config('statement_timeout', ${String(milliseconds)}, true), set_config('enable_nestloop', 'off', true),
    set_config('enable_sort', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`
/** Statements of this transaction end after so long and write nothing. */
export const boundReading = (tx: Tx, milliseconds: number): Promise<unknown> =>
  sql`select ${bounds(milliseconds)}, set_config('transaction_read_only', 'on', true)`.execute(tx)
/** The same for a transaction that writes a snapshot. */
export const boundWriting = (tx: Tx, milliseconds: number): Promise<unknown> =>
  sql`select ${bounds(milliseconds)}`.execute(tx)
/** From here on this transaction may put in order what it finds. */
export const inOrder = (tx: Reader): Promise<unknown> =>
  sql`select set_config('enable_sort', 'on', true)`.execute(tx)
/** From here on it asks about a few members that it names. */
export const aboutFew = (tx: Reader): Promise<unknown> =>
  sql`select set_config('enable_sort', 'on', true), set_config('enable_nestloop', 'on', true)`.execute(tx)

/** The last word on marketing of each of these members: that of the highest number, which it is packed with so that nothing has to be put in order. */
const lastWords = (members: Sql) =>
  sql`select member_id, max(id * 2 + agreed::int) % 2 = 1 as agreed from message_consent
    where topic = 'marketing' and member_id in (select id from ${members}) group by member_id`

/**
 * The steps of a rule, each narrowing the one before: `c0` everybody, a step for each row, then `picked`, from whom whoever switched marketing off is taken.
 * That last step is part of every rule; no rule can leave it out.
 */
function steps(rows: readonly Node[], asOf: AsOf): { withs: Sql; alone: string[][] } {
  const ctes: Sql[] = [sql`c0 as not materialized (select id from member where not blocked)`]
  const alone = rows.map((row, i): string[] => {
    const base = { table: sql.table(`c${i}`), narrowed: i > 0 }
    const name = sql.table(`c${i + 1}`)
    if (!isGroup(row) || row.not || row.how === 'all') {
      ctes.push(
        sql`${name} as materialized (select b.id from ${base.table} b where ${isTrue(row, asOf, base)})`,
      )
      return []
    }
    const parts = row.parts.map((part, j) => {
      const partName = `p${i}_${j}`
      ctes.push(
        sql`${sql.table(partName)} as materialized (select b.id from ${base.table} b where ${isTrue(part, asOf, base)})`,
      )
      return partName
    })
    const union = sql.join(
      parts.map((part) => sql`select id from ${sql.table(part)}`),
      sql` union `,
    )
    ctes.push(sql`${name} as materialized (${union})`)
    return parts
  })
  const last = sql.table(`c${rows.length}`)
  ctes.push(sql`word as materialized (${lastWords(last)})`)
  ctes.push(
    sql`picked as materialized (select b.id from ${last} b where not exists (select from word w where w.member_id = b.id and not w.agreed))`,
  )
  return { withs: sql`with ${sql.join(ctes)}`, alone }
}

/** The members of a rule, as `picked (id)`, for a statement of one's own. */
export const picking = (rows: readonly Node[], asOf: AsOf): Sql => steps(rows, asOf).withs

export interface Counts {
  all: number
  rows: { left: number; alone: number[] | null }[]
  members: number
  reachable: number
}
export async function count(db: Reader, rows: readonly Node[], asOf: AsOf): Promise<Counts> {
  const { withs, alone } = steps(rows, asOf)
  const sizeOf = (name: string) => sql`(select count(*) from ${sql.table(name)})`
  const left = rows.map((_, i) => sizeOf(`c${i + 1}`))
  const parts = alone.flat().map(sizeOf)
  const { rows: found } = await sql<{
    all: number
    left: number[]
    parts: number[]
    members: number
    reachable: number
  }>`${withs} select ${sizeOf('c0')} as all, array[${sql.join(left)}]::int[] as left, array[${sql.join(parts)}]::int[] as parts,
    ${sizeOf('picked')} as members, (select count(*) from picked p join word w on w.member_id = p.id where w.agreed) as reachable`.execute(
    db,
  )
  const sums = found[0]
  if (!sums) throw new Error('a count without a row')
  const rest = [...sums.parts]
  return {
    all: sums.all,
    rows: alone.map((names, i) => ({
      left: sums.left[i] ?? 0,
      alone: names.length > 0 ? rest.splice(0, names.length) : null,
    })),
    members: sums.members,
    reachable: sums.reachable,
  }
}

/** Some of the members of a rule, other ones for each seed. */
export async function sample(
  db: Reader,
  rows: readonly Node[],
  asOf: AsOf,
  { seed, limit }: { seed: number; limit: number },
): Promise<string[]> {
  const { rows: found } = await sql<{ id: string }>`${picking(rows, asOf)}
    select id from picked order by hashtextextended(id::text, ${seed}), id limit ${limit}`.execute(db)
  return found.map(({ id }) => id)
}

/** How many members of a rule buy most often in which store, by the last 180 days. */
export async function byStore(
  db: Reader,
  rows: readonly Node[],
  asOf: AsOf,
): Promise<{ storeId: string; members: number }[]> {
  const { rows: found } = await sql<{ storeId: string; members: number }>`${picking(rows, asOf)},
    usual as (select distinct on (d.member_id) d.store_id from member_day d join picked p on p.id = d.member_id
      where d.day > ${asOf.day}::date - 180 group by d.member_id, d.store_id order by d.member_id, sum(d.purchases) desc, d.store_id)
    select store_id as "storeId", count(*)::int as members from usual group by 1 order by 1`.execute(db)
  return found
}
/** The store where each of these members bought most often in the last 180 days. */
export async function usualStores(
  db: Reader,
  ids: readonly string[],
  { day }: AsOf,
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; storeId: string }>`
    select distinct on (member_id) member_id as id, store_id as "storeId" from member_day
    where member_id = any(${[...ids]}::uuid[]) and day > ${day}::date - 180
    group by member_id, store_id order by member_id, sum(purchases) desc, store_id`.execute(db)
  return new Map(rows.map(({ id, storeId }) => [id, storeId]))
}

export type Figure = number | string[] | null
/** What a condition is of each of these members; nothing for whoever has no row. */
export async function figures(
  db: Reader,
  condition: Condition,
  asOf: AsOf,
  ids: readonly string[],
): Promise<Map<string, Figure>> {
  const { rows } = await sql<{ id: string; figure: Figure }>`${figuresOf(condition, asOf, ids)}`.execute(db)
  return new Map(rows.map(({ id, figure }) => [id, figure]))
}

/** The last word of one member on marketing. */
export async function wordOf(
  db: Reader,
  memberId: string,
): Promise<{ agreed: boolean; since: Date } | undefined> {
  const { rows } = await sql<{ agreed: boolean; since: Date }>`
    select agreed, at as since from message_consent where member_id = ${memberId} and topic = 'marketing' order by id desc limit 1`.execute(
    db,
  )
  return rows[0]
}
