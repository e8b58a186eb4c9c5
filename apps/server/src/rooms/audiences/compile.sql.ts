import {
  type AmountCondition,
  type AmountFact,
  type ChoiceCondition,
  type Condition,
  FACTS,
  isChoice,
  isGroup,
  type Node,
  within,
} from '@linli/contract/audience-rules'
import { type RawBuilder, sql } from 'kysely'
import { dayAfter, instantOf } from '#kernel/clock'

export type Sql = RawBuilder<unknown>
/** The moment that "today" and "still good" mean. */
export interface AsOf {
  day: string
  now: Date
}

/** Where a fact is read: rows of members, and what they come to for each. All names are written here; what a rule says arrives as parameters. */
interface Source {
  from: Sql
  member: Sql
  where: Sql[]
  figure: Sql
  /** Rows that are enough to tell who is within the bounds, though not what the figure of the others is. */
  enough?: Sql[]
}

/** Nothing is longer ago than that, and no date overflows. */
const LONGEST_DAYS = 100_000
const days = (value: number): number => Math.min(value, LONGEST_DAYS)

const KEPT = sql`sum(pay_fen - refunded_fen)::bigint`
const textOf = (values: readonly string[]) => sql`${[...values]}::text[]`
const idsOf = (values: readonly string[]) => sql`${[...values]}::uuid[]`

/** 1 is Monday, as the first day of 1900 was. */
const WEEKDAY = sql`((day - '1900-01-01'::date) % 7 + 1)`

const allOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

function span({ lastDays, from, to }: AmountCondition, { day }: AsOf): { from?: string; to?: string } {
  if (lastDays !== undefined) return { from: dayAfter(day, 1 - lastDays), to: day }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}
