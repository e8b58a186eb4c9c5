import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  compare,
  cursorOf,
  keyOf,
  listed,
  listedInLanes,
  pageAfter,
  type Place,
  placeOf,
  type Sort,
  type Sortable,
} from './order.ts'

const sorts = fc.constantFrom<Sort>('recommended', 'price_up', 'price_down', 'newest')
const goods = fc.uniqueArray(
  fc.record<Sortable>({
    id: fc.uuid(),
    unitFen: fc.integer({ min: 1, max: 5 }),
    rank: fc.integer({ min: 0, max: 3 }),
    createdAt: fc.integer({ min: 0, max: 3 }).map((day) => new Date(day * 86_400_000)),
    available: fc.integer({ min: 0, max: 2 }),
    score: fc.constantFrom(0, 55, 90),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
)
const sorted = (sort: Sort, items: readonly Sortable[]) =>
  items.map((item) => ({ item, id: item.id, key: keyOf(sort, item) })).sort(compare)

function walk(sort: Sort, list: ReturnType<typeof sorted>, limit: number): string[] {
  const seen: string[] = []
  for (let cursor: string | null = null, i = 0; i <= list.length; i++) {
    const { page, more } = pageAfter(list, cursor === null ? null : placeOf(sort, cursor), limit)
    seen.push(...page.map(({ id }) => id))
    const last = page.at(-1)
    if (!more || !last) return seen
    cursor = cursorOf(sort, last)
  }
  return assert.fail('pages without end')
}

test('walking by cursor shows everything once and in order, whatever the order and the page size', () => {
  fc.assert(
    fc.property(sorts, goods, fc.integer({ min: 1, max: 12 }), (sort, items, limit) => {
      const list = sorted(sort, items)
      assert.deepEqual(
        walk(sort, list, limit),
        list.map(({ id }) => id),
      )
    }),
  )
})

test('what was found in any order pages like the same sorted', () => {
  fc.assert(
    fc.property(sorts, goods, fc.integer({ min: 1, max: 12 }), (sort, items, limit) => {
      const whole = sorted(sort, items)
      const found = listed(items.map((item) => ({ item, id: item.id, key: keyOf(sort, item) })))
      assert.equal(found.total, items.length)
      for (const after of [null, ...whole])
        assert.deepEqual(found.page(after, limit), pageAfter(whole, after, limit))
    }),
  )
})

test('two lanes over a list sorted without stock page exactly like the list sorted with it', () => {
  fc.assert(
    fc.property(sorts, goods, fc.integer({ min: 1, max: 12 }), (sort, items, limit) => {
      const unscored = items.map((item) => ({ ...item, score: 0 }))
      const whole = sorted(sort, unscored)
      const blind = unscored
        .map((item) => ({ item, id: item.id, key: keyOf(sort, { ...item, available: 1 }) }))
        .sort(compare)
      const lanes = listedInLanes(blind, sort, ({ available }) => available > 0)
      let after: Place | null = null
      for (let i = 0; i <= items.length; i++) {
        const expected: ReturnType<typeof pageAfter<Sortable>> = pageAfter(whole, after, limit)
        assert.deepEqual(lanes.page(after, limit), expected)
        const last = expected.page.at(-1)
        if (!last) return
        after = placeOf(sort, cursorOf(sort, last))
      }
    }),
  )
})

test('an item that comes or goes between two pages moves nothing else', () => {
  fc.assert(
    fc.property(sorts, goods, fc.integer({ min: 1, max: 12 }), fc.nat(), (sort, items, limit, which) => {
      fc.pre(items.length > limit)
      const list = sorted(sort, items)
      const { page } = pageAfter(list, null, limit)
      const last = page.at(-1)
      assert.ok(last)
      const gone = list[which % list.length]
      const { page: next } = pageAfter(
        list.filter((entry) => entry !== gone),
        placeOf(sort, cursorOf(sort, last)),
        list.length,
      )
      assert.deepEqual(
        next.map(({ id }) => id),
        list
          .slice(limit)
          .filter((entry) => entry !== gone)
          .map(({ id }) => id),
      )
    }),
  )
})

test('sold out stands last, except below what fits better', () => {
  const good = (id: string, available: number, score = 0): Sortable => ({
    id,
    available,
    score,
    unitFen: 1,
    rank: 1,
    createdAt: new Date(0),
  })
  const ids = (items: Sortable[]) => sorted('recommended', items).map(({ id }) => id)
  assert.deepEqual(ids([good('a', 0), good('b', 1)]), ['b', 'a'])
  assert.deepEqual(ids([good('a', 1, 55), good('b', 0, 90)]), ['b', 'a'])
})

const NOT_OURS: readonly string[] = [
  'x',
  'bm9uc2Vuc2U',
  Buffer.from('null').toString('base64url'),
  Buffer.from('{}').toString('base64url'),
  Buffer.from('[]').toString('base64url'),
  Buffer.from('[1,0,100]').toString('base64url'),
  Buffer.from('[1,0,"100","id"]').toString('base64url'),
  Buffer.from('[1,0,1e999,"id"]').toString('base64url'),
  Buffer.from('[2,0,100,"id"]').toString('base64url'),
  Buffer.from('[1,0,100,7]').toString('base64url'),
]
for (const cursor of NOT_OURS)
  test(`cursor ${Buffer.from(cursor, 'base64url').toString()} is not ours`, () =>
    assert.equal(placeOf('price_up', cursor), null))
