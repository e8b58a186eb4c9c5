// A small world of members that is known on both sides: in the database, and as plain data that a second reading of rules goes by.
import type { AmountCondition, Condition, Group, Node } from '@linli/contract/audience-rules'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { dayAfter, instantOf } from '../src/kernel/clock.ts'
import { createInsight, type Purchase } from '../src/rooms/insight/index.ts'
import { template } from './benefits.ts'
import type { World } from './world.ts'

const NICKNAMES = ['赵小红', '郭建军', '李秀敏', '张彩霞', '孟海涛', '王立新']
export const SEGMENT_NAMES = ['champion', 'loyal', 'hibernating'] as const
export interface Known {
  id: string
  blocked: boolean
  joined: string
  purchases: { day: string; storeId: string; till: boolean; campaignId: string | null; lines: Line[] }[]
  tags: string[]
  tier: string | null
  score: { r: number; f: number; m: number; segment: string } | null
  held: string[]
  messages: { day: string; marketing: boolean; withheld: boolean }[]
  /** Last word on marketing. */
  word: boolean | null
}
interface Line {
  skuId: string
  categoryId: string
  quantity: number
  back: number
  payFen: number
  backFen: number
}
export interface Small {
  today: string
  members: Known[]
  tags: string[]
  templates: string[]
  campaigns: string[]
  skus: { id: string; categoryId: string }[]
}

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
const pick = <T>(roll: (below: number) => number, from: readonly T[]): T => from[roll(from.length)] as T

