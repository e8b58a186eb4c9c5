// Refunds of an order that was paid with several tenders: last paid first, and to the fen for each of them.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeskRefund, refundCounts, type RefundState } from '#room/payments'
import { givenOf, planRefund } from './refund-plan.ts'
import { type Purse, pursesOf, splitOver, takeLines } from './tenders.ts'

const attempt = (attemptId: string, provider: Purse['provider'], amountFen: number, state = 'PAID') => ({
  attemptId,
  provider,
  amountFen,
  state,
})
const refund = (attemptId: string, amountFen: number, state: RefundState = 'SUCCESS') => ({
  attemptId,
  amountFen,
  state,
  cause: 'order' as const,
})

test('domain 2.8: mixed tender goes back in reverse order of payment', () => {
  const attempts = [attempt('v', 'stored_value', 3000), attempt('w', 'wechat', 7000)]
  const split = (amountFen: number, refunds: ReturnType<typeof refund>[] = []) =>
    splitOver({ amountFen, lines: [] }, pursesOf(attempts, refunds))?.map((part) => [
      part.provider,
      part.amountFen,
    ])
  assert.deepEqual(split(7000), [['wechat', 7000]])
  assert.deepEqual(split(7001), [
    ['wechat', 7000],
    ['stored_value', 1],
  ])
  assert.deepEqual(split(3000, [refund('w', 7000)]), [['stored_value', 3000]])
  assert.deepEqual(
    split(5000, [refund('w', 7000, 'FAILED')]),
    [['wechat', 5000]],
    'what failed is there again',
  )
  assert.equal(split(3001, [refund('w', 7000)]), undefined, 'no more than is left')
  assert.deepEqual(split(0), [])
})

test('money that is not kept gives nothing: unpaid, closed, and what came twice', () => {
  const attempts = [
    attempt('a', 'wechat', 100, 'CLOSED'),
    attempt('b', 'cash', 100),
    attempt('c', 'wechat', 100),
    attempt('d', 'wechat', 100, 'OPEN'),
  ]
  const twice = { ...refund('c', 100), cause: 'double_payment' as const }
  assert.deepEqual(pursesOf(attempts, [twice]), [{ attemptId: 'b', provider: 'cash', leftFen: 100 }])
})

const none = { pointsBack: 0, pointsTaken: 0 }
test('the pieces of a line, and its points, stand with the first money of it', () => {
  const queue = [
    { lineNo: 1, quantity: 2, amountFen: 500, pointsBack: 7, pointsTaken: 5 },
    { lineNo: 2, quantity: 1, amountFen: 0, ...none },
    { lineNo: 3, quantity: 4, amountFen: 100, ...none },
  ]
  assert.deepEqual(takeLines(queue, 300), [
    { lineNo: 1, quantity: 2, amountFen: 300, pointsBack: 7, pointsTaken: 5 },
  ])
  assert.deepEqual(takeLines(queue, 200), [
    { lineNo: 1, quantity: 0, amountFen: 200, ...none },
    { lineNo: 2, quantity: 1, amountFen: 0, ...none },
  ])
  assert.deepEqual(takeLines(queue, 999), [{ lineNo: 3, quantity: 4, amountFen: 100, ...none }])
  assert.deepEqual(queue, [])
})

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  payFen: fc.nat(5000),
  usedPoints: fc.nat(300),
  earnedPoints: fc.nat(300),
})
const step = fc.record({
  line: fc.nat(5),
  quantity: fc.nat(9),
  whole: fc.integer({ min: 0, max: 9 }),
  fails: fc.nat(15),
})

test('domain 2.8: property · any sequence of partial refunds over mixed tenders sums to what was paid, per tender and per line', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.nat(800),
      fc.array(fc.nat(1000), { maxLength: 3 }),
      fc.array(step, { maxLength: 25 }),
      (drawn, freightFen, cuts, steps) => {
        const sold = { withdrawnQuantity: 0, weightBackFen: null, groupBackFen: 0 }
        const lines = drawn.map((each, i) => ({ ...each, ...sold, lineNo: i + 1 }))
        const paidFen = lines.reduce((sum, { payFen }) => sum + payFen, freightFen)
        if (paidFen === 0) return
        const ends = [...cuts.map((cut) => Math.floor((paidFen * cut) / 1000)), paidFen].sort((a, b) => a - b)
        const attempts = ends
          .map((end, i) => attempt(`a${i}`, 'wechat', end - (ends[i - 1] ?? 0)))
          .filter(({ amountFen }) => amountFen > 0)
        const refunds: Pick<DeskRefund, 'attemptId' | 'lines' | 'amountFen' | 'state' | 'cause'>[] = []
        const order = { state: 'PAID', payState: 'PAID', paidFen } as const
        const give = (wanted: { lineNo: number; quantity: number }[] | null, fails: number): void => {
          const planned = planRefund(order, lines, refunds, wanted)
          if (planned.kind !== 'plan') return
          const parts = splitOver(planned.plan, pursesOf(attempts, refunds))
          assert.ok(parts, 'what can be planned can be paid')
          assert.equal(
            parts.reduce((sum, part) => sum + part.amountFen, 0),
            planned.plan.amountFen,
          )
          for (const [i, part] of parts.entries())
            refunds.push({
              ...part,
              cause: 'order',
              state: part.amountFen > 0 && (fails >> i) & 1 ? 'FAILED' : 'SUCCESS',
            })
        }
        for (const { line: at, quantity, whole, fails } of steps)
          give(whole === 0 ? null : [{ lineNo: 1 + (at % lines.length), quantity }], fails)
        // Whatever went wrong on the way, the rest can be given back.
        give(null, 0)
        for (const { attemptId, amountFen } of attempts) {
          const given = refunds.filter((each) => each.attemptId === attemptId && refundCounts(each.state))
          assert.equal(
            given.reduce((sum, each) => sum + each.amountFen, 0),
            amountFen,
            attemptId,
          )
        }
        for (const { lineNo, quantity, payFen: amountFen, usedPoints, earnedPoints } of lines)
          assert.deepEqual(
            givenOf(refunds, lineNo),
            { quantity, amountFen, pointsBack: usedPoints, pointsTaken: earnedPoints },
            `line ${lineNo}`,
          )
      },
    ),
    { numRuns: 2000 },
  )
})
