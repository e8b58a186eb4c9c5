import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { businessDay, dayAfter, secondsAfter } from '#kernel/clock'
import { type BoxPlan, firstWeek, mostOf, perWeekOf, weekDue, weeksOf } from './calendar.ts'
import { box, weekDeal } from './index.ts'

const DAY = 86_400
const start = new Date('2026-11-24T02:00:00Z') // a Tuesday, ten in the morning
const plan = (over: Partial<BoxPlan> = {}, terms: Partial<BoxPlan['terms']> = {}): BoxPlan => ({
  name: '一周蔬菜箱',
  items: [
    {
      skuId: '01900000-0000-7000-8000-000000000001',
      priceFen: 5900,
      quotas: [
        { storeId: 'S01', quota: 30 },
        { storeId: 'S02', quota: 14 },
      ],
    },
  ],
  perMember: 6,
  payMinutes: 15,
  armMinutes: 0,
  tiers: null,
  firstOrder: false,
  funding: 'store',
  startsAt: start,
  endsAt: secondsAfter(start, 21 * DAY),
  terms: { kind: 'box', weekday: 6, ordersDaysBefore: 3, payUntilHour: 20, ...terms },
  ...over,
})

test('weeks are called by the day of collecting; ordered before it at nine, paid by the hour of the day before', () => {
  const weeks = weeksOf(plan())
  assert.deepEqual(
    weeks.map(({ week }) => week),
    ['2026-11-28', '2026-12-05', '2026-12-12'],
  )
  assert.deepEqual(weeks[0], {
    week: '2026-11-28',
    ordersAt: new Date('2026-11-25T01:00:00Z'),
    payUntil: new Date('2026-11-27T12:00:00Z'),
    pickupFrom: new Date('2026-11-28T01:00:00Z'),
    promisedBy: new Date('2026-11-28T12:00:00Z'),
  })
})

test('property: weeks are a week apart, each on its day, ordered within the campaign, paid after that, and no two are ordered at once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 10, max: 22 }),
      fc.integer({ min: 0, max: 400 * DAY }),
      fc.integer({ min: 1, max: 60 * DAY }),
      fc.integer({ min: 0, max: 70 * DAY }),
      (weekday, ordersDaysBefore, payUntilHour, later, length, after) => {
        const startsAt = secondsAfter(start, later)
        const endsAt = secondsAfter(startsAt, length)
        const weeks = weeksOf(plan({ startsAt, endsAt }, { weekday, ordersDaysBefore, payUntilHour }))
        assert.ok(
          weeks.length >= Math.floor(length / (7 * DAY)) && weeks.length <= Math.ceil(length / (7 * DAY)) + 1,
        )
        for (const [i, { week, ordersAt, payUntil, pickupFrom, promisedBy }] of weeks.entries()) {
          assert.equal(new Date(`${week}T00:00:00Z`).getUTCDay() || 7, weekday)
          assert.ok(startsAt <= ordersAt && ordersAt < endsAt)
          assert.ok(ordersAt < payUntil && payUntil < pickupFrom && pickupFrom < promisedBy)
          assert.equal(businessDay(payUntil), dayAfter(week, -1))
          const next = weeks[i + 1]
          if (next) assert.ok(next.week === dayAfter(week, 7) && payUntil < next.ordersAt)
        }
        const at = secondsAfter(startsAt, after)
        const due = weeks.filter(({ ordersAt, payUntil }) => ordersAt <= at && at < payUntil)
        assert.ok(due.length <= 1)
        assert.equal(weekDue(weeks, at), due[0])
        const first = firstWeek(weeks, at)
        assert.equal(first, weeks.filter(({ ordersAt }) => ordersAt > at)[0])
        assert.ok(!due[0] || !first || due[0].week < first.week)
      },
    ),
  )
})

test('the limit of a member and the quota of a store are shared out over all weeks', () => {
  assert.equal(mostOf(plan()), 2)
  assert.deepEqual(
    ['S01', 'S02', 'S03'].map((storeId) => perWeekOf(plan(), storeId)),
    [10, 4, 0],
  )
})

test('a box hangs together, or says field by field what does not', () => {
  const codes = (over: Partial<BoxPlan>) =>
    box.faults(plan(over), () => undefined).map(({ field, code }) => `${field} ${code}`)
  const [item] = plan().items
  assert.ok(item)
  assert.deepEqual(codes({}), [])
  assert.deepEqual(codes({ endsAt: secondsAfter(start, 3600) }), ['endsAt box_no_week'])
  assert.deepEqual(codes({ perMember: 2 }), ['perMember box_limit'])
  assert.deepEqual(codes({ items: [item, { ...item, skuId: '01900000-0000-7000-8000-000000000002' }] }), [
    'items box_one_item',
  ])
  assert.deepEqual(codes({ items: [{ ...item, quotas: [{ storeId: 'S01', quota: 2 }] }] }), [
    'items/0/quotas/0/quota box_quota',
  ])
})

test('nothing leaves the shelf for it, nothing is paid ahead, and the rules say so', () => {
  assert.equal(box.fromShelf, false)
  assert.deepEqual(
    [box.releasedBp(plan(), secondsAfter(start, -1)), box.releasedBp(plan(), start)],
    [0, 10_000],
  )
  const { terms } = plan()
  assert.equal(
    box.moved(terms, () => ''),
    terms,
    'days of the week stay where they are',
  )
})

test('what is agreed for a week: paid at once, taken back until the hour for paying, there on its day', () => {
  const [week] = weeksOf(plan())
  assert.ok(week)
  const deal = weekDeal(week)
  assert.deepEqual(
    [deal.called, deal.depositBp, deal.cutoff, deal.pickupFrom, deal.promisedBy],
    [null, null, week.payUntil, week.pickupFrom, week.promisedBy],
  )
  const words = box
    .rules(plan())
    .map(({ title, words: each }) => `${title}：${each}`)
    .join('\n')
  for (const part of [
    '每周六',
    '一共 3 周',
    '每人每周最多 2 份',
    '提前 3 天',
    '连续两周没付就暂停',
    '10、4 份',
  ])
    assert.ok(words.includes(part), part)
  assert.match(box.payment?.(plan()) ?? '', /周六的前一天 20:00 截止；不预收，也不自动扣款/)
})