/** Plants members with all that rules may ask about them. */
export async function plantSmall(
  { ctx, as: _as, ...world }: World,
  seed: number,
  count: number,
): Promise<Small> {
  const { pool } = ctx.database
  const roll = dice(seed)
  const today = new Date(ctx.clock.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
  const { rows: skus } = await pool.query<{ id: string; categoryId: string }>(
    `select k.id, p.category_id as "categoryId" from sku k join product p on p.id = k.product_id order by k.barcode`,
  )
  const tags = [randomUUID(), randomUUID()]
  for (const id of tags)
    await pool.query(`insert into tag (id, name, created_at, created_by) values ($1, $2, now(), 'test')`, [
      id,
      id.slice(0, 8),
    ])
  const hq = await world.staff('hq')
  const templates: string[] = []
  for (const label of [`券${seed}甲`, `券${seed}乙`])
    templates.push((await hq('POST /console/v1/coupon-templates', { body: template({ label }) })).id)
  const campaigns = [randomUUID(), randomUUID()]
  const { rows: terms } = await pool.query<{ id: string }>(
    `insert into tier_terms (growth_per_yuan, period_months, tiers, active, since, by)
     values (1, 12, '[{"code":"silver"},{"code":"gold"}]', false, now(), 'test') returning id`,
  )
  const runId = randomUUID()
  await pool.query(`insert into rfm_run (id, rule, day, taken_at, members) values ($1, 'A', $2, now(), $3)`, [
    runId,
    dayAfter('2026-01-01', seed % 300),
    count,
  ])
  const members = Array.from({ length: count }, (): Known => {
    const score =
      roll(4) === 0
        ? null
        : { r: 1 + roll(5), f: 1 + roll(5), m: 1 + roll(5), segment: pick(roll, SEGMENT_NAMES) }
    return {
      id: randomUUID(),
      blocked: roll(12) === 0,
      joined: dayAfter(today, -roll(200)),
      purchases: Array.from({ length: roll(4) === 0 ? 0 : roll(7) }, () => ({
        day: dayAfter(today, -roll(60)),
        storeId: pick(roll, ['S01', 'S02']),
        till: roll(2) === 0,
        campaignId: roll(3) === 0 ? pick(roll, campaigns) : null,
        lines: Array.from({ length: 1 + roll(3) }, () => {
          const sku = pick(roll, skus)
          const quantity = 1 + roll(6)
          const back = roll(4) === 0 ? roll(quantity + 1) : 0
          const payFen = quantity * (100 + roll(900))
          return {
            skuId: sku.id,
            categoryId: sku.categoryId,
            quantity,
            back,
            payFen,
            backFen: Math.floor((payFen * back) / quantity),
          }
        }),
      })),
      tags: tags.filter(() => roll(3) === 0),
      tier: roll(3) === 0 ? null : pick(roll, ['silver', 'gold']),
      score,
      held: Array.from({ length: roll(3) }, () => pick(roll, templates)),
      messages: Array.from({ length: roll(5) }, () => ({
        day: dayAfter(today, -roll(40)),
        marketing: roll(3) > 0,
        withheld: roll(4) === 0,
      })),
      word: pick(roll, [true, true, false, null]),
    }
  })
  await plantMembers(ctx, members, { roll, runId, termsId: terms[0]?.id ?? '' })
  // As many as the template says were granted.
  await pool.query(
    `update coupon_template t set granted = (select count(*) from member_coupon c where c.template_id = t.id) where id = any($1::uuid[])`,
    [templates],
  )
  await createInsight(ctx).bringHistory(
    members.flatMap((member) => member.purchases.map((bought) => purchaseOf(member.id, bought))),
  )
  return { today, members, tags, templates, campaigns, skus }
}

const purchaseOf = (
  memberId: string,
  { day, storeId, till, campaignId, lines }: Known['purchases'][number],
): Purchase => ({
  id: randomUUID(),
  source: 'history',
  storeId,
  memberId,
  channel: till ? 'till' : 'pickup',
  boughtAt: instantOf(day, '12:00'),
  day,
  goodsFen: lines.reduce((sum, { payFen }) => sum + payFen, 0),
  collectedAt: null,
  campaignId,
  lines: lines.map((line, i) => ({
    lineNo: i + 1,
    skuId: line.skuId,
    quantity: line.quantity,
    refundedQuantity: line.back,
    payFen: line.payFen,
    refundedFen: line.backFen,
  })),
})

async function plantMembers(
  { database: { pool } }: World['ctx'],
  members: readonly Known[],
  { roll, runId, termsId }: { roll: (below: number) => number; runId: string; termsId: string },
): Promise<void> {
  for (const member of members) {
    const { id } = member
    // Late in the evening in Shanghai: the day before in UTC.
    await pool.query(`insert into member (id, nickname, blocked, joined_at) values ($1, $2, $3, $4)`, [
      id,
      NICKNAMES[id.charCodeAt(0) % NICKNAMES.length],
      member.blocked,
      instantOf(member.joined, '01:00'),
    ])
    for (const tag of member.tags)
      await pool.query(`insert into member_tag (tag_id, member_id, at, by) values ($1, $2, now(), 'test')`, [
        tag,
        id,
      ])
    if (member.tier)
      await pool.query(
        `insert into growth_account (member_id, growth, tier, period_from, period_until, terms_id) values ($1, 0, $2, '2026-01-01', '2027-01-01', $3)`,
        [id, member.tier, termsId],
      )
    if (member.score)
      await pool.query(
        `insert into rfm_score (run_id, member_id, days, purchases, kept_fen, r, f, m, segment) values ($1, $2, 0, 0, 0, $3, $4, $5, $6)`,
        [runId, id, member.score.r, member.score.f, member.score.m, member.score.segment],
      )
    for (const held of member.held)
      await pool.query(
        `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
         values ($1, $2, $3, 'UNUSED', '2026-01-01', '2026-01-01', '2099-01-01', $4)`,
        [randomUUID(), held, id, randomUUID()],
      )
    for (const { day, marketing, withheld } of member.messages)
      await pool.query(
        `insert into message (id, member_id, kind, ref, marketing, title, body, fields, page, told_at, withheld)
         values ($1, $2, 'coupon.due', $3, $4, '提醒', '', '{}', 'coupons', $5, $6)`,
        [randomUUID(), id, randomUUID(), marketing, instantOf(day, '00:30'), withheld ? 'off' : null],
      )
    if (member.word !== null)
      for (const agreed of roll(2) === 0 ? [!member.word, member.word] : [member.word])
        await pool.query(
          `insert into message_consent (member_id, topic, agreed, wording, via, at) values ($1, 'marketing', $2, 1, 'shop', now())`,
          [id, agreed],
        )
  }
}

// ---- A second reading of rules, over plain data. It shares no code with the first.

const distance = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
const sumOf = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0)
const keptOf = (lines: readonly Line[]): number => sumOf(lines.map(({ payFen, backFen }) => payFen - backFen))

