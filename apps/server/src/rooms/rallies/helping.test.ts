// Who may help whom, and what makes a reward due: of bargains as of assists.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondsAfter } from '#kernel/clock'
import { type Assist, assistOnce } from './assisting.ts'
import { deadlineOf, type Helping, type Person, refuseHelp } from './helping.ts'
import { type Opening, refuseOpening } from './sharing.ts'

const person = (name: string, over: Partial<Person> = {}): Person => ({
  memberId: name,
  device: `device of ${name}`,
  phone: `phone of ${name}`,
  ...over,
})
const [owner, friend, other] = [person('owner'), person('friend'), person('other')]
const helping: Helping = {
  owner,
  helper: friend,
  helped: [],
  given: { campaign: 0, today: 0 },
  limits: { helpsEach: 3, helpsPerDay: 2 },
}
const HELPS: readonly [what: string, change: Partial<Helping>, refusal: string | undefined][] = [
  ['a friend', {}, undefined],
  ['themselves', { helper: owner }, 'own'],
  ['with a second account on the same telephone', { helper: { ...friend, device: owner.device } }, 'own'],
  ['with a second account of the same number', { helper: { ...friend, phone: owner.phone } }, 'own'],
  ['again', { helped: [friend] }, 'helped_before'],
  ['on a telephone that helped', { helped: [{ ...other, device: friend.device }] }, 'helped_before'],
  ['with a number that helped', { helped: [{ ...other, phone: friend.phone }] }, 'helped_before'],
  ['after others', { helped: [other] }, undefined],
  [
    'whose number nobody knows, like that of others',
    {
      helper: person('x', { phone: null, device: null }),
      helped: [person('y', { phone: null, device: null })],
    },
    undefined,
  ],
  ['a third time in all', { given: { campaign: 2, today: 0 } }, undefined],
  ['a fourth time', { given: { campaign: 3, today: 0 } }, 'limit_reached'],
  ['a third time today', { given: { campaign: 2, today: 2 } }, 'limit_today'],
]
for (const [what, change, refusal] of HELPS)
  test(`domain 2.4 助力: somebody helps ${what}: ${refusal ?? 'counts'}`, () =>
    assert.equal(refuseHelp({ ...helping, ...change }), refusal))

const start = new Date('2026-11-24T00:00:00Z')
test('domain 2.4 砍价: time to help ends early enough for what is reached to be ordered before the campaign ends', () => {
  const endsAt = secondsAfter(start, 10 * 3600)
  assert.deepEqual(deadlineOf(start, { hours: 2, endsAt, keepMinutes: 30 }), secondsAfter(start, 7200))
  assert.deepEqual(deadlineOf(start, { hours: 24, endsAt, keepMinutes: 30 }), secondsAfter(endsAt, -1800))
})

test('domain 2.4 助力: the last friend makes the coupon due, once', () => {
  const fresh: Assist = { state: 'GATHERING', helps: 0, deadline: secondsAfter(start, 60) }
  const one = assistOnce(fresh, { at: start, helpers: 2 })
  assert.ok(one !== 'over')
  const two = assistOnce(one, { at: start, helpers: 2 })
  assert.ok(two !== 'over')
  assert.deepEqual([one.state, two.state, two.helps], ['GATHERING', 'REACHED', 2])
  assert.equal(assistOnce(two, { at: start, helpers: 2 }), 'over')
  assert.equal(assistOnce(fresh, { at: fresh.deadline, helpers: 2 }), 'over')
})

const opening: Opening = { sharer: owner, friend, boughtBefore: false, brought: [], counted: 0 }
const OPENINGS: readonly [what: string, change: Partial<Opening>, newOnly: boolean, refusal?: string][] = [
  ['a friend', {}, true],
  ['the sharer', { friend: owner }, true, 'own'],
  ['a second account on the same telephone', { friend: { ...friend, device: owner.device } }, true, 'own'],
  ['somebody who was brought', { brought: [friend] }, true, 'brought_before'],
  ['their second account', { brought: [{ ...other, phone: friend.phone }] }, true, 'brought_before'],
  ['an old customer', { boughtBefore: true }, true, 'not_new'],
  ['an old customer, where any counts', { boughtBefore: true }, false],
  ['one too many', { counted: 2 }, true, 'enough'],
]
for (const [what, change, newOnly, refusal] of OPENINGS)
  test(`domain 2.4 分享立减: ${what} opens a share: ${refusal ?? 'may count'}`, () =>
    assert.equal(refuseOpening({ ...opening, ...change }, { newOnly, mostEach: 2 }), refusal))
