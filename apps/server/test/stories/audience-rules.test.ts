// What a rule means is read twice: by the database and over plain data. And whatever is sent as a rule, nothing but its meaning reaches the database.
import type { Node } from '@linli/contract/audience-rules'
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { inTx } from '../../src/kernel/db.ts'
import { boundReading, picking, sample } from '../../src/rooms/audiences/counting.sql.ts'
import { asRule, plantSmall, readRule, rulesOf, type Small } from '../audience-world.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

let world: World
let hq: LinliApi
let small: Small
before(async () => {
  world = await openWorld()
  hq = await world.staff('hq')
  small = await plantSmall(world, 7, 60)
})
after(() => world.close())

const asOf = () => ({ day: small.today, now: world.clock.now() })
const everybody = (rows: readonly Node[]) => sample(world.ctx.db, rows, asOf(), { seed: 1, limit: 1000 })

test('a rule means the same members to the database and to a second reading of it, row by row', async () => {
  const seen = { some: 0, none: 0 }
  await fc.assert(
    fc.asyncProperty(rulesOf(small), async (rows) => {
      const wanted = readRule(small, rows)
      const {
        rows: steps,
        members,
        reachable,
        all,
      } = await hq('POST /console/v1/audience-counts', { body: { rule: asRule(rows) } })
      assert.equal(all, small.members.filter(({ blocked }) => !blocked).length)
      assert.deepEqual(
        steps.map(({ left }) => left),
        wanted.left,
      )
      assert.deepEqual([members, reachable], [wanted.ids.length, wanted.reachable])
      assert.deepEqual((await everybody(rows)).sort(), wanted.ids)
      seen[members > 0 ? 'some' : 'none']++
    }),
    { numRuns: 250, seed: 20261124 },
  )
  assert.ok(seen.some > 40 && seen.none > 20, JSON.stringify(seen))
})

test('why somebody is in: the conditions hold for whoever is drawn, and together say whether a member is in', async () => {
  await fc.assert(
    fc.asyncProperty(rulesOf(small), fc.nat(), async (rows, n) => {
      const rule = asRule(rows)
      const wanted = new Set(readRule(small, rows).ids)
      const { items } = await hq('POST /console/v1/audience-samples', { body: { rule, seed: n % 1000 } })
      assert.equal(items.length, Math.min(5, wanted.size))
      for (const { member } of items) assert.ok(wanted.has(member.id))
      const somebody = small.members[n % small.members.length]
      assert.ok(somebody)
      const why = await hq('POST /console/v1/audience-reasons', { body: { rule, memberId: somebody.id } })
      assert.equal(why.isIn && !somebody.blocked, wanted.has(somebody.id))
      assert.equal(why.marketing.agreed, somebody.word)
    }),
    { numRuns: 60, seed: 20261124 },
  )
})

test('of a group, how many each part keeps by itself', async () => {
  const parts: Node[] = [
    { fact: 'purchases', op: 'at_least', value: 3 },
    { fact: 'most_pieces', op: 'at_least', value: 10 },
  ]
  const { rows } = await hq('POST /console/v1/audience-counts', {
    body: { rule: asRule([{ how: 'any', parts }]) },
  })
  assert.deepEqual(
    rows[0]?.alone,
    parts.map((part) => readRule(small, [part]).left[0]),
  )
})

const refusalOf = async (rule: unknown): Promise<string> => {
  const answer = await hq('POST /console/v1/audience-counts', { body: { rule: rule as never } }).then(
    () => 'answered',
    (error: unknown) => {
      if (error instanceof ApiProblem) return `${error.problem.status} ${error.problem.code}`
      throw error
    },
  )
  return answer
}
const times = <T>(n: number, of: T): T[] => Array.from({ length: n }, () => of)
const purchases = { fact: 'purchases', op: 'at_least', value: 1 }
const nested = (depth: number): object =>
  depth === 0 ? purchases : { how: 'all', parts: [nested(depth - 1)] }

