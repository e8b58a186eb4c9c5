import assert from 'node:assert/strict'
import { test } from 'node:test'

import { batchRows, equalShares, piecesOf } from './batches.ts'
import { layOut, mondayOf, placeOf, spanFrom } from './calendar.ts'
import { allFaults, emptyForm, type Form, formFaults, inputOf, movedTo, stepOf } from './form.ts'
import { tableOf } from './kinds/bargain.ts'
import { flashFaults, type FlashForm, missingBp, spread } from './kinds/flash-form.ts'
import { group, type GroupForm } from './kinds/group.ts'
import { deskOf, KINDS } from './kinds/index.ts'
import { agendaOf, consequencesOf, notOversold, standingOf, totalsOf } from './model.ts'
import { gateSteps, refusalsOf } from './monitor-model.ts'
import { instantOf, lengthWords, minutesBetween, spanWords, wallAfter, wallOf } from './times.ts'

const at = (day: string, time: string) => new Date(`2026-11-${day}T${time}:00+08:00`).toISOString()

test('walls are the shops own clock, whatever the browser is set to', () => {
  assert.equal(wallOf('2026-11-23T16:30:00Z'), '2026-11-24T00:30')
  assert.equal(instantOf('2026-11-24T00:30'), '2026-11-23T16:30:00.000Z')
  assert.equal(wallAfter('2026-11-30T23:30', 60), '2026-12-01T00:30')
  assert.equal(minutesBetween('2026-11-24T08:00', '2026-11-25T08:15'), 1455)
  assert.equal(spanWords(at('24', '08:00'), at('24', '20:00')), '11月24日 08:00–20:00')
  assert.equal(spanWords(at('24', '08:00'), at('25', '00:00')), '11月24日 08:00–24:00')
  assert.equal(spanWords(at('24', '08:00'), at('26', '09:00')), '11月24日 08:00 到 11月26日 09:00')
  assert.deepEqual([46_000, 2_808_000, 11_580_000, 187_200_000].map(lengthWords), [
    '46 秒',
    '46 分 48 秒',
    '3 时 13 分',
    '2 天 4 时',
  ])
})

test('a fortnight begins on the Monday, and bars that would touch lie in lanes of their own', () => {
  assert.equal(mondayOf('2026-11-22'), '2026-11-16')
  assert.equal(mondayOf('2026-11-16'), '2026-11-16')
  assert.deepEqual(spanFrom('2026-11-16'), {
    from: '2026-11-15T16:00:00.000Z',
    until: '2026-11-29T16:00:00.000Z',
  })
  assert.equal(placeOf(at('23', '00:00'), '2026-11-16'), 0.5)
  const of = (startsAt: string, endsAt: string, endedAt: string | null = null) => ({
    startsAt,
    endsAt,
    endedAt,
  })
  const bars = layOut(
    [
      of(at('22', '08:00'), at('22', '20:00')),
      of(at('23', '00:00'), at('24', '00:00')),
      of(at('28', '00:00'), at('29', '00:00')),
      of(at('10', '00:00'), at('20', '00:00')),
      of(at('01', '00:00'), at('02', '00:00')),
      of(at('16', '00:00'), at('29', '00:00'), at('17', '00:00')),
    ],
    '2026-11-16',
  )
  assert.deepEqual(
    bars.map(({ from, words, lane, openLeft }) => [Number(from.toFixed(3)), words, lane, openLeft]),
    [
      [0, 'in', 0, true],
      [0, 'right', 1, false],
      [0.452, 'right', 0, false],
      [0.5, 'right', 1, false],
      [0.857, 'left', 2, false],
    ],
    'words beside a bar take room too; what was stopped while it ran, ends then',
  )
})

test('equal shares are the whole to the basis point, and a piece is released once', () => {
  for (let count = 1; count <= 24; count++) {
    const shares = equalShares(count)
    assert.equal(
      shares.reduce((sum, bp) => sum + bp, 0),
      10_000,
    )
    for (const quotas of [[1], [52, 48], [7, 11, 13], [100_000]]) {
      const pieces = piecesOf(quotas, shares)
      assert.equal(
        pieces.reduce((sum, each) => sum + each, 0),
        quotas.reduce((sum, each) => sum + each, 0),
      )
      assert.ok(pieces.every((each) => each >= 0))
    }
  }
})