function figureOf(c: AmountCondition, member: Known, today: string): number | null {
  const inSpan = (day: string): boolean =>
    (c.lastDays === undefined || (distance(day, today) < c.lastDays && day <= today)) &&
    (c.from === undefined || day >= c.from) &&
    (c.to === undefined || day <= c.to)
  const weekday = (day: string): number => ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1
  const bought = member.purchases.filter(
    ({ day, storeId, till }) =>
      inSpan(day) &&
      (!c.weekdays || c.weekdays.includes(weekday(day))) &&
      (!c.storeIds || c.storeIds.includes(storeId)) &&
      (c.boughtBy === undefined || (c.boughtBy === 'till') === till),
  )
  const ofGoods = (line: Line): boolean =>
    (c.skuIds?.includes(line.skuId) ?? false) || (c.categoryIds?.includes(line.categoryId) ?? false)
  switch (c.fact) {
    case 'purchases':
      return bought.length
    case 'kept_fen':
      return sumOf(bought.map(({ lines }) => keptOf(lines)))
    case 'average_fen':
      return bought.length === 0
        ? null
        : Math.floor(sumOf(bought.map(({ lines }) => keptOf(lines))) / bought.length)
    case 'most_pieces':
      return Math.max(0, ...bought.map(({ lines }) => sumOf(lines.map(({ quantity }) => quantity))))
    case 'days_since_last':
      return bought.length === 0 ? null : Math.min(...bought.map(({ day }) => distance(day, today)))
    case 'days_since_first':
      return bought.length === 0 ? null : Math.max(...bought.map(({ day }) => distance(day, today)))
    case 'goods_times':
      return bought.filter(({ lines }) => lines.some(ofGoods)).length
    case 'goods_pieces':
      return sumOf(
        bought.flatMap(({ lines }) => lines.filter(ofGoods).map(({ quantity, back }) => quantity - back)),
      )
    case 'days_since_joined':
      return distance(member.joined, today)
    case 'rfm_r':
      return member.score?.r ?? null
    case 'rfm_f':
      return member.score?.f ?? null
    case 'rfm_m':
      return member.score?.m ?? null
    case 'coupons_held':
      return member.held.filter((id) => !c.templateIds || c.templateIds.includes(id)).length
    case 'coupons_used':
      return 0
    case 'campaigns':
      return new Set(
        bought
          .map(({ campaignId }) => campaignId)
          .filter((id) => id !== null && (!c.campaignIds || c.campaignIds.includes(id))),
      ).size
    case 'marketing_messages':
      return member.messages.filter(({ day, marketing, withheld }) => marketing && !withheld && inSpan(day))
        .length
  }
}
function conditionHolds(c: Condition, member: Known, today: string): boolean {
  if ('oneOf' in c) {
    const mine = c.fact === 'tag' ? member.tags : c.fact === 'tier' ? [member.tier] : [member.score?.segment]
    return mine.some((each) => each != null && c.oneOf.includes(each)) !== (c.not ?? false)
  }
  const figure = figureOf(c, member, today)
  const isSo =
    figure !== null &&
    (c.op === 'at_least'
      ? figure >= c.value
      : c.op === 'at_most'
        ? figure <= c.value
        : figure >= c.value && figure <= Number(c.upTo))
  return isSo !== (c.not ?? false)
}
const isGroupNode = (node: Node): node is Group => 'parts' in node
const nodeHolds = (node: Node, member: Known, today: string): boolean =>
  isGroupNode(node)
    ? (node.how === 'all'
        ? node.parts.every((part) => nodeHolds(part, member, today))
        : node.parts.some((part) => nodeHolds(part, member, today))) !== (node.not ?? false)
    : conditionHolds(node, member, today)

/** Who is left after each row, and in the end. */
export function readRule(
  { members, today }: Small,
  rows: readonly Node[],
): { left: number[]; ids: string[]; reachable: number } {
  let rest = members.filter(({ blocked }) => !blocked)
  const left = rows.map((row) => {
    rest = rest.filter((member) => nodeHolds(row, member, today))
    return rest.length
  })
  const last = rest.filter(({ word }) => word !== false)
  return {
    left,
    ids: last.map(({ id }) => id).sort(),
    reachable: last.filter(({ word }) => word === true).length,
  }
}

