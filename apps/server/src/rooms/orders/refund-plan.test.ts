// What refunds of pieces give back: any sequence of them adds up to what was paid.
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeskRefund } from '#room/payments'
import { givenOf, planRefund, type PlannedLine, refundOf, shareOf, type WantedLine } from './refund-plan.ts'

/** A line of which nothing was taken out or weighed. */
const bought = (quantity: number, payFen: number, lineNo = 1): PlannedLine => ({
  lineNo,
  quantity,
  payFen,
  withdrawnQuantity: 0,
  weightBackFen: null,
  groupBackFen: 0,
  usedPoints: 0,
  earnedPoints: 0,
})
type Refund = Pick<DeskRefund, 'attemptId' | 'lines' | 'state' | 'amountFen' | 'cause' | 'sendAt'>

const none = { pointsBack: 0, pointsTaken: 0 }
const given = (quantity: number, amountFen: number) => ({ lineNo: 1, quantity, amountFen, ...none })
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 2, minute))
/** A refund that arrived, of nothing unless said. */
const refund = (over: Partial<Refund>): Refund => ({
  attemptId: 'one',
  lines: [],
  state: 'SUCCESS',
  amountFen: 0,
  cause: 'order',
  sendAt: at(0),
  ...over,
})
const paid = (paidFen: number) => ({ state: 'PAID', payState: 'PAID', paidFen }) as const

test('three pieces for 1.00 yuan come back as 33, 33 and 34 fen', () => {
  const line = bought(3, 100)
  assert.equal(shareOf(line, { quantity: 0, amountFen: 0 }, 1), 33)
  assert.equal(shareOf(line, { quantity: 1, amountFen: 33 }, 1), 33)
  assert.equal(shareOf(line, { quantity: 2, amountFen: 66 }, 1), 34)
  assert.equal(shareOf(line, { quantity: 1, amountFen: 33 }, 2), 67)
})

test('the pear of the order page: two for 19.92, one comes back as 9.96', () => {
  assert.equal(shareOf(bought(2, 1992), { quantity: 0, amountFen: 0 }, 1), 996)
})

test('a refund that came to nothing does not count, one that hangs does', () => {
  const lines = [{ lineNo: 1, quantity: 1, amountFen: 33, pointsBack: 2, pointsTaken: 1 }]
  const refunds = [
    refund({ lines, state: 'FAILED' }),
    refund({ lines, state: 'CLOSED' }),
    refund({ lines, state: 'ABNORMAL' }),
  ]
  assert.deepEqual(givenOf(refunds, 1), { quantity: 1, amountFen: 33, pointsBack: 2, pointsTaken: 1 })
})

test('more pieces than are left, or of no line, are refused by line', () => {
  const lines = [bought(2, 100)]
  const too = (wanted: WantedLine[]) => planRefund(paid(100), lines, [], wanted)
  assert.deepEqual(too([{ lineNo: 1, quantity: 3 }]), { kind: 'too_many', lineNo: 1, leftQuantity: 2 })
  assert.deepEqual(too([{ lineNo: 7, quantity: 1 }]), { kind: 'too_many', lineNo: 7, leftQuantity: 0 })
  assert.deepEqual(
    too([
      { lineNo: 1, quantity: 1 },
      { lineNo: 1, quantity: 2 },
    ]),
    { kind: 'too_many', lineNo: 1, leftQuantity: 2 },
  )
})

test('an order that cost nothing is given back whole or not at all, and once', () => {
  const lines = [bought(2, 0)]
  const whole = planRefund(paid(0), lines, [], null)
  assert.deepEqual(whole, {
    kind: 'plan',
    plan: { amountFen: 0, lines: [given(2, 0)], whole: true, keptFen: 0, ...none },
  })
  assert.deepEqual(planRefund(paid(0), lines, [], [{ lineNo: 1, quantity: 2 }]), whole)
  assert.equal(planRefund(paid(0), lines, [], [{ lineNo: 1, quantity: 1 }]).kind, 'nothing')
  assert.equal(planRefund({ ...paid(0), state: 'CLOSED_REFUND' }, lines, [], null).kind, 'nothing')
  assert.equal(planRefund({ ...paid(0), payState: 'UNPAID' }, lines, [], null).kind, 'nothing')
})

