import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { testClock } from '#kernel/clock'
import { createSecrets } from '#kernel/secrets'
import { type Asking, createGate, type Entry, GATE_TERMS, type GateTerms } from './gate.ts'
import { createPasses } from './passes.ts'

const START = new Date('2026-11-24T12:00:00Z')
const CAMPAIGN = '018f0000-0000-7000-8000-000000000001'
const MEMBER = '018f0000-0000-7000-8000-0000000000aa'
const OTHER = '018f0000-0000-7000-8000-0000000000bb'
const wide: GateTerms = {
  ...GATE_TERMS,
  member: { burst: 1000, perSecond: 1000 },
  device: { burst: 100_000, perSecond: 100_000 },
}
const secret = randomBytes(32)

function open(terms: GateTerms = GATE_TERMS) {
  const clock = testClock(START)
  let ms = 0
  const passes = createPasses(createSecrets(secret), clock)
  const gate = createGate(passes, {
    terms,
    ms: () => ms,
    newNonce: () => randomBytes(9).toString('base64url'),
  })
  const ask = (more: Partial<Asking> = {}): Entry =>
    gate.enter({
      campaignId: CAMPAIGN,
      memberId: MEMBER,
      session: START,
      device: 'telephone-of-the-first-one',
      left: 10,
      next: null,
      ...more,
    })
  return { gate, clock, passes, ask, sleep: (by: number) => void (ms += by) }
}
const order = { campaignId: CAMPAIGN, memberId: MEMBER, session: START, key: 'order-1' }
const passOf = (entry: Entry): string => {
  assert.equal(entry.kind, 'pass')
  return entry.kind === 'pass' ? entry.pass : ''
}
const codeOf = (entry: Entry): string => (entry.kind === 'refused' ? entry.problem.code : entry.kind)

test('domain 2.2 · a pass is for its member, its campaign and its session; forged, stale and borrowed ones are refused', () => {
  const { gate, ask, clock } = open()
  const pass = passOf(ask())
  assert.equal(gate.check(pass, order), undefined)
  for (const [what, wrong] of Object.entries({
    'of another member': { memberId: OTHER },
    'of another campaign': { campaignId: OTHER },
    'of the session before': { session: new Date(START.getTime() - 3600_000) },
  }))
    assert.equal(gate.check(pass, { ...order, ...wrong })?.code, 'campaigns.pass_invalid', what)
  const parts = pass.split('.')
  for (const forged of [
    '',
    'no pass at all',
    pass.slice(0, -1),
    `${pass}A`,
    [...parts.slice(0, 4), (START.getTime() + 9e9).toString(36), parts[5]].join('.'),
    [...parts.slice(0, 1), OTHER, ...parts.slice(2)].join('.'),
    [...parts.slice(0, 5), Buffer.alloc(32).toString('base64url')].join('.'),
  ])
    assert.equal(gate.check(forged, order)?.code, 'campaigns.pass_invalid', forged)
  clock.advance(180)
  assert.equal(
    gate.check(pass, order)?.code,
    'campaigns.pass_invalid',
    'it ran out by the clock of the server',
  )
})

test('domain 2.2 · a replayed pass is one order: the same order again passes, another one does not', () => {
  const { gate, ask } = open()
  const pass = passOf(ask())
  assert.equal(gate.check(pass, order), undefined)
  assert.equal(gate.check(pass, order), undefined, 'a repeat of the same order gets its first answer')
  assert.equal(gate.check(pass, { ...order, key: 'order-2' })?.code, 'campaigns.pass_used')
  assert.equal(
    open().gate.check(pass, { ...order, key: 'order-2' }),
    undefined,
    'another process: the desk decides',
  )
})

test('a pass that another process issued is believed, one that another chain signed is not', () => {
  const { ask } = open()
  const pass = passOf(ask())
  assert.ok(createPasses(createSecrets(secret), testClock(START)).read(pass))
  assert.equal(createPasses(createSecrets(randomBytes(32)), testClock(START)).read(pass), undefined)
})

test('domain 2.2 · who asks faster than a thumb is told how long to wait; the burst of one is no burden on another', () => {
  const { gate, sleep } = open()
  const { burst } = GATE_TERMS.member
  const me = { campaignId: CAMPAIGN, memberId: MEMBER, device: 'telephone-of-the-first-one' }
  for (let i = 0; i < burst; i++) assert.equal(gate.hurry(me), 0)
  const waitMs = gate.hurry(me)
  assert.ok(waitMs > 0 && waitMs <= 1000)
  assert.equal(gate.hurry({ ...me, memberId: OTHER, device: 'another-telephone' }), 0)
  sleep(waitMs - 1)
  assert.ok(gate.hurry(me) > 0)
  sleep(1)
  assert.equal(gate.hurry(me), 0)
})

test('domain 2.2 · many members on one telephone are one telephone', () => {
  const { gate } = open()
  const waits = Array.from({ length: 20 }, () =>
    gate.hurry({ campaignId: CAMPAIGN, memberId: randomUUID(), device: 'one-for-all-of-them' }),
  )
  assert.equal(waits.filter((wait) => wait === 0).length, GATE_TERMS.device.burst)
})

test('domain 2.2 · one telephone brings so many members and no more', () => {
  const { ask, sleep } = open({ ...GATE_TERMS, device: { burst: 100, perSecond: 100 } })
  const members = Array.from({ length: GATE_TERMS.membersPerDevice + 1 }, () => randomUUID())
  const codes = members.map((memberId) => codeOf(ask({ memberId })))
  assert.deepEqual(codes, [...members.slice(1).map(() => 'pass'), 'campaigns.device_busy'])
  sleep(60_000)
  assert.equal(codeOf(ask({ memberId: members[0]! })), 'pass', 'those it brought go on')
})

test('a crowd before three last pieces is let in a few at a time, one before a thousand at the pace of the door', () => {
  const letIn = (left: number): number => {
    const { ask } = open({
      ...wide,
      line: { perSecond: 600, burst: 200, most: 20_000, comeWithinMs: 15_000 },
    })
    return Array.from({ length: 1000 }, () =>
      ask({ memberId: randomUUID(), device: randomUUID(), left }),
    ).filter(({ kind }) => kind === 'pass').length
  }
  assert.deepEqual([letIn(3), letIn(1000)], [30, 200])
})

test('sold out sends the whole line home and says when more is released', () => {
  const line = { perSecond: 10, burst: 1, most: 100, comeWithinMs: 15_000 }
  const { ask, gate } = open({ ...wide, line })
  const next = new Date(START.getTime() + 60_000)
  assert.equal(codeOf(ask()), 'pass')
  assert.equal(codeOf(ask({ memberId: OTHER })), 'wait')
  const gone = ask({ memberId: OTHER, left: 0, next })
  assert.equal(codeOf(gone), 'campaigns.sold_out')
  assert.deepEqual(gone.kind === 'refused' && gone.data, { left: 0, next })
  assert.equal(gate.waiting, 0)
})