test('batches: what came first is sold first, and what is left rolls on', () => {
  const batches = ['08:00', '10:00', '14:00', '18:00'].map((time) => ({ at: at('22', time), shareBp: 2500 }))
  const rows = (taken: number, time: string, carved = 100) =>
    batchRows([{ quota: 100, carved, taken }], batches, { now: Date.parse(at('22', time)), live: true }).map(
      (row) => `${row.taken}/${row.pieces} ${row.state}`,
    )
  assert.deepEqual(rows(47, '10:46'), ['25/25 gone', '22/25 now', '0/25 next', '0/25 waiting'])
  assert.deepEqual(rows(20, '10:46'), ['20/25 rolled', '0/25 now', '0/25 next', '0/25 waiting'])
  assert.deepEqual(rows(0, '07:59'), ['0/25 next', '0/25 waiting', '0/25 waiting', '0/25 waiting'])
  assert.deepEqual(rows(60, '18:00', 60), ['25/25 gone', '25/25 gone', '10/10 gone', '0/0 gone'])
})

test('what is not oversold holds in every store, not only in sum', () => {
  const stock = (taken: number, released: number) => ({
    storeId: 'S01',
    skuId: 'a',
    quota: 50,
    carved: 50,
    released,
    taken,
  })
  assert.equal(notOversold([stock(10, 25), stock(25, 25)]), true)
  assert.equal(notOversold([stock(30, 25), stock(0, 25)]), false)
  assert.deepEqual(totalsOf([stock(10, 25), stock(25, 25)]), {
    quota: 100,
    carved: 100,
    released: 50,
    taken: 35,
    left: 15,
  })
  assert.equal(standingOf({ state: 'LIVE', paused: true, stopReason: null }).word, '暂停中')
  assert.equal(standingOf({ state: 'ENDED', paused: false, stopReason: '没货' }).word, '已停止')
})

const written: Form = {
  ...emptyForm('flash', Date.parse(at('21', '10:00'))),
  name: ' 鸡蛋秒杀 ',
  goods: [
    {
      skuId: 'egg',
      name: '鸡蛋',
      unit: '板',
      picture: null,
      price: '19.9',
      quotas: { S02: '48', S01: '52', S03: '' },
    },
  ],
}

test('a form is sent as it reads, or says field by field why not', () => {
  assert.deepEqual(inputOf(written), {
    name: '鸡蛋秒杀',
    items: [
      {
        skuId: 'egg',
        priceFen: 1990,
        quotas: [
          { storeId: 'S01', quota: 52 },
          { storeId: 'S02', quota: 48 },
        ],
      },
    ],
    startsAt: at('22', '08:00'),
    endsAt: at('22', '20:00'),
    perMember: 1,
    payMinutes: 8,
    armMinutes: 60,
    tiers: null,
    firstOrder: false,
    funding: 'hq',
    terms: { kind: 'flash', batches: [] },
  })
  const [good] = written.goods
  assert.ok(good)
  for (const [form, field] of [
    [{ ...written, name: ' ' }, 'name'],
    [{ ...written, goods: [] }, 'items'],
    [{ ...written, goods: [{ ...good, price: '0' }] }, 'items/0/priceFen'],
    [{ ...written, goods: [{ ...good, quotas: { S01: '', S02: '' } }] }, 'items/0/quotas'],
    [{ ...written, goods: [{ ...good, quotas: { S01: '5', S02: 'x' } }] }, 'items/0/quotas/1/quota'],
    [{ ...written, endsAt: written.startsAt }, 'endsAt'],
    [{ ...written, perMember: '21' }, 'perMember'],
    [{ ...written, payMinutes: '4' }, 'payMinutes'],
  ] as [Form, string][]) {
    assert.deepEqual([...formFaults(form).keys()], [field])
    assert.equal(inputOf(form), undefined)
  }
  const server = [{ field: 'items/0/priceFen', code: 'not_lower', words: '活动价要低于现在的卖价' }]
  assert.equal(allFaults(written, server).get('items/0/priceFen'), '活动价要低于现在的卖价')
  assert.deepEqual(
    ['items/0/quotas/1/quota', 'items/0/priceFen', 'endsAt', 'terms/batches/0/at'].map(stepOf),
    ['goods', 'offer', 'offer', 'terms'],
  )
})

test('moved to another time, every batch keeps its distance; shares by hand must be the whole', () => {
  const rows = spread(4, written)
  assert.deepEqual(
    rows.map((row) => row.at.slice(11)),
    ['08:00', '11:00', '14:00', '17:00'],
  )
  const form: FlashForm = { kind: 'flash', way: 'hand', rows, sessions: [], reservation: 'none' }
  const moved = movedTo({ ...written, terms: form }, '2026-11-23T09:30')
  assert.equal(moved.endsAt, '2026-11-23T21:30')
  assert.deepEqual(
    moved.terms.kind === 'flash' && moved.terms.rows.map((row) => row.at),
    ['23T09:30', '23T12:30', '23T15:30', '23T18:30'].map((each) => `2026-11-${each}`),
  )
  assert.deepEqual(flashFaults(form), [])
  const less: FlashForm = {
    ...form,
    rows: [
      { at: written.startsAt, percent: '40' },
      { at: written.endsAt, percent: '50.5' },
    ],
  }
  assert.equal(missingBp(less), 950)
  assert.deepEqual(flashFaults(less), [['terms/batches', '各批加起来要正好 100%，还差 9.5%']])
  assert.deepEqual(
    flashFaults({ ...less, rows: [{ at: written.startsAt, percent: '1.005' }] }).map(([field]) => field),
    ['terms/batches/0/shareBp'],
  )
})