test('what a failed part still owes of pieces given back goes with the next refund that asks for it', () => {
  const lines = [bought(2, 1000)]
  const refunds = [
    refund({ lines: [given(2, 300)], amountFen: 300 }),
    refund({ lines: [given(0, 700)], amountFen: 700, state: 'FAILED' }),
  ]
  for (const wanted of [null, [{ lineNo: 1, quantity: 0 }]])
    assert.deepEqual(planRefund(paid(1000), lines, refunds, wanted), {
      kind: 'plan',
      plan: { amountFen: 700, lines: [given(0, 700)], whole: true, keptFen: 0, ...none },
    })
})

test('freight goes back with the last piece', () => {
  const lines = [bought(2, 1001)]
  const one = planRefund(paid(1601), lines, [], [{ lineNo: 1, quantity: 1 }])
  assert.ok(one.kind === 'plan')
  assert.deepEqual([one.plan.amountFen, one.plan.whole, one.plan.keptFen], [500, false, 1101])
  const rest = planRefund(
    paid(1601),
    lines,
    [refund({ lines: one.plan.lines, amountFen: one.plan.amountFen, state: 'PENDING' })],
    [{ lineNo: 1, quantity: 1 }],
  )
  assert.ok(rest.kind === 'plan')
  assert.deepEqual([rest.plan.amountFen, rest.plan.whole, rest.plan.keptFen], [1101, true, 0])
})

test('money that came late is less than its lines: it goes back once, no further than it came', () => {
  const lines = [bought(1, 60), bought(1, 30, 2), bought(1, 30, 3)]
  // Stored value had paid 50 of 120 and was freed when the order was closed.
  const late = { ...paid(70), state: 'CANCELLED' } as const
  const plan = (refunds: Refund[], wanted: WantedLine[] | null) => {
    const planned = planRefund(late, lines, refunds, wanted)
    if (planned.kind !== 'plan') return planned.kind
    const { amountFen, keptFen, lines: given } = planned.plan
    return { amountFen, keptFen, lines: given.map((each) => [each.lineNo, each.amountFen]) }
  }
  const whole = {
    amountFen: 70,
    keptFen: 0,
    lines: [
      [1, 60],
      [2, 10],
    ],
  }
  assert.deepEqual(plan([], null), whole)
  const two = [1, 2].map((lineNo) => ({ lineNo, quantity: 1 }))
  assert.deepEqual(plan([], two), whole, 'of two lines no more than there is')
  const back = refund({ lines: [given(1, 60), { ...given(1, 10), lineNo: 2 }], amountFen: 70 })
  assert.equal(plan([back], null), 'nothing')
  assert.equal(plan([back], [{ lineNo: 3, quantity: 1 }]), 'nothing')
})

test('a payment that came twice is no part of what is left', () => {
  const lines = [bought(1, 100)]
  const twice = refund({ cause: 'double_payment', amountFen: 100 })
  const planned = planRefund(paid(100), lines, [twice], null)
  assert.ok(planned.kind === 'plan' && planned.plan.amountFen === 100)
})

const state = fc.constantFrom<DeskRefund['state']>(
  'SUCCESS',
  'SUCCESS',
  'PENDING',
  'ABNORMAL',
  'FAILED',
  'CLOSED',
)
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 20 }),
  payFen: fc.integer({ min: 0, max: 99_999 }),
  // Sold by weight: what of the bag's money goes back as it is handed over, and whether that arrives.
  lighterBp: fc.option(fc.integer({ min: 0, max: 10_000 })),
  settled: state,
  usedPoints: fc.integer({ min: 0, max: 500 }),
  earnedPoints: fc.integer({ min: 0, max: 500 }),
})
const turn = fc.record({ line: fc.nat(), quantity: fc.integer({ min: 0, max: 20 }), state })
test('domain 2.7: 10 points on three pieces come back as 3, 3 and 4; of an order closed unpaid none do', () => {
  const line = { ...bought(3, 300), usedPoints: 10, earnedPoints: 2 }
  const refunds: Refund[] = []
  const back = [1, 2, 3].map(() => {
    const planned = planRefund(paid(300), [line], refunds, [{ lineNo: 1, quantity: 1 }])
    assert.ok(planned.kind === 'plan')
    refunds.push(refund({ lines: planned.plan.lines, amountFen: planned.plan.amountFen }))
    return [planned.plan.pointsBack, planned.plan.pointsTaken]
  })
  assert.deepEqual(back, [
    [3, 0],
    [3, 1],
    [4, 1],
  ])
  const late = planRefund({ ...paid(300), state: 'CANCELLED' }, [line], [], null)
  assert.ok(late.kind === 'plan')
  assert.deepEqual([late.plan.amountFen, late.plan.pointsBack, late.plan.pointsTaken], [300, 0, 0])
})

