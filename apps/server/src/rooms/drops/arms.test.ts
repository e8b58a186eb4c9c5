import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { armOf } from './arms.ts'

const MEMBERS = Array.from(
  { length: 20_000 },
  (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`,
)

test('a tenth is held back, the same each time, and another tenth of the next drop', () => {
  const [first, second] = [randomUUID(), randomUUID()]
  const held = (drop: string) => new Set(MEMBERS.filter((member) => armOf(drop, member, 1000) === 'hold'))
  const [one, other] = [held(first), held(second)]
  // Ten standard deviations: 2,000 ± 424.
  for (const each of [one, other]) assert.ok(Math.abs(each.size - 2000) < 424, String(each.size))
  assert.deepEqual(held(first), one)
  const both = [...one].filter((member) => other.has(member)).length
  assert.ok(Math.abs(both - 200) < 142, String(both))
})

test('none held back, or half; whoever is of a small hold-out is of a larger one too', () => {
  const drop = randomUUID()
  assert.ok(MEMBERS.every((member) => armOf(drop, member, 0) === 'send'))
  for (const member of MEMBERS.slice(0, 500))
    assert.ok(armOf(drop, member, 500) === 'send' || armOf(drop, member, 5000) === 'hold')
})