function ofDays(condition: AmountCondition, asOf: AsOf): Sql[] {
  const { from, to } = span(condition, asOf)
  return [
    ...(from === undefined ? [] : [sql`day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`day <= ${to}::date`]),
    ...(condition.weekdays ? [sql`${WEEKDAY} = any(${[...condition.weekdays]}::int[])`] : []),
    ...(condition.storeIds ? [sql`store_id = any(${textOf(condition.storeIds)})`] : []),
  ]
}
function ofInstants(column: Sql, condition: AmountCondition, asOf: AsOf): Sql[] {
  const { from, to } = span(condition, asOf)
  return [
    ...(from === undefined ? [] : [sql`${column} >= ${instantOf(from)}`]),
    ...(to === undefined ? [] : [sql`${column} < ${instantOf(dayAfter(to, 1))}`]),
  ]
}

/** Purchases of members: by the day, or one by one where it matters how they were made. */
function bought(condition: AmountCondition, asOf: AsOf, byDay: Sql, oneByOne: Sql): Source {
  const spanned = ofDays(condition, asOf)
  if (condition.boughtBy === undefined)
    return { from: sql`member_day`, member: sql`member_id`, where: spanned, figure: byDay }
  const how = condition.boughtBy === 'till' ? sql`channel = 'till'` : sql`channel <> 'till'`
  return {
    from: sql`purchase`,
    member: sql`member_id`,
    where: [sql`member_id is not null`, how, ...spanned],
    figure: oneByOne,
  }
}
function goods(condition: AmountCondition, asOf: AsOf, figure: Sql): Source {
  const { categoryIds, skuIds } = condition
  const wanted = [
    ...(skuIds ? [sql`select unnest(${idsOf(skuIds)})`] : []),
    ...(categoryIds
      ? [
          sql`select k.id from sku k join product p on p.id = k.product_id where p.category_id = any(${textOf(categoryIds)})`,
        ]
      : []),
  ]
  return {
    from: sql`purchase_line`,
    member: sql`member_id`,
    where: [
      sql`member_id is not null`,
      sql`sku_id = any(array(${sql.join(wanted, sql` union `)}))`,
      ...ofDays(condition, asOf),
    ],
    figure,
  }
}
/** Counts something of each member once, however many rows speak of it: by a hash, for which nothing is put in order. */
const eachOnce = ({ from, member, where, figure }: Source, column: Sql): Source => ({
  from: sql`(select distinct ${member}, ${column} from ${from} where ${allOf(where)}) each_once`,
  member,
  where: [],
  figure,
})
const LATEST = sql`(select id from rfm_run where rule = 'A' order by day desc limit 1)`
const score = (column: Sql): Source => ({
  from: sql`rfm_score`,
  member: sql`member_id`,
  where: [sql`run_id = ${LATEST}`],
  figure: sql`min(${column})::int`,
})

const SOURCES: Readonly<Record<AmountFact, (condition: AmountCondition, asOf: AsOf) => Source>> = {
  purchases: (c, at) => bought(c, at, sql`sum(purchases)::bigint`, sql`count(*)`),
  kept_fen: (c, at) => bought(c, at, KEPT, KEPT),
  average_fen: (c, at) => bought(c, at, sql`${KEPT} / sum(purchases)::bigint`, sql`${KEPT} / count(*)`),
  most_pieces: (c, at) => {
    const column = c.boughtBy === undefined ? sql`most_pieces` : sql`pieces`
    // The largest is above a bound when one is: smaller ones need not be read.
    const above =
      c.op === 'at_least' || c.value > 0 ? sql`${column} >= ${c.value}` : sql`${column} > ${c.upTo ?? 0}`
    const enough = c.op === 'at_most' ? sql`${column} > ${c.value}` : above
    return { ...bought(c, at, sql`max(most_pieces)`, sql`max(pieces)`), enough: [enough] }
  },
  days_since_last: (c, at) => {
    const source = bought(c, at, sql`${at.day}::date - max(day)`, sql`${at.day}::date - max(day)`)
    // Whoever came within the bound came within it last: what is older need not be read.
    const most = c.op === 'at_most' ? c.value : c.upTo
    return most === undefined
      ? source
      : { ...source, enough: [sql`day >= ${at.day}::date - ${days(most)}::int`] }
  },
  days_since_first: (c, at) => {
    const source = bought(c, at, sql`${at.day}::date - min(day)`, sql`${at.day}::date - min(day)`)
    return c.op === 'at_most'
      ? source
      : { ...source, enough: [sql`day <= ${at.day}::date - ${days(c.value)}::int`] }
  },
  goods_times: (c, at) => eachOnce(goods(c, at, sql`count(*)`), sql`purchase_id`),
  goods_pieces: (c, at) => goods(c, at, sql`sum(quantity - refunded_quantity)::bigint`),
  days_since_joined: (_, { day }) => ({
    from: sql`member`,
    member: sql`id`,
    where: [],
    figure: sql`${day}::date - (min(joined_at) at time zone 'Asia/Shanghai')::date`,
  }),
  rfm_r: () => score(sql`r`),
  rfm_f: () => score(sql`f`),
  rfm_m: () => score(sql`m`),
  coupons_held: ({ templateIds }, { now }) => ({
    from: sql`member_coupon`,
    member: sql`member_id`,
    where: [
      sql`state = 'UNUSED'`,
      sql`expires_at > ${now}`,
      ...(templateIds ? [sql`template_id = any(${idsOf(templateIds)})`] : []),
    ],
    figure: sql`count(*)`,
  }),
  // A use that was taken back is none: the coupon has left the round it was used in.
  coupons_used: (c, at) => ({
    from: sql`coupon_event e join member_coupon k on k.id = e.coupon_id and k.round = e.round`,
    member: sql`k.member_id`,
    where: [
      sql`e.verb = 'use'`,
      sql`k.state = 'USED'`,
      ...ofInstants(sql`e.at`, c, at),
      ...(c.templateIds ? [sql`k.template_id = any(${idsOf(c.templateIds)})`] : []),
    ],
    figure: sql`count(*)`,
  }),
  campaigns: (c, at) =>
    eachOnce(
      {
        from: sql`purchase`,
        member: sql`member_id`,
        where: [
          sql`member_id is not null`,
          c.campaignIds ? sql`campaign_id = any(${idsOf(c.campaignIds)})` : sql`campaign_id is not null`,
          ...ofDays(c, at),
        ],
        figure: sql`count(*)`,
      },
      sql`campaign_id`,
    ),
  marketing_messages: (c, at) => ({
    from: sql`message`,
    member: sql`member_id`,
    where: [sql`marketing`, sql`withheld is null`, ...ofInstants(sql`told_at`, c, at)],
    figure: sql`count(*)`,
  }),
}

function chosen({ fact, oneOf }: ChoiceCondition): Sql {
  if (fact === 'tier') return sql`select member_id from growth_account where tier = any(${textOf(oneOf)})`
  if (fact === 'tag') return sql`select member_id from member_tag where tag_id = any(${idsOf(oneOf)})`
  return sql`select member_id from rfm_score where run_id = ${LATEST} and segment = any(${textOf(oneOf)})`
}

function bounds(figure: Sql, { op, value, upTo }: AmountCondition): Sql {
  if (op === 'at_least') return sql`${figure} >= ${value}`
  return op === 'at_most' ? sql`${figure} <= ${value}` : sql`${figure} between ${value} and ${upTo ?? value}`
}

/**
 * Members of `alias` of whom a condition is true. Where none at all is within bounds too, those are looked for who are outside of them: a member without a
 * row has none.
 */
function holds(condition: Condition, asOf: AsOf, base: Base, alias: string): Sql {
  const id = sql.ref(`${alias}.id`)
  const isIn = (members: Sql, flipped: boolean): Sql =>
    flipped === (condition.not ?? false)
      ? sql`${id} in (${members})`
      : sql`not exists (select from (${members}) x where x.member_id = ${id})`
  if (isChoice(condition)) return isIn(chosen(condition), false)
  const { from, member, where, figure, enough = [] } = SOURCES[condition.fact](condition, asOf)
  const withNone = within(condition, FACTS[condition.fact].absent)
  const having = withNone ? sql`not (${bounds(figure, condition)})` : bounds(figure, condition)
  return isIn(
    sql`select ${member} as member_id from ${from} where ${allOf([...among(base, member), ...where, ...enough])} group by ${member} having ${having}`,
    withNone,
  )
}

/** Members to choose from: a relation with a column `id`. Narrowed: few enough that looking at nobody else's rows is worth it. */
export interface Base {
  table: Sql
  narrowed: boolean
}
const among = ({ table, narrowed }: Base, member: Sql): Sql[] =>
  narrowed ? [sql`${member} in (select id from ${table})`] : []

/** Of the members of a base: is this node of a rule true? Sets are joined, never looked up row by row. */
export function isTrue(node: Node, asOf: AsOf, base: Base, alias = 'b', depth = 0): Sql {
  if (!isGroup(node)) return holds(node, asOf, base, alias)
  const inner = `b${depth}`
  const partOf = (part: Node) => isTrue(part, asOf, base, inner, depth + 1)
  const from = sql`select ${sql.ref(`${inner}.id`)} from ${base.table} ${sql.ref(inner)} where`
  const members =
    node.how === 'all'
      ? sql`${from} ${allOf(node.parts.map(partOf))}`
      : sql.join(
          node.parts.map((part) => sql`${from} ${partOf(part)}`),
          sql` union all `,
        )
  const id = sql.ref(`${alias}.id`)
  return node.not
    ? sql`not exists (select from (${members}) x where x.id = ${id})`
    : sql`${id} in (${members})`
}

/** What a condition is of each of these members; who has no row is not in it. */
export function figuresOf(condition: Condition, asOf: AsOf, ids: readonly string[]): Sql {
  if (!isChoice(condition)) {
    const { from, member, where, figure } = SOURCES[condition.fact](condition, asOf)
    return sql`select ${member} as id, ${figure} as figure from ${from}
      where ${allOf([...where, sql`${member} = any(${idsOf(ids)})`])} group by ${member}`
  }
  const mine = sql`member_id = any(${idsOf(ids)})`
  if (condition.fact === 'tier')
    return sql`select member_id as id, array[tier] as figure from growth_account where ${mine}`
  if (condition.fact === 'tag')
    return sql`select member_id as id, array_agg(tag_id::text order by tag_id) as figure from member_tag where ${mine} group by 1`
  return sql`select member_id as id, array[segment] as figure from rfm_score where run_id = ${LATEST} and ${mine}`
}
