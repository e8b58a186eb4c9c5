import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayAfter, isDay } from '#kernel/clock'
import { placeOf, pointsOf, streakOn } from './cycle.ts'
import { asleepSince, BIRTHDAY_LATE_DAYS, birthdaysDue, keptOn, MARK_DAYS } from './occasions.ts'
import { rewardFault, triggerFault } from './soundness.ts'

const CYCLE = [1, 1, 2, 2, 3, 3, 10]
const T = '01900000-0000-7000-8000-000000000000'

/** Signs in on some days of a span, by the rule; answers streaks by day. */
function lived(days: readonly string[]): Map<string, number> {
  const streaks = new Map<string, number>()
  let last: { day: string; streak: number } | undefined
  for (const day of days) {
    last = { day, streak: streakOn(last, day) + 1 }
    streaks.set(day, last.streak)
  }
  return streaks
}
/** Every way of coming or not on eight days. */
const SPAN = Array.from({ length: 8 }, (_, i) => dayAfter('2026-12-28', i))
const subsets = Array.from({ length: 2 ** SPAN.length }, (_, bits) =>
  SPAN.filter((_day, i) => (bits >> i) & 1),
)

test('domain 86 签到 · a streak is as many days in a row as there are, whichever days somebody came', () => {
  for (const days of subsets)
    for (const [day, streak] of lived(days)) {
      for (let back = 0; back < streak; back++) assert.ok(days.includes(dayAfter(day, -back)), day)
      assert.ok(!days.includes(dayAfter(day, -streak)), `${day} begins at a day that was missed`)
    }
})

test('domain 86 签到 · the cycle goes round, and a missed day begins again; signed twice is signed once', () => {
  assert.deepEqual(
    [1, 2, 7, 8, 14, 15].map((streak) => pointsOf(CYCLE, streak)),
    [1, 1, 10, 1, 10, 1],
  )
  for (let streak = 1; streak < 100; streak++)
    for (const cycleDays of [1, 7, 31])
      assert.equal(placeOf(streak + cycleDays, cycleDays), placeOf(streak, cycleDays))
  const last = { day: '2026-11-30', streak: 3 }
  assert.deepEqual(
    ['2026-11-30', '2026-12-01', '2026-12-02'].map((day) => streakOn(last, day)),
    [3, 3, 0],
  )
  assert.equal(streakOn(undefined, '2026-11-30'), 0)
  assert.equal(pointsOf([], 1), 0)
})

const DAYS_OF_A_YEAR = Array.from({ length: 366 }, (_, i) => dayAfter('2028-01-01', i).slice(5))
const datesOf = (from: string, to: string) => {
  const all: string[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) all.push(day)
  return all
}

test('domain 88 生日礼 · everybody has one birthday each year; who was born on 29 February the 28th where there is none', () => {
  for (const year of ['2027', '2028', '2100']) {
    const kept = datesOf(`${year}-01-01`, `${year}-12-31`).flatMap((day) => keptOn(day))
    assert.deepEqual(kept.map(({ monthDay }) => monthDay).sort(), DAYS_OF_A_YEAR)
    assert.ok(kept.every((each) => each.year === year))
  }
  assert.deepEqual(
    keptOn('2027-02-28').map(({ monthDay }) => monthDay),
    ['02-28', '02-29'],
  )
  assert.deepEqual(
    keptOn('2028-02-28').map(({ monthDay }) => monthDay),
    ['02-28'],
  )
})

for (const before of [0, 1, 7, 30])
  test(`domain 88 生日礼 · ${before} days before: due on the days up to the birthday and two late ones, over new year too`, () => {
    const due = new Map<string, string[]>()
    for (const today of datesOf('2026-11-15', '2028-03-20'))
      for (const { monthDay, year } of birthdaysDue(today, before))
        due.set(`${year} ${monthDay}`, [...(due.get(`${year} ${monthDay}`) ?? []), today])
    for (const year of [2027, 2028])
      for (const monthDay of ['01-01', '01-05', '02-28', '02-29', '03-01']) {
        const birthday = isDay(`${year}-${monthDay}`) ? `${year}-${monthDay}` : `${year}-02-28`
        assert.deepEqual(
          due.get(`${year} ${monthDay}`),
          datesOf(dayAfter(birthday, -before), dayAfter(birthday, BIRTHDAY_LATE_DAYS)),
          `${year} ${monthDay}`,
        )
      }
  })

test('domain 88 生日礼 · in the month: all of it from its first day on, and nobody of another', () => {
  for (const today of ['2027-02-01', '2027-02-28', '2028-02-01', '2027-12-31']) {
    const due = birthdaysDue(today, null)
    const month = DAYS_OF_A_YEAR.filter((day) => day.startsWith(today.slice(5, 7)))
    assert.deepEqual(due.map(({ monthDay }) => monthDay).sort(), month)
    assert.ok(due.every(({ year }) => year === today.slice(0, 4)))
  }
})

const MARKS = [[30, 60, 90], [1], [7, 14, 200], [15, 30, 60, 90, 365]].map((days) =>
  days.map((each) => ({ days: each, templateId: T })),
)
test('domain 88 沉睡唤醒 · however long somebody is away, they are at one mark at most: the last one they came to, for a month', () => {
  const today = '2027-06-15'
  for (const marks of MARKS) {
    const asleep = asleepSince(marks, today)
    for (let away = 0; away < 420; away++) {
      const lastDay = dayAfter(today, -away)
      const at = asleep.filter(({ from, until }) => from <= lastDay && lastDay <= until)
      const reached = marks.findLastIndex(({ days }) => days <= away)
      const days = marks[reached]?.days ?? Infinity
      assert.deepEqual(
        at.map(({ mark }) => mark),
        away < days + MARK_DAYS && reached >= 0 ? [reached + 1] : [],
        `${away} days away`,
      )
    }
  }
})

const TASK = { kind: 'phone', points: 10, templateId: null } as const
test('terms that contradict themselves are named', () => {
  assert.equal(rewardFault([TASK, { ...TASK, kind: 'birthday', points: 0, templateId: T }]), null)
  assert.equal(rewardFault([TASK, TASK]), 'task_twice')
  assert.equal(rewardFault([{ ...TASK, templateId: T }]), 'task_worth')
  assert.equal(rewardFault([{ ...TASK, points: 0 }]), 'task_worth')
  const marks = (...days: (number | null)[]) => days.map((each) => ({ days: each, templateId: T }))
  assert.equal(triggerFault({ kind: 'birthday', marks: marks(null) }), null)
  assert.equal(triggerFault({ kind: 'birthday', marks: marks(30) }), null)
  assert.equal(triggerFault({ kind: 'birthday', marks: marks(31) }), 'days_before')
  assert.equal(triggerFault({ kind: 'birthday', marks: marks(1, 2) }), 'one_birthday')
  assert.equal(triggerFault({ kind: 'dormant', marks: marks(30, 60, 90) }), null)
  for (const wrong of [marks(0), marks(30, 30), marks(30, 36), marks(60, 30), marks(30, null)])
    assert.equal(triggerFault({ kind: 'dormant', marks: wrong }), 'days_grow')
})
