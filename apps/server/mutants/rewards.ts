import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/rewards.test.ts`]
const NIGHTS = [`${STORIES}/triggers.test.ts`]
const RULES = [`${R}/rewards/rules.test.ts`]

export const rewards: readonly Guard[] = [
  {
    name: 'a day that was missed',
    file: `${R}/rewards/cycle.ts`,
    find: 'last && (last.day === today || last.day === dayAfter(today, -1)) ? last.streak : 0',
    replace: 'last ? last.streak : 0',
    tests: RULES,
  },
  {
    name: 'a day signed twice',
    file: `${R}/rewards/signing-in.ts`,
    find: 'if (last && last.day >= day)',
    replace: 'if (last && last.day > day)',
    tests: STORY,
  },
  {
    name: 'a task while tasks are off',
    file: `${R}/rewards/tasks.sql.ts`,
    find: 'and t.active and x.kind = ${kind}',
    replace: 'and x.kind = ${kind}',
    tests: STORY,
  },
  {
    name: 'the phone of somebody who has had one for long',
    file: `${R}/rewards/tasks.ts`,
    find: 'if (first) await',
    replace: 'await',
    tests: STORY,
  },
  {
    name: 'a phone that had the same reward under another account',
    file: `${R}/rewards/tasks.sql.ts`,
    find: "where phone_hash = decode(${phone}, 'hex'))",
    replace: 'where false)',
    tests: STORY,
  },
  {
    name: 'an order that is not the first',
    file: `${R}/rewards/tasks.sql.ts`,
    find: '\n      and not exists (select from orders e where e.member_id = o.member_id and (e.completed_at, e.id) < (o.completed_at, o.id))',
    replace: '',
    tests: STORY,
  },
  {
    name: 'a first order whose money is still here',
    file: `${R}/rewards/tasks.sql.ts`,
    find: '\n    .where(sql<boolean>`o.paid_fen - o.refunded_fen <= o.freight_fen`)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'a birthday that changes each month',
    file: `${R}/members/birthdays.sql.ts`,
    find: "\n      where b.given_at + interval '1 year' <= excluded.given_at",
    replace: '',
    tests: STORY,
  },
  {
    name: 'who was born on 29 February',
    file: `${R}/rewards/occasions.ts`,
    find: "monthDay === '02-28' && !isLeap(year) ? [monthDay, '02-29'] : [monthDay]",
    replace: '[monthDay]',
    tests: RULES,
  },
  {
    name: 'who did not agree to be woken',
    file: `${R}/rewards/nights.sql.ts`,
    find: 'where said.agreed and said.wording >= ${PRESENTS_AGREED_FROM} and not exists',
    replace: 'where said.agreed and not exists',
    tests: NIGHTS,
  },
  {
    name: 'the same time away under other marks',
    file: `${R}/rewards/nights.sql.ts`,
    find: ' or p.days > k.days - ${MARK_GAP_DAYS}::integer',
    replace: '',
    tests: NIGHTS,
  },
  {
    name: 'words of a consent that did not speak of presents',
    file: `${R}/messages/telling.ts`,
    find: ' >= (KINDS[kind].agreedFrom ?? 1)',
    replace: ' >= 1',
    tests: NIGHTS,
  },
  {
    name: 'coupons of other ways as rewards',
    file: `${R}/coupons/rewards.sql.ts`,
    find: "\n    .where('way', '=', 'reward')",
    replace: '',
    tests: NIGHTS,
  },
]