test('what scheduling will do is said in order; what is due already happens now', () => {
  const when = (now: string) =>
    agendaOf(
      { startsAt: at('22', '08:00'), endsAt: at('22', '20:00'), armMinutes: 60 },
      { quota: 100, shelf: true, now: Date.parse(now) },
    ).map((step) => step.at)
  assert.deepEqual(when(at('21', '08:00')), ['现在', at('22', '07:00'), at('22', '08:00'), at('22', '20:00')])
  assert.deepEqual(when(at('22', '07:30')), ['现在', '现在', at('22', '08:00'), at('22', '20:00')])
})

test('the funnel says each step of the one before, and refusals in words, the most frequent first', () => {
  const steps = gateSteps({ reserved: 1286, came: 1043, tried: 862, got: 47, paid: 41 })
  assert.deepEqual(
    steps.map(({ share }) => share),
    [undefined, undefined, 826, 55, 872],
    'nobody has to reserve before coming',
  )
  assert.equal(
    gateSteps({ reserved: 0, came: 0, tried: 0, got: 0, paid: 0 }).every(({ width }) => width === 0),
    true,
  )
  assert.deepEqual(
    refusalsOf({ 'campaigns.limit_reached': 64, 'campaigns.sold_out': 1824, 'campaigns.paused': 0 }).map(
      ({ words }) => words,
    ),
    ['这一批抢完了', '买满了限购'],
  )
})

test('a bargain table takes off exactly what it should, the first friends no less than the later ones', () => {
  for (const [off, friends] of [
    [3000, 8],
    [7, 7],
    [1001, 20],
    [1, 1],
  ] as const) {
    const cuts = tableOf(off, friends)
    assert.equal(
      cuts.reduce((sum, cut) => sum + cut, 0),
      off,
    )
    assert.ok(cuts.every((cut, i) => i === 0 || cut <= (cuts[i - 1] ?? 0)))
  }
})

test('every kind begins with a form that can be read back, and moves with the campaign', () => {
  const around = { startsAt: '2026-11-24T08:00', endsAt: '2026-11-25T20:00' }
  for (const kind of KINDS) {
    const desk = deskOf(kind)
    const form = desk.begin(around)
    const terms = desk.read(form)
    assert.equal(terms.kind, kind)
    assert.ok(desk.word && desk.promise && desk.termsTitle)
    assert.deepEqual(desk.read(desk.formOf(terms)), terms, kind)
    assert.deepEqual(desk.moved(desk.moved(form, 90), -90), form, kind)
  }
})

test('steps of a ladder are kept as typed, found wrong one by one, and read in fen; without them there is one price', () => {
  const terms = {
    kind: 'group',
    size: 2,
    hours: 24,
    quietMinutes: 45,
    latePayer: 'refund',
    newOnly: false,
    steps: [
      { size: 4, priceFen: 2690 },
      { size: 6, priceFen: 2590 },
    ],
  } as const
  const form = group.formOf({ ...terms, steps: [...terms.steps] })
  assert.deepEqual(form.steps, [
    { size: '4', price: '26.90' },
    { size: '6', price: '25.90' },
  ])
  assert.deepEqual(group.faults(form), [])
  assert.deepEqual(group.read(form), terms)
  assert.match(group.summary(group.read(form)), /满 4 人 ¥26.90，满 6 人 ¥25.90/)
  const faultsWith = (steps: GroupForm['steps']) => group.faults({ ...form, steps }).map(([field]) => field)
  assert.deepEqual(faultsWith([{ size: '', price: '' }]), ['terms/steps/0/size', 'terms/steps/0/priceFen'])
  assert.deepEqual(
    faultsWith([
      { size: '4', price: '26.90' },
      { size: '2', price: '一块' },
    ]),
    ['terms/steps/1/size', 'terms/steps/1/priceFen'],
  )
  assert.deepEqual(faultsWith([{ size: '101', price: '9' }]), ['terms/steps/0/size'])
  assert.equal('steps' in group.read({ ...form, steps: [] }), false)
})

test('stopping says what becomes of what was paid: groups that are not complete give it back', () => {
  assert.match(consequencesOf('stop', 'group').at(-1) ?? '', /没拼成的团马上关掉，付的钱自动全退/)
  assert.match(consequencesOf('stop', 'flash').at(-1) ?? '', /已经付款的订单不变/)
  assert.deepEqual(consequencesOf('pause', 'group'), consequencesOf('pause', 'flash'))
})
