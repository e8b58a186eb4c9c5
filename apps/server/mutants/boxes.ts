import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/boxes.test.ts`]
const RACE = ['test/races/boxes.test.ts']
const CALENDAR = [`${R}/campaigns/kinds/box/box.test.ts`]

export const boxes: readonly Guard[] = [
  {
    name: 'box: more boxes than a store packs',
    file: `${R}/boxes/boxes.sql.ts`,
    find: 'and taken + ${boxes} <= per_week',
    replace: '',
    tests: STORY,
  },
  {
    name: 'box: somebody else’s box',
    file: `${R}/boxes/subscribing.ts`,
    find: 'const box = await sql.findBox(ctx.db, boxId)\n  return box?.memberId === memberId ? box : refuse(boxMissing)',
    replace:
      'const box = await sql.findBox(ctx.db, boxId)\n  return box && memberId ? box : refuse(boxMissing)',
    tests: STORY,
  },
  {
    name: 'box: the lock of a box',
    file: `${R}/boxes/boxes.sql.ts`,
    find: 'from box b where b.id = ${id} for no key update`',
    replace: 'from box b where b.id = ${id}`',
    tests: RACE,
  },
  {
    name: 'box: a week that is skipped after its order',
    file: `${R}/boxes/skipping.ts`,
    find: `return known?.state === 'SKIPPED' ? undefined : refuse(weekPlaced)`,
    replace: 'return known ? undefined : refuse(weekPlaced)',
    tests: STORY,
  },
  {
    name: 'box: a week whose order was cancelled is no skip to take back',
    file: `${R}/boxes/weeks.sql.ts`,
    find: `and state = 'SKIPPED' and order_id is null`,
    replace: `and state = 'SKIPPED'`,
    tests: STORY,
  },
  {
    name: 'box: a week that is over is not skipped',
    file: `${R}/boxes/skipping.ts`,
    find: 'day >= box.fromWeek && at < each.payUntil',
    replace: 'day >= box.fromWeek',
    tests: STORY,
  },
  {
    name: 'box: more than a member may have',
    file: `${R}/boxes/subscribing.ts`,
    find: 'if (quantity > most) refuse(tooMany, { most })',
    replace: '',
    tests: STORY,
  },
  {
    name: 'box: a lapse is told once by two servers',
    file: `${R}/boxes/weeks.sql.ts`,
    find: "and week = ${week}::date and state = 'ORDERED'",
    replace: 'and week = ${week}::date',
    tests: RACE,
  },
  {
    name: 'box: an order is told once by two servers',
    file: `${R}/boxes/weeks.sql.ts`,
    find: "and week = ${week}::date and state in ('DUE', 'SHORT')",
    replace: 'and week = ${week}::date',
    tests: RACE,
  },
  {
    name: 'box: an order that was placed in time, and noticed later',
    file: `${R}/boxes/turning.ts`,
    find: '(now < due.payUntil ? place(room, due) : placed(room, due))',
    replace: '(now < due.payUntil ? place(room, due) : undefined)',
    tests: STORY,
  },
  {
    name: 'box: what was given back is packed',
    file: `${R}/boxes/weeks.sql.ts`,
    find: 'l.quantity - l.withdrawn_quantity as quantity',
    replace: 'l.quantity as quantity',
    tests: STORY,
  },
  {
    name: 'box: paid in between counts anew',
    file: `${R}/boxes/turning.ts`,
    find: `const lapses = outcome === 'PAID' ? 0 : box.lapses + 1`,
    replace: 'const lapses = box.lapses + 1',
    tests: STORY,
  },
  {
    name: 'box: what its member cancelled is no lapse',
    file: `${R}/boxes/weeks.sql.ts`,
    find: `when o.cancelled_at < w.pay_until then 'SKIPPED'`,
    replace: '',
    tests: STORY,
  },
  {
    name: 'box: an order from outside',
    file: `${R}/campaigns/admitting.ts`,
    find: 'if (plan ? !week : day !== undefined) refuse(boxOnly)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'box: an order that is paid by the hour',
    file: `${R}/orders/placing.ts`,
    find: 'campaign?.payUntil ??',
    replace: '',
    tests: STORY,
  },
  {
    name: 'box: a week before the campaign runs',
    file: `${R}/campaigns/kinds/box/calendar.ts`,
    find: 'if (week.ordersAt >= startsAt) found.push(week)',
    replace: 'found.push(week)',
    tests: CALENDAR,
  },
]