test('any sequence of refunds, some of them failing, adds up to what was paid, never to more', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.array(turn, { maxLength: 20 }),
      fc.array(turn, { maxLength: 20 }),
      fc.integer({ min: 0, max: 2000 }),
      (drawn, waiting, handed, freightFen) => {
        const lines = drawn.map(({ quantity, payFen, usedPoints, earnedPoints }, i) =>
          Object.assign(bought(quantity, payFen, i + 1), { usedPoints, earnedPoints }),
        )
        const paidFen = lines.reduce((sum, { payFen }) => sum + payFen, freightFen)
        const refunds: Refund[] = []
        const ask = (wanted: WantedLine[] | null, state: DeskRefund['state']) => {
          const planned = planRefund(paid(paidFen), lines, refunds, wanted)
          if (planned.kind !== 'plan') return []
          const { amountFen, lines: given } = planned.plan
          assert.ok(Number.isInteger(amountFen) && amountFen >= 0)
          assert.ok(amountFen > 0 || given.some(({ quantity }) => quantity > 0))
          // Nothing can become of a refund of nothing but that it is there.
          refunds.push(refund({ state: amountFen === 0 ? 'SUCCESS' : state, amountFen, lines: given }))
          return given
        }
        const counted = () =>
          refunds.reduce(
            (sum, { state, amountFen }) => (state === 'FAILED' || state === 'CLOSED' ? sum : sum + amountFen),
            0,
          )
        const turns = (all: typeof waiting) =>
          all.flatMap(({ line: which, quantity, state }) => {
            const given = ask([{ lineNo: 1 + (which % lines.length), quantity }], state)
            assert.ok(counted() <= paidFen)
            return given
          })
        // Pieces that were refunded while the bag waited are not in it, whatever became of their money.
        for (const { lineNo } of turns(waiting)) {
          const one = lines[lineNo - 1] ?? assert.fail()
          one.withdrawnQuantity = Math.max(one.withdrawnQuantity, givenOf(refunds, lineNo).quantity)
        }
        for (const [i, { lighterBp, settled }] of drawn.entries()) {
          const one = lines[i] ?? assert.fail()
          const { quantity, payFen, withdrawnQuantity: out } = one
          if (lighterBp === null || out === quantity) continue
          const bagFen = payFen - Math.floor((payFen * out) / quantity)
          one.weightBackFen = Math.floor((bagFen * lighterBp) / 10_000)
          const { weightBackFen: amountFen } = one
          const share = refundOf(one, givenOf(refunds, one.lineNo), 0, true)
          const given = [{ ...share, amountFen, pointsBack: 0 }]
          if (one.weightBackFen > 0)
            refunds.push(refund({ state: settled, amountFen: one.weightBackFen, lines: given }))
        }
        turns(handed)
        ask(null, 'SUCCESS')
        assert.equal(counted(), paidFen)
        for (const { lineNo, quantity, payFen, usedPoints, earnedPoints } of lines)
          if (paidFen > 0)
            assert.deepEqual(givenOf(refunds, lineNo), {
              quantity,
              amountFen: payFen,
              pointsBack: usedPoints,
              pointsTaken: earnedPoints,
            })
      },
    ),
    { numRuns: 1000 },
  )
})

test('a weighed line that was settled: its pieces share what remains, and a difference that did not arrive is owed', () => {
  const line = { ...bought(2, 2780), weightBackFen: 81 }
  const back = { quantity: 0, amountFen: 81 }
  assert.equal(shareOf(line, back, 1), 1349)
  assert.equal(shareOf(line, back, 2), 2699)
  assert.equal(shareOf(line, back, 0), 0, 'nothing is owed')
  const failed = { quantity: 0, amountFen: 0 }
  assert.equal(shareOf(line, failed, 0), 81, 'the difference alone')
  assert.equal(shareOf(line, failed, 1), 1430, 'with the next piece')
  const again = planRefund(paid(2780), [line], [], [{ lineNo: 1, quantity: 0 }])
  assert.ok(again.kind === 'plan')
  assert.deepEqual(again.plan.lines, [given(0, 81)])
  assert.deepEqual(planRefund(paid(2780), [bought(2, 2780)], [], [{ lineNo: 1, quantity: 0 }]), {
    kind: 'nothing',
  })
})

