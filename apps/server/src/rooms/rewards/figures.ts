import type { Output } from '@linli/contract'
import { type consoleRewardRoutes, TASK_KINDS } from '@linli/contract/rewards'
import { businessDay, dayAfter, instantOf } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { sumSignIns } from './sign-ins.sql.ts'
import { sumTasks } from './tasks.sql.ts'

type Shown = Output<(typeof consoleRewardRoutes)['GET /console/v1/reward-figures']>
export type Figures = () => Promise<Shown>

const DAYS = 30
const NONE = { given: 0, waiting: 0, refused: 0, reversed: 0 }

/** What came of signing in and of first steps in the last 30 business days, today included. */
export const createFigures =
  ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Figures =>
  async () => {
    const now = clock.now()
    const today = businessDay(now)
    const from = dayAfter(today, 1 - DAYS)
    const [signIn, found] = await Promise.all([
      sumSignIns(db, { from, today }),
      sumTasks(db, instantOf(from)),
    ])
    const tasks = TASK_KINDS.map((kind) => ({ ...NONE, ...found.find((each) => each.kind === kind), kind }))
    return { signIn, tasks, asOf: now.toISOString() }
  }
