import type pg from 'pg'
import type { SeedTemplate } from './benefits.ts'
import { seedId } from './ids.ts'

/** Like the price rules, from before the first start. */
const SINCE = '2026-11-16T00:00:00Z'

const reward = (
  label: string,
  steps: { atFen: number; offFen: number },
  limits: { validDays: number; each: number },
): SeedTemplate => ({
  label,
  kind: 'steps',
  group: 'coupon',
  most: 5000,
  way: 'reward',
  ...steps,
  ...limits,
})
/** Coupons that members get for a task, on their birthday, when they have been away, and in campaigns that neighbours help with. */
export const REWARDS: readonly SeedTemplate[] = [
  reward('填生日满25减3', { atFen: 2500, offFen: 300 }, { validDays: 30, each: 1 }),
  reward('生日满30减10', { atFen: 3000, offFen: 1000 }, { validDays: 30, each: 20 }),
  reward('好久不见满30减5', { atFen: 3000, offFen: 500 }, { validDays: 14, each: 20 }),
  reward('好久不见满30减8', { atFen: 3000, offFen: 800 }, { validDays: 14, each: 20 }),
  reward('沉睡唤醒立减5元', { atFen: 0, offFen: 500 }, { validDays: 14, each: 20 }),
  reward('帮砍谢礼满20减2', { atFen: 2000, offFen: 200 }, { validDays: 7, each: 5 }),
  reward('助力满30减6', { atFen: 3000, offFen: 600 }, { validDays: 14, each: 3 }),
  reward('带邻居来满30减5', { atFen: 3000, offFen: 500 }, { validDays: 30, each: 5 }),
  reward('邻居见面满25减4', { atFen: 2500, offFen: 400 }, { validDays: 14, each: 1 }),
]
const idOf = (label: string): string => seedId(`coupon template ${label}`)

const SIGN_IN_POINTS = [1, 1, 2, 2, 3, 3, 8]
const TASKS = [
  { kind: 'phone', points: 20, templateId: null },
  { kind: 'birthday', points: 0, templateId: idOf('填生日满25减3') },
  { kind: 'first_order', points: 50, templateId: null },
]
const TRIGGERS = [
  { kind: 'birthday', marks: [{ days: 3, templateId: idOf('生日满30减10') }] },
  {
    kind: 'dormant',
    marks: [
      { days: 30, templateId: idOf('好久不见满30减5') },
      { days: 60, templateId: idOf('好久不见满30减8') },
      { days: 90, templateId: idOf('沉睡唤醒立减5元') },
    ],
  },
]
const MOST_A_NIGHT = 1000

/** What signing in, first steps, birthdays and waking up are worth. A real chain begins without; nobody has earned any of it yet. */
export async function plantRewards(client: pg.Client): Promise<void> {
  await client.query(
    `insert into reward_terms (active, sign_in_points, tasks, since, by) values (true, $1, $2, $3, 'seed')`,
    [SIGN_IN_POINTS, JSON.stringify(TASKS), SINCE],
  )
  for (const { kind, marks } of TRIGGERS)
    await client.query(
      `insert into trigger_terms (kind, active, marks, most_a_night, since, by) values ($1, true, $2, $3, $4, 'seed')`,
      [kind, JSON.stringify(marks), MOST_A_NIGHT, SINCE],
    )
}
