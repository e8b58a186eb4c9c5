import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { additions, type Purchase, type Returned, type Sums } from './purchases.ts'

const purchase = fc
  .record({
    storeId: fc.constantFrom('S01', 'S02'),
    memberId: fc.constantFrom('m', 'n', null),
    channel: fc.constantFrom('pickup' as const, 'till' as const),
    day: fc.constantFrom('2026-11-01', '2026-11-02'),
    lines: fc.array(
      fc.record({
        skuId: fc.constantFrom('a', 'b', 'c', null),
        quantity: fc.integer({ min: 1, max: 9 }),
        payFen: fc.integer({ min: 0, max: 9999 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ lines, ...rest }) => ({
    ...rest,
    source: 'order' as const,
    boughtAt: new Date(`${rest.day}T04:00:00Z`),
    goodsFen: lines.reduce((sum, { payFen }) => sum + payFen, 0) + 100,
    collectedAt: null,
    campaignId: null,
    lines: lines.map((line, i) => ({ ...line, lineNo: i + 1, refundedQuantity: 0, refundedFen: 0 })),
  }))
/** So many tenths of it went back. */
const returned = (each: Purchase, tenths: number): Purchase => ({
  ...each,
  lines: each.lines.map((line) => ({
    ...line,
    refundedQuantity: Math.floor((line.quantity * tenths) / 10),
    refundedFen: Math.floor((line.payFen * tenths) / 10),
  })),
})
const notedOf = ({ lines }: Purchase): Returned =>
  new Map(lines.map((line) => [line.lineNo, { quantity: line.refundedQuantity, fen: line.refundedFen }]))

/** Adds up sums as the tables do: everything adds, but the largest purchase. */
function addUp(all: readonly Sums[]): Record<string, number> {
  const table: Record<string, number> = {}
  for (const { sales, skus, members } of all)
    for (const row of [...sales, ...skus, ...members]) {
      const figures = Object.entries(row).filter(
        (pair): pair is [string, number] => typeof pair[1] === 'number',
      )
      const key = Object.values(row).filter((value) => typeof value === 'string')
      for (const [name, value] of figures) {
        const at = [...key, name].join(' ')
        table[at] = name === 'mostPieces' ? Math.max(table[at] ?? 0, value) : (table[at] ?? 0) + value
      }
    }
  return table
}

test('sums that move by differences are those of counting from scratch, whatever is looked at when and however often', () => {
  fc.assert(
    fc.property(
      fc.array(purchase, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 10 })), { maxLength: 30 }),
      (drafts, looks) => {
        const now = drafts.map((draft, i): Purchase => ({ ...draft, id: String(i) }))
        const noted = new Map<string, Returned>()
        const moved: Sums[] = []
        const look = (at: number) => {
          const each = now[at]
          assert.ok(each)
          moved.push(additions([each], noted))
          noted.set(each.id, notedOf(each))
        }
        for (const [pick, tenths] of looks) {
          const at = pick % now.length
          const each = now[at]
          assert.ok(each)
          now[at] = returned(each, tenths)
          look(at)
        }
        for (const at of now.keys()) look(at)
        assert.deepEqual(addUp(moved), addUp([additions(now, new Map())]))
      },
    ),
  )
})

test('a purchase that is known and unchanged moves nothing', () => {
  fc.assert(
    fc.property(purchase, fc.integer({ min: 0, max: 10 }), (draft, tenths) => {
      const each = returned({ ...draft, id: '1' }, tenths)
      const figures = Object.entries(addUp([additions([each], new Map([['1', notedOf(each)]]))]))
      assert.deepEqual(
        figures.filter(([, value]) => value !== 0),
        [],
      )
    }),
  )
})