const ATTEMPTS: readonly [string, unknown][] = [
  ['a quote in a store', { rows: [{ ...purchases, storeIds: ["S01'; drop table member; --"] }] }],
  [
    'a quote in a category',
    { rows: [{ fact: 'goods_times', op: 'at_least', value: 1, categoryIds: ["G' or '1'='1"] }] },
  ],
  [
    'a comment in a SKU',
    { rows: [{ fact: 'goods_times', op: 'at_least', value: 1, skuIds: ['x/**/union select'] }] },
  ],
  ['a full-width quote in a tier', { rows: [{ fact: 'tier', oneOf: ['＇ or 1=1'] }] }],
  ['a NUL', { rows: [{ fact: 'tier', oneOf: ['gold\u0000'] }] }],
  ['an unpaired surrogate', { rows: [{ fact: 'tier', oneOf: ['\ud800'] }] }],
  ['a tag that is no id', { rows: [{ fact: 'tag', oneOf: ['1'] }] }],
  ['a segment that there is not', { rows: [{ fact: 'segment', oneOf: ['pg_sleep'] }] }],
  ['a fact of the prototype', { rows: [{ ...purchases, fact: 'constructor' }] }],
  ['a fact that is an expression', { rows: [{ ...purchases, fact: 'pg_sleep(10)' }] }],
  ['an operator that is one of the database', { rows: [{ ...purchases, op: '>= 0 or true --' }] }],
  ['a value that is text', { rows: [{ ...purchases, value: '1; select 1' }] }],
  ['a huge value', { rows: [{ ...purchases, value: 1e300 }] }],
  ['a value below nothing', { rows: [{ ...purchases, value: -1 }] }],
  ['half a value', { rows: [{ ...purchases, value: 0.5 }] }],
  ['a span of centuries', { rows: [{ ...purchases, lastDays: 2 ** 31 }] }],
  ['a day that there is not', { rows: [{ ...purchases, from: '2026-13-41' }] }],
  ['a span that ends before it begins', { rows: [{ ...purchases, from: '2026-02-01', to: '2026-01-01' }] }],
  ['two spans', { rows: [{ ...purchases, from: '2026-02-01', lastDays: 3 }] }],
  ['a span of what has none', { rows: [{ fact: 'rfm_r', op: 'at_least', value: 3, lastDays: 3 }] }],
  ['goods of purchases', { rows: [{ ...purchases, categoryIds: ['G'] }] }],
  ['goods of nothing', { rows: [{ fact: 'goods_times', op: 'at_least', value: 1 }] }],
  ['between one and nothing', { rows: [{ ...purchases, op: 'between' }] }],
  ['between more and less', { rows: [{ ...purchases, op: 'between', value: 5, upTo: 4 }] }],
  ['too many rows', { rows: times(13, purchases) }],
  ['too many parts', { rows: [{ how: 'any', parts: times(9, purchases) }] }],
  ['too many conditions', { rows: times(4, { how: 'any', parts: times(6, purchases) }) }],
  ['a group of nothing', { rows: [{ how: 'any', parts: [] }] }],
  ['groups in groups in groups', { rows: [nested(3)] }],
  ['groups a thousand deep', { rows: [nested(1000)] }],
  [
    'too many stores',
    { rows: [{ ...purchases, storeIds: Array.from({ length: 51 }, (_, i) => `S${100 + i}`) }] },
  ],
  ['one store twice', { rows: [{ ...purchases, storeIds: ['S01', 'S01'] }] }],
  ['no rows at all', {}],
  ['a key of the prototype', { rows: [], __proto__: { rows: [purchases] }, extra: 1 }],
]
test('what is no rule is refused by name, and nothing of it reaches the database', async () => {
  const before = await world.fingerprint()
  for (const [what, rule] of ATTEMPTS)
    assert.match(await refusalOf(rule), /^400 (request\.[a-z_0-9]+|audiences\.rule_unsound)$/, what)
  assert.equal(await world.fingerprint(), before)
})

test('words that mean nothing here are asked for as words, and nobody has them', async () => {
  for (const word of ['drop', 'OR-1-1', 'null', 'true'])
    assert.equal(
      (
        await hq('POST /console/v1/audience-counts', {
          body: { rule: { rows: [{ fact: 'tier', oneOf: [word] }] } },
        })
      ).members,
      0,
    )
})

test('no text of a rule stands in the statement: all of it travels as parameters', async () => {
  await fc.assert(
    fc.asyncProperty(rulesOf(small), async (rows) => {
      const { sql, parameters } = picking(rows, asOf()).compile(world.ctx.db)
      assert.doesNotMatch(sql, /silver|gold|platinum|champion|hibernating|S0[12]|[0-9a-f]{8}-[0-9a-f]{4}/)
      assert.ok(parameters.length > 0 || !/\$\d/.test(sql))
    }),
    { numRuns: 100, seed: 7 },
  )
})

test('the largest rule there may be is answered or refused in time, and what takes too long is refused by name', async () => {
  const part = {
    fact: 'kept_fen',
    op: 'between',
    value: 1,
    upTo: 9_000_000_000,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
  }
  const rows = [...times(2, { how: 'any', parts: times(8, part) }), ...times(4, part)]
  assert.match(await refusalOf({ rows }), /^(answered|422 audiences\.too_slow)$/)
  await assert.rejects(
    inTx(world.ctx.db, async (tx) => {
      await boundReading(tx, 20)
      await sample(tx, [], asOf(), { seed: 0, limit: 1 })
      await tx.executeQuery({ sql: 'select pg_sleep(1)', parameters: [] } as never)
    }),
    { code: '57014' },
  )
})

test('whoever counts writes nothing, whatever the statement says', () =>
  assert.rejects(
    inTx(world.ctx.db, async (tx) => {
      await boundReading(tx, 1000)
      await tx.deleteFrom('member_tag').execute()
    }),
    { code: '25006' },
  ))
