import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { packBaskets } from './baskets.ts'
import { hitRate } from './evaluation.ts'
import { findNeighbours, NEARNESS, suggest } from './items.ts'

test('what is bought with a thing is in so many baskets with it, of any baskets', () => {
  const basket = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
  fc.assert(
    fc.property(fc.array(basket, { minLength: 1, maxLength: 25 }), (baskets) => {
      const packed = packBaskets(baskets)
      const { starts, items, together, scores } = findNeighbours(packed, { ...NEARNESS, fewest: 1 })
      for (const [item, name] of packed.names.entries()) {
        const near = [...items.subarray(starts[item], starts[item + 1])]
        const expected = packed.names.flatMap((other, n) => {
          const count = baskets.filter((each) => each.includes(name) && each.includes(other)).length
          return other === name || count === 0 ? [] : [[n, count]]
        })
        const found = near.map((other, n) => [other, together[(starts[item] ?? 0) + n]])
        assert.deepEqual(new Set(found.map(String)), new Set(expected.map(String)))
        const ranked = [...scores.subarray(starts[item], starts[item + 1])]
        assert.deepEqual(
          ranked,
          ranked.toSorted((a, b) => b - a),
        )
      }
    }),
  )
})

test('goods that are in every basket anyway do not come before those that belong together', () => {
  const baskets = Array.from({ length: 60 }, (_, i) =>
    i < 20 ? ['bag', 'dumplings', 'vinegar'] : ['bag', `other ${i % 7}`],
  )
  const packed = packBaskets(baskets)
  const dumplings = packed.names.indexOf('dumplings')
  const [first, second] = suggest(findNeighbours(packed), [dumplings], 2)
  assert.deepEqual(
    [first, second].map((each) => each && packed.names[each.item]),
    ['vinegar', 'bag'],
  )
  assert.equal(first?.because, dumplings)
})

test('what is given is not suggested, and nothing is suggested for nothing', () => {
  const near = findNeighbours(
    packBaskets([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'c'],
      ['a', 'c'],
    ]),
  )
  assert.deepEqual(suggest(near, [], 10), [])
  assert.deepEqual(suggest(near, [0, 1, 2], 10), [])
})

// Definition of the data's own page: hide one item, rank by the others, a hit among the first ten. The last fifth of the invoices by time is the test.
const RETAIL = path.join(process.env['LINLI_DATA'] ?? '', 'online_retail_2010-12_2011-05.csv.gz')
test(
  'HR@10 on Online Retail: at least .18, several times that of what is popular',
  { skip: !existsSync(RETAIL) && 'LINLI_DATA names no folder with online_retail_2010-12_2011-05.csv.gz' },
  (t) => {
    const invoices = new Map<string, { at: string; items: string[] }>()
    for (const row of gunzipSync(readFileSync(RETAIL)).toString().split('\n').slice(1)) {
      const [no = '', item = '', quantity, at = ''] = row.split(',')
      if (no.startsWith('C') || !(Number(quantity) > 0) || !/^\d/.test(item)) continue
      const invoice = invoices.get(no) ?? { at, items: [] }
      invoice.items.push(item)
      invoices.set(no, invoice)
    }
    const baskets = [...invoices.values()].sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ items }) => items)
    const cut = Math.floor(baskets.length * 0.8)
    const trained = packBaskets(baskets.slice(0, cut))
    const near = findNeighbours(trained)
    const { hits, popularHits, pairs } = hitRate(trained, near, baskets.slice(cut), { from: 2, to: 20 })
    t.diagnostic(
      `HR@10 ${(hits / pairs).toFixed(4)}, by popularity ${(popularHits / pairs).toFixed(4)}, ${pairs} pairs of baskets of 2 to 20`,
    )
    assert.ok(hits / pairs >= 0.18)
    assert.ok(hits > 3 * popularHits)
  },
)
