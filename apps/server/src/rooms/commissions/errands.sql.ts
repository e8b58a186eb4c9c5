import { sql } from 'kysely'
import type { Reader } from '#kernel/db'

export interface Waiting {
  kind: 'commission_application' | 'commission_withdrawal'
  count: number
  since: Date
}
/** Applications that nobody has answered, and withdrawals that WeChat has not taken: it says why, or says nothing since `quietSince`. */
export async function listWaiting(db: Reader, quietSince: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select 'commission_application' as kind, count(*) as count, min(at) as since from promoter_application where state = 'APPLIED' having count(*) > 0
    union all
    select 'commission_withdrawal', count(*), min(requested_at) from commission_withdrawal
    where next_check_at is not null and (trouble is not null or (state <> 'WAIT_CONFIRM' and requested_at < ${quietSince})) having count(*) > 0`.execute(
    db,
  )
  return rows
}

export interface LastCheck {
  at: Date
  wrong: number
}
export async function lastCheck(db: Reader): Promise<LastCheck | undefined> {
  const { rows } = await sql<LastCheck>`
    select at, jsonb_array_length(faults) as wrong from commission_check order by at desc, id desc limit 1`.execute(
    db,
  )
  return rows[0]
}