test('of a weighed line from which a piece was taken out before, that piece goes back whole', () => {
  const line = { ...bought(3, 1000), withdrawnQuantity: 1, weightBackFen: 67 }
  assert.equal(shareOf(line, { quantity: 0, amountFen: 67 }, 1), 333, 'its refund failed and is sent again')
  assert.equal(shareOf(line, { quantity: 1, amountFen: 400 }, 1), 300)
  assert.equal(shareOf(line, { quantity: 2, amountFen: 700 }, 1), 300)
})

test('a line whose group came to a lower price: its pieces share what remains, with points; weighed too, its grams are of that', () => {
  const line = { ...bought(2, 2000), groupBackFen: 300, earnedPoints: 20 }
  const back = refundOf(line, given(0, 0), 0, true)
  assert.deepEqual(back, { lineNo: 1, quantity: 0, amountFen: 300, pointsBack: 0, pointsTaken: 3 })
  const one = refundOf(line, back, 1, true)
  assert.deepEqual([one.amountFen, one.pointsTaken], [850, 8])
  assert.equal(shareOf(line, { quantity: 1, amountFen: 1150 }, 1), 850)
  assert.equal(
    shareOf(line, given(0, 0), 1),
    1150,
    'the difference did not arrive: it goes with the next piece',
  )
  const weighed = { ...line, weightBackFen: 100 }
  assert.equal(shareOf(weighed, { quantity: 0, amountFen: 300 }, 0), 100)
  assert.equal(shareOf(weighed, { quantity: 0, amountFen: 400 }, 1), 800)
  assert.equal(shareOf(weighed, { quantity: 1, amountFen: 1200 }, 1), 800)
})

test('points earned follow the money of a weighed line: its difference takes its part back, its pieces the rest', () => {
  const line = { ...bought(2, 1000), earnedPoints: 10, usedPoints: 4, weightBackFen: 250 }
  const weighed = refundOf(line, { ...given(0, 0) }, 0, true)
  assert.deepEqual(weighed, { lineNo: 1, quantity: 0, amountFen: 250, pointsBack: 0, pointsTaken: 2 })
  const one = refundOf(line, weighed, 1, true)
  assert.deepEqual([one.amountFen, one.pointsBack, one.pointsTaken], [375, 2, 4])
  const rest = refundOf(line, { ...given(1, 625), pointsBack: 2, pointsTaken: 6 }, 1, true)
  assert.deepEqual([rest.amountFen, rest.pointsBack, rest.pointsTaken], [375, 2, 4])
})

test('goods that cost nothing go back like others: with money left, and when all money is back already', () => {
  const lines = [bought(2, 100), bought(2, 0, 2)]
  const gift = planRefund(paid(100), lines, [], [{ lineNo: 2, quantity: 1 }])
  assert.ok(gift.kind === 'plan')
  assert.deepEqual(gift.plan.lines, [{ ...given(1, 0), lineNo: 2 }])
  assert.deepEqual([gift.plan.amountFen, gift.plan.whole, gift.plan.keptFen], [0, false, 100])
  const back = refund({ amountFen: 100, lines: [given(2, 100)] })
  const last = planRefund(paid(100), lines, [back], null)
  assert.ok(last.kind === 'plan')
  assert.deepEqual([last.plan.lines, last.plan.whole], [[{ ...given(2, 0), lineNo: 2 }], true])
  const gone = refund({ amountFen: 0, lines: [{ ...given(2, 0), lineNo: 2 }] })
  assert.deepEqual(planRefund(paid(100), lines, [back, gone], null), { kind: 'nothing' })
  const unpaid = { state: 'PENDING_PAY', payState: 'UNPAID', paidFen: 0 } as const
  assert.deepEqual(planRefund(unpaid, lines, [], null), { kind: 'nothing' })
})
