import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flash } from './index.ts'
import { type FlashPlan, sessionsOf } from './sessions.ts'

const at = (time: string, day = '2026-11-24') => `${day}T${time}:00+08:00`
const plan = (terms: Partial<FlashPlan['terms']> = {}, over: Partial<FlashPlan> = {}): FlashPlan => ({
  name: '鸡蛋秒杀',
  items: [{ skuId: 'egg', priceFen: 1990, quotas: [{ storeId: 'S01', quota: 100 }] }],
  perMember: 1,
  payMinutes: 8,
  armMinutes: 60,
  tiers: null,
  firstOrder: false,
  funding: 'hq',
  startsAt: new Date(at('08:00')),
  endsAt: new Date(at('20:00')),
  terms: { kind: 'flash', batches: [], ...terms },
  ...over,
})
const four = ['08:00', '10:00', '14:00', '18:00'].map((time) => ({ at: at(time), shareBp: 2500 }))
const faults = (terms: Partial<FlashPlan['terms']>) =>
  flash.faults(plan(terms), () => 9_999).map(({ field, code }) => `${field} ${code}`)

test('domain 2.2 分批放量 · what is released grows batch by batch, is never taken back, and is the whole in the end', () => {
  const sale = plan({ batches: four })
  let before = 0
  for (let minute = -60; minute <= 13 * 60; minute++) {
    const instant = new Date(sale.startsAt.getTime() + minute * 60_000)
    const released = flash.releasedBp(sale, instant)
    assert.ok(released >= before, `${minute} minutes after the start`)
    assert.equal(released, four.filter((batch) => new Date(batch.at) <= instant).length * 2500)
    const next = flash.nextRelease?.(sale, instant) ?? null
    if (released === 10_000) assert.equal(next, null)
    else
      assert.ok(
        next &&
          flash.releasedBp(sale, next) > released &&
          flash.releasedBp(sale, new Date(next.getTime() - 1)) === released,
      )
    before = released
  }
  assert.equal(before, 10_000)
})

test('without batches all of it is there at the start, and nothing before', () => {
  const sale = plan()
  assert.equal(flash.releasedBp(sale, new Date(sale.startsAt.getTime() - 1)), 0)
  assert.equal(flash.releasedBp(sale, sale.startsAt), 10_000)
  assert.equal(flash.nextRelease?.(sale, sale.startsAt), null)
})

test('domain 2.2 · terms that do not hold together are refused by field', () => {
  const noon = [
    { from: at('09:00'), until: at('11:00') },
    { from: at('14:00'), until: at('16:00') },
  ]
  for (const [terms, expected] of [
    [{ batches: four }, []],
    [{ sessions: noon }, []],
    [
      {
        sessions: noon,
        batches: [
          { at: at('09:00'), shareBp: 5000 },
          { at: at('14:00'), shareBp: 5000 },
        ],
      },
      [],
    ],
    [{ batches: four.slice(1) }, ['terms/batches not_whole']],
    [{ batches: [{ at: at('07:59'), shareBp: 10_000 }] }, ['terms/batches/0/at outside']],
    [{ batches: [{ at: at('20:00'), shareBp: 10_000 }] }, ['terms/batches/0/at outside']],
    [{ batches: [four[1]!, four[0]!, four[2]!, four[3]!] }, ['terms/batches/1/at order']],
    [{ batches: [four[0]!, four[0]!, four[2]!, four[3]!] }, ['terms/batches/1/at order']],
    [
      { sessions: noon, batches: [{ at: at('12:00'), shareBp: 10_000 }] },
      ['terms/batches/0/at outside_sessions'],
    ],
    [{ sessions: [noon[1]!, noon[0]!] }, ['terms/sessions/1/from order']],
    [{ sessions: [{ from: at('09:00'), until: at('09:00') }] }, ['terms/sessions/0/until empty']],
    [
      { sessions: [{ from: at('07:00'), until: at('21:00') }] },
      ['terms/sessions/0/from outside', 'terms/sessions/0/until outside'],
    ],
    [{ sessions: [noon[0]!, { from: at('10:30'), until: at('12:00') }] }, ['terms/sessions/1/from order']],
  ] as const)
    assert.deepEqual(faults(terms as Partial<FlashPlan['terms']>), expected, JSON.stringify(terms))
})

test('a copy at another time keeps every distance: sessions, batches and what is released', () => {
  const days = [24, 25].map((day) => ({
    from: at('10:00', `2026-11-${day}`),
    until: at('12:00', `2026-11-${day}`),
  }))
  const sale = plan(
    { sessions: days, batches: days.map(({ from }) => ({ at: from, shareBp: 5000 })) },
    { endsAt: new Date(at('20:00', '2026-11-25')) },
  )
  const week = 7 * 86_400_000
  const later = (instant: string) => new Date(new Date(instant).getTime() + week).toISOString()
  const copy = {
    ...sale,
    startsAt: new Date(sale.startsAt.getTime() + week),
    endsAt: new Date(sale.endsAt.getTime() + week),
    terms: flash.moved(sale.terms, later),
  }
  assert.deepEqual(
    flash.faults(copy, () => 9_999),
    [],
  )
  assert.deepEqual(
    sessionsOf(copy).map(({ from }) => from.getTime()),
    sessionsOf(sale).map(({ from }) => from.getTime() + week),
  )
  for (let hour = 0; hour < 48; hour++) {
    const instant = sale.startsAt.getTime() + hour * 3600_000
    assert.equal(flash.releasedBp(copy, new Date(instant + week)), flash.releasedBp(sale, new Date(instant)))
  }
})

test('domain 2.2 · the published rules say sessions, batches and the reservation as they are', () => {
  const words = (terms: Partial<FlashPlan['terms']>) =>
    flash.rules(plan(terms)).map((rule) => `${rule.title}：${rule.words}`)
  assert.deepEqual(words({ batches: four }).slice(0, 1), [
    '分批放量：分 4 批：08:00、10:00、14:00、18:00。没卖完的接着卖',
  ])
  assert.deepEqual(words({ sessions: [{ from: at('10:00'), until: at('12:00') }] }).slice(0, 1), [
    '场次：10:00–12:00；没卖完的留到下一场',
  ])
  const days = ['24', '25'].map((day) => ({
    from: at('10:00', `2026-11-${day}`),
    until: at('12:00', `2026-11-${day}`),
  }))
  assert.equal(words({ sessions: days })[0], '场次：24 日 10:00–12:00，25 日 10:00–12:00；没卖完的留到下一场')
  assert.ok(words({ reservation: 'required' }).some((rule) => rule.startsWith('要先预约：')))
  assert.ok(!words({ reservation: 'reminder' }).some((rule) => rule.startsWith('要先预约：')))
})
