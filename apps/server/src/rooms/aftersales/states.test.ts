import { AFTERSALE_KINDS, AFTERSALE_STATES } from '@linli/contract/aftersales'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Kind,
  MOVES,
  moveTo,
  OPEN,
  type State,
  STATES_OF_TAB,
  TERMINAL,
  type Verb,
  type Who,
} from './states.ts'

const VERBS: readonly Verb[] = [...new Set(MOVES.map(({ verb }) => verb))]
const PEOPLE: readonly Who[] = ['member', 'staff', 'system']
const of = (kind: Kind) => MOVES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
const reachable = (kind: Kind, from: State | null): Set<State> => {
  const seen = new Set<State>(of(kind).flatMap((move) => (move.from === from ? [move.to] : [])))
  for (const state of seen) for (const move of of(kind)) if (move.from === state) seen.add(move.to)
  return seen
}

test('domain 2.12: every state is reached, and nothing leaves a terminal one', () => {
  const all = new Set(AFTERSALE_KINDS.flatMap((kind) => [...reachable(kind, null)]))
  assert.deepEqual([...all].sort(), [...AFTERSALE_STATES].sort())
  for (const state of TERMINAL) assert.ok(!MOVES.some(({ from }) => from === state), state)
})
test('domain 2.12: from every state of every kind an end can be reached', () => {
  for (const kind of AFTERSALE_KINDS)
    for (const state of reachable(kind, null)) {
      const ends = reachable(kind, state)
      const ended = TERMINAL.includes(state) || TERMINAL.some((end) => ends.has(end))
      assert.ok(ended, `${kind} ${state}`)
    }
})
test('domain 2.12: only goods that are brought back wait for goods', () => {
  for (const kind of ['uncollected', 'claim'] as const)
    for (const state of ['WAIT_RETURN', 'RETURNED', 'INSPECT_REJECTED'] as const)
      assert.ok(!reachable(kind, null).has(state), `${kind} ${state}`)
  assert.ok(
    !of('claim').some(({ who, to }) => who === 'system' && to === 'REFUNDING'),
    'silence is no consent here',
  )
  assert.ok(!of('return').some(({ who, to }) => who === 'system' && to === 'REFUNDING'))
})
test('domain 2.12: a shopper never agrees to their own request but for a whole order that is not packed', () => {
  const own = MOVES.filter(({ who }) => who === 'member').map(({ verb, to }) => `${verb} ${to}`)
  assert.deepEqual(
    own.filter((each) => /REFUNDING|DONE/.test(each)),
    ['apply_agreed REFUNDING'],
  )
})
test('every state has one tab', () => {
  assert.deepEqual(Object.values(STATES_OF_TAB).flat().sort(), [...AFTERSALE_STATES].sort())
})
test('any path: an end stays an end, money goes only after an agreement, and a line waits only for what can go on', () => {
  const turn = fc.record({ verb: fc.constantFrom(...VERBS), who: fc.constantFrom(...PEOPLE) })
  const AGREED: readonly Verb[] = [
    'apply_agreed',
    'approve',
    'agree_late',
    'accept_goods',
    'grant',
    'waive_goods',
    'resend',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...AFTERSALE_KINDS),
      fc.array(turn, { maxLength: 60, size: 'max' }),
      (kind, turns) => {
        let state: State | null = null
        for (const { verb, who } of turns) {
          const to: State | undefined = moveTo(state, verb, who, kind)
          if (!to) continue
          assert.ok(state === null || !TERMINAL.includes(state))
          if (to === 'REFUNDING') assert.ok(AGREED.includes(verb))
          if (to === 'DONE') assert.ok(state === 'REFUNDING' || state === 'REFUND_FAILED')
          state = to
          assert.ok(!(OPEN.includes(state) && TERMINAL.includes(state)))
        }
      },
    ),
  )
})
