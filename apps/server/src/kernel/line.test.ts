import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLine } from './line.ts'
import { createRates } from './rates.ts'

test('the line is fair and bounded, and its estimate is what happens', () => {
  const line = createLine({ perSecond: 50, burst: 10, most: 90, comeWithinMs: 2000 })
  const people = Array.from({ length: 120 }, (_, i) => `m${i}`)
  const turns = people.map((who) => line.ask(who, 0))
  assert.equal(turns.filter(({ kind }) => kind === 'in').length, 10)
  assert.equal(turns.filter(({ kind }) => kind === 'full').length, 20)
  const waits = turns.flatMap((turn, i) => (turn.kind === 'wait' ? [{ who: people[i]!, ...turn }] : []))
  assert.deepEqual(
    waits.map(({ place }) => place),
    waits.map((_, i) => i + 1),
  )
  assert.equal(line.ask('m10', 0).kind, 'wait', 'asking again keeps the place and takes no second one')
  assert.equal(line.waiting, 90)
  for (const { who, waitMs } of waits) {
    if (waitMs >= 1)
      assert.notEqual(line.ask(who, waitMs - 1).kind, 'in', `${who} is not in before the time it was told`)
    assert.equal(line.ask(who, waitMs).kind, 'in', `${who} is in at the time it was told`)
  }
  assert.equal(line.waiting, 0)
})

test('whoever was called and does not come lines up again', () => {
  const line = createLine({ perSecond: 1, burst: 1, most: 10, comeWithinMs: 2000 })
  line.ask('first', 0)
  assert.equal(line.ask('gone', 0).kind, 'wait')
  assert.equal(line.ask('next', 1000).kind, 'wait')
  assert.equal(line.ask('next', 2000).kind, 'in')
  assert.equal(line.ask('late', 5000).kind, 'in')
  assert.equal(line.ask('gone', 5001).kind, 'wait', 'its turn was at 1 s')
})

test('what a rate remembers is bounded: forgetting somebody only lets them ask again', () => {
  const rates = createRates({ burst: 1, perSecond: 0.001 }, 100)
  assert.equal(rates.take('first', 0), 0)
  assert.ok(rates.take('first', 1) > 0)
  for (let i = 0; i < 1000; i++) rates.take(`k${i}`, 2)
  assert.ok(rates.size <= 100)
  assert.equal(rates.take('first', 3), 0)
})
