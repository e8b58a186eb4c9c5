import type { CouponAlarm } from '@linli/contract/console-coupons'
import type { Static } from 'typebox'
import type { Ctx } from '#kernel/ctx'
import type { Members } from '#room/members'
import { listAlarms } from './alarms.sql.ts'

const SHOWN = 100
/** What head office should look at, the latest first. */
export function createAlarms({ db }: Pick<Ctx, 'db'>, { members }: { members: Pick<Members, 'atDesk'> }) {
  return async (): Promise<Static<typeof CouponAlarm>[]> => {
    const rows = await listAlarms(db, SHOWN)
    const known = await members.atDesk([...new Set(rows.map(({ memberId }) => memberId))])
    return rows.map(({ memberId, lastAt, ...row }) => ({
      ...row,
      member: known.get(memberId) ?? { id: memberId, name: '', phoneTail: null },
      lastAt: lastAt.toISOString(),
    }))
  }
}
export type Alarms = ReturnType<typeof createAlarms>
