import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createSecrets } from '#kernel/secrets'
import { keyOfScene, sceneOf } from '#kernel/scenes'
import { type Coming, judgeComing, rewardsOf, type Terms } from './rules.ts'
import { readTouch, signTouch } from './touches.ts'

const terms: Terms = {
  active: true,
  touchDays: 30,
  holdDays: 7,
  registerFen: 200,
  orderFen: 500,
  leastFen: 1000,
  inLedger: false,
}
const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const newcomer: Coming = {
  touchedAt: at(1),
  now: at(2),
  terms,
  code: { endedAt: null, staffWorks: true },
  joinedAt: at(2),
  orderedBefore: false,
  staffDevice: false,
}
const YES = { registered: true }

const COMINGS: readonly [what: string, coming: Coming, counted: { registered: boolean } | undefined][] = [
  ['became a member after the touch', newcomer, YES],
  ['was a member, and never ordered', { ...newcomer, joinedAt: at(0) }, { registered: false }],
  ['ordered before', { ...newcomer, orderedBefore: true }, undefined],
  ['on a telephone where staff opened a code', { ...newcomer, staffDevice: true }, undefined],
  ['the last day of the touch', { ...newcomer, now: at(31) }, YES],
  ['the day after', { ...newcomer, now: new Date(at(31).getTime() + 1) }, undefined],
  ['a note from tomorrow', { ...newcomer, touchedAt: at(3) }, undefined],
  ['nothing is offered', { ...newcomer, terms: { ...terms, active: false } }, undefined],
  ['no terms were ever made', { ...newcomer, terms: undefined }, undefined],
  [
    'the guide does not work here any more',
    { ...newcomer, code: { endedAt: null, staffWorks: false } },
    undefined,
  ],
  ['the code had ended', { ...newcomer, code: { endedAt: at(1), staffWorks: true } }, undefined],
  ['the code ended after the touch', { ...newcomer, code: { endedAt: at(2), staffWorks: true } }, YES],
]
for (const [what, coming, counted] of COMINGS)
  test(`domain 121 导购归因 · ${what}: ${counted ? 'counted' : 'not counted'}`, () =>
    assert.deepEqual(judgeComing(coming), counted))

const REWARDS: readonly [what: string, first: Parameters<typeof rewardsOf>[0], sum: number | undefined][] = [
  ['a new member and their first order', { registered: true, keptFen: 1000, staffId: 's' }, 700],
  ['a first order of who was a member', { registered: false, keptFen: 5000, staffId: 's' }, 500],
  ['too little was kept', { registered: true, keptFen: 999, staffId: 's' }, undefined],
  ['the store’s own code', { registered: true, keptFen: 1000, staffId: null }, 0],
]
for (const [what, first, sum] of REWARDS)
  test(`domain 121 激励 · ${what}: ${sum ?? 'nothing'}`, () =>
    assert.equal(
      rewardsOf(first, terms)?.reduce((all, { amountFen }) => all + amountFen, 0),
      sum,
    ))

test('nothing is given that is worth nothing', () => {
  assert.deepEqual(
    rewardsOf({ registered: true, keptFen: 1000, staffId: 's' }, { ...terms, registerFen: 0 }),
    [{ kind: 'order', amountFen: 500 }],
  )
})

test('a scene fits into what WeChat allows, and a note that somebody changed is none', () => {
  const scene = sceneOf('g', 'ABCDEFGHJKLM')
  assert.match(scene, /^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/)
  assert.equal(keyOfScene('g', scene), 'ABCDEFGHJKLM')
  assert.equal(keyOfScene('g', 'g.short'), undefined)
  assert.equal(keyOfScene('g', sceneOf('s', 'ABCDEFGHJKLM')), undefined, 'of a share')
  const secrets = createSecrets(randomBytes(32))
  const seen = { codeId: '01900000-0000-7000-8000-000000000000', at: at(1) }
  const note = signTouch(secrets, seen)
  assert.deepEqual(readTouch(secrets, note), seen)
  const later = note.replace(String(at(1).getTime() / 1000), String(at(9).getTime() / 1000))
  assert.notEqual(later, note)
  assert.equal(readTouch(secrets, later), undefined)
  assert.equal(readTouch(createSecrets(randomBytes(32)), note), undefined)
  assert.equal(readTouch(secrets, 'nonsense'), undefined)
})