// ---- Rules of any shape that a small world can be asked.

export function rulesOf({ skus, tags, templates, campaigns, today }: Small): fc.Arbitrary<Node[]> {
  const some = <T>(from: readonly T[]) =>
    fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 })
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
  const day = fc.integer({ min: 0, max: 60 }).map((back) => dayAfter(today, -back))
  const span = fc.oneof(
    fc.constant({}),
    fc.integer({ min: 1, max: 70 }).map((lastDays) => ({ lastDays })),
    fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  )
  const stores = maybe(some(['S01', 'S02']))
  const boughtBy = maybe(fc.constantFrom('online' as const, 'till' as const))
  const weekdays = maybe(some([1, 2, 3, 4, 5, 6, 7]))
  const bounds = (most: number) =>
    fc
      .tuple(
        fc.constantFrom('at_least' as const, 'at_most' as const, 'between' as const),
        fc.integer({ min: 0, max: most }),
        fc.integer({ min: 0, max: most }),
      )
      .map(([op, a, b]) =>
        op === 'between' ? { op, value: Math.min(a, b), upTo: Math.max(a, b) } : { op, value: a },
      )
  const made = (fact: AmountCondition['fact'], most: number, ...rest: fc.Arbitrary<object>[]) =>
    fc.tuple(bounds(most), fc.boolean(), ...rest).map((parts) => {
      const whole = Object.assign(
        { fact },
        ...parts.filter((part) => typeof part === 'object'),
        parts[1] ? { not: true } : {},
      ) as Record<string, unknown>
      for (const [name, value] of Object.entries(whole)) if (value === undefined) delete whole[name]
      return whole as unknown as Condition
    })
  const bought = fc.record({ storeIds: stores, boughtBy, weekdays })
  const goods = fc.oneof(
    some(skus.map(({ id }) => id)).map((skuIds) => ({ skuIds })),
    some([...new Set(skus.map(({ categoryId }) => categoryId))]).map((categoryIds) => ({ categoryIds })),
    fc.record({
      skuIds: some(skus.map(({ id }) => id)),
      categoryIds: some([...new Set(skus.map((sku) => sku.categoryId))]),
    }),
  )
  const goodsOf = fc.tuple(goods, fc.record({ storeIds: stores, weekdays })).map(([a, b]) => ({ ...a, ...b }))
  const choice = (fact: 'tier' | 'tag' | 'segment', from: readonly string[]) =>
    fc
      .tuple(some(from), fc.boolean())
      .map(([oneOf, not]): Condition => ({ fact, oneOf, ...(not ? { not } : {}) }))
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    made('purchases', 6, span, bought),
    made('kept_fen', 20_000, span, bought),
    made('average_fen', 8_000, span, bought),
    made('most_pieces', 15, span, bought),
    made('days_since_last', 60, fc.record({ storeIds: stores, boughtBy })),
    made('days_since_first', 60, fc.record({ storeIds: stores, boughtBy })),
    made('goods_times', 3, span, goodsOf),
    made('goods_pieces', 12, span, goodsOf),
    made('days_since_joined', 200),
    made('rfm_r', 5),
    made('rfm_f', 5),
    made('rfm_m', 5),
    made('coupons_held', 2, fc.record({ templateIds: maybe(some(templates)) })),
    made('coupons_used', 2, span),
    made('campaigns', 2, span, fc.record({ campaignIds: maybe(some(campaigns)), storeIds: stores })),
    made('marketing_messages', 3, span),
    choice('tier', ['silver', 'gold', 'platinum']),
    choice('tag', tags),
    choice('segment', SEGMENT_NAMES),
  )
  const group = (part: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
    fc
      .tuple(
        fc.constantFrom('all' as const, 'any' as const),
        fc.boolean(),
        fc.array(part, { minLength: 1, maxLength: 3 }),
      )
      .map(([how, not, parts]) => ({ how, parts, ...(not ? { not } : {}) }))
  const row = fc.oneof(condition, condition, group(condition), group(fc.oneof(condition, group(condition))))
  return fc.array(row, { minLength: 1, maxLength: 3 })
}

/** The rows as they are sent; a test that builds one too deep learns it from the route. */
export function asRule(rows: readonly Node[]) {
  assert.ok(rows.length <= 12)
  return { rows: rows as never }
}
