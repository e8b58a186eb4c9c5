import { AFTERSALE_KINDS, AFTERSALE_STATES } from '@linli/contract/aftersales'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  HOLDING,
  type Kind,
  MOVES,
  OPEN,
  type State,
  STATES_OF_TAB,
  TERMINAL,
  turn,
  type Verb,
  type Who,
} from './states.ts'

const VERBS: readonly Verb[] = [...new Set(MOVES.map(({ verb }) => verb))]
const PEOPLE: readonly Who[] = ['member', 'staff', 'system']
/** Every place a request of this kind can come to from here, as `kind state`. */
function reachable(kind: Kind, from: State | null): Set<string> {
  const seen = new Set<string>()
  const visit = (now: Kind, state: State | null) => {
    for (const verb of VERBS)
      for (const who of PEOPLE) {
        const led = turn(state, verb, who, now)
        const name = led && `${led.kind} ${led.to}`
        if (!led || !name || seen.has(name)) continue
        seen.add(name)
        visit(led.kind, led.to)
      }
  }
  visit(kind, from)
  return seen
}
const places = (kind: Kind) => [...reachable(kind, null)].map((name) => name.split(' ') as [Kind, State])

test('domain 2.12: every state is reached, and nothing leaves a terminal one', () => {
  const all = new Set(AFTERSALE_KINDS.flatMap((kind) => places(kind).map(([, state]) => state)))
  assert.deepEqual([...all].sort(), [...AFTERSALE_STATES].sort())
  for (const state of TERMINAL) assert.ok(!MOVES.some(({ from }) => from === state), state)
})
test('domain 2.12: from every state of every kind an end can be reached', () => {
  for (const kind of AFTERSALE_KINDS)
    for (const [now, state] of places(kind)) {
      const ends = [...reachable(now, state)].map((name) => name.split(' ')[1] as State)
      assert.ok(TERMINAL.includes(state) || ends.some((end) => TERMINAL.includes(end)), `${now} ${state}`)
    }
})
test('domain 2.12: only goods that are brought back wait for goods, and only an exchange for its replacement', () => {
  const statesOf = (kind: Kind) => places(kind).map(([, state]) => state)
  for (const kind of ['uncollected', 'claim'] as const)
    for (const state of ['WAIT_RETURN', 'RETURNED', 'INSPECT_REJECTED'] as const)
      assert.ok(!statesOf(kind).includes(state), `${kind} ${state}`)
  for (const kind of ['uncollected', 'claim', 'return'] as const)
    assert.ok(!statesOf(kind).includes('WAIT_COLLECT'), kind)
  const silently = (kind: Kind) =>
    places(kind).some(([now, state]) =>
      VERBS.some((verb) => turn(state, verb, 'system', now)?.to === 'REFUNDING'),
    )
  for (const kind of ['claim', 'return'] as const) assert.ok(!silently(kind), 'silence is no consent here')
  assert.equal(turn('WAIT_COLLECT', 'fall_back', 'system', 'exchange')?.to, 'REFUNDING', 'the goods are back')
})
test('domain 2.12: a shopper never agrees to their own request but for a whole order that is not packed', () => {
  const own = MOVES.filter(({ who }) => who === 'member').map(({ verb, to }) => `${verb} ${to}`)
  assert.deepEqual(
    own.filter((each) => /REFUNDING|DONE/.test(each)),
    // An exchange whose goods were accepted is agreed to: money instead is the lesser wish.
    ['apply_agreed REFUNDING', 'fall_back REFUNDING'],
  )
})
test('domain 2.12: only an exchange changes its kind, into a return and for good', () => {
  for (const { becomes, kinds } of MOVES)
    if (becomes) assert.deepEqual([becomes, kinds], ['return', ['exchange']])
  assert.ok(!places('return').some(([kind]) => kind !== 'return'))
})
test('every state has one tab', () => {
  assert.deepEqual(Object.values(STATES_OF_TAB).flat().sort(), [...AFTERSALE_STATES].sort())
})
test('any path: an end stays an end, money and goods go once after an agreement, and a line waits only for what can go on', () => {
  const anyTurn = fc.record({ verb: fc.constantFrom(...VERBS), who: fc.constantFrom(...PEOPLE) })
  const AGREED: readonly Verb[] = [
    'apply_agreed',
    'approve',
    'agree_late',
    'accept_goods',
    'grant',
    'waive_goods',
    'waive_refund',
    'fall_back',
    'resend',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...AFTERSALE_KINDS),
      fc.array(anyTurn, { maxLength: 60, size: 'max' }),
      (first, turns) => {
        let state: State | null = null
        let kind = first
        for (const { verb, who } of turns) {
          const led = turn(state, verb, who, kind)
          if (!led) continue
          assert.ok(state === null || !TERMINAL.includes(state))
          if (led.to === 'REFUNDING') assert.ok(AGREED.includes(verb))
          if (led.to === 'REFUNDING' || state === 'REFUNDING') assert.notEqual(led.kind, 'exchange')
          if (led.to === 'DONE')
            assert.ok(
              led.kind === 'exchange'
                ? state === 'WAIT_COLLECT' && verb === 'give'
                : state === 'REFUNDING' || state === 'REFUND_FAILED',
            )
          state = led.to
          kind = led.kind
          assert.ok(!(OPEN.includes(state) && TERMINAL.includes(state)))
          if (kind === 'exchange' && HOLDING.includes(state)) assert.ok(OPEN.includes(state))
        }
      },
    ),
  )
})
