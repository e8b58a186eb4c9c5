import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepFault } from '#kernel/steps'
import { periodFault } from './soundness.ts'
import type { Step } from './terms.ts'

const at = (atFen: number, offFen: number, more: Partial<Step> = {}): Step => ({
  atFen,
  offFen,
  atPieces: 0,
  offBp: 0,
  ...more,
})
const STEPS: readonly [what: string, steps: readonly Step[], fault: string | null][] = [
  ['one step', [at(5900, 500)], null],
  ['rising steps', [at(5900, 500), at(9900, 1000)], null],
  [
    'by pieces and rate',
    [at(0, 0, { atPieces: 2, offBp: 500 }), at(0, 0, { atPieces: 3, offBp: 1000 })],
    null,
  ],
  ['without a threshold', [at(0, 500)], null],
  ['nothing off', [at(5900, 0)], 'off_fen_or_bp'],
  ['fen and rate at once', [at(5900, 500, { offBp: 100 })], 'off_fen_or_bp'],
  ['gives the threshold away', [at(500, 500)], 'off_reaches_threshold'],
  ['a lower threshold later', [at(9900, 1000), at(5900, 1500)], 'steps_fall'],
  ['less for more', [at(5900, 500), at(9900, 400)], 'steps_fall'],
  ['a step that brings nothing more', [at(5900, 500), at(9900, 500)], 'steps_fall'],
]
for (const [what, steps, fault] of STEPS)
  test(`steps of a rule · ${what} → ${fault}`, () => assert.equal(stepFault(steps), fault))

const NOW = new Date('2026-11-23T04:00:00Z')
const PERIODS: readonly [startsAt: string, endsAt: string | null, fault: string | null][] = [
  ['2026-11-01T00:00:00Z', null, null],
  ['2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', null],
  ['2026-12-02T00:00:00Z', '2026-12-02T00:00:00Z', 'ends_before_start'],
  ['2026-11-01T00:00:00Z', '2026-11-23T04:00:00Z', 'over_already'],
  ['2026-99-01T00:00:00Z', null, 'no_such_instant'],
  ['2026-11-01T00:00:00Z', '2026-99-01T00:00:00Z', 'no_such_instant'],
]
for (const [startsAt, endsAt, fault] of PERIODS)
  test(`period of a rule · ${startsAt} to ${endsAt} → ${fault}`, () => {
    const period = { startsAt: new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt) }
    assert.equal(periodFault(period, NOW), fault)
  })
