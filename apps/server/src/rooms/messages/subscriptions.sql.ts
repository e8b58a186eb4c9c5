import { sql } from 'kysely'
import type { Reader, Tx } from '#kernel/db'

export interface Posting {
  memberId: string
  templateId: string
  ref: string
  at: Date
}

/** One consent more, once per key; false when the key was used before or nobody needs that many. */
export async function accept(
  tx: Tx,
  { memberId, templateId, ref, at }: Posting,
  most: number,
): Promise<boolean> {
  const { rows } = await sql`
    with fresh as (select 1 where not exists (select from subscription_posting
      where member_id = ${memberId} and template_id = ${templateId} and cause = 'accept' and ref = ${ref})),
    counted as (
      insert into subscription (member_id, template_id, remaining) select ${memberId}, ${templateId}, 1 from fresh
      on conflict (member_id, template_id) do update set remaining = subscription.remaining + 1 where subscription.remaining < ${most}
      returning remaining)
    insert into subscription_posting (member_id, template_id, cause, delta, remaining, ref, at)
    select ${memberId}, ${templateId}, 'accept', 1, remaining, ${ref}, ${at} from counted returning 1`.execute(
    tx,
  )
  return rows.length === 1
}

/** Takes one consent for a message; false when there is none. */
export async function spend(tx: Tx, { memberId, templateId, ref, at }: Posting): Promise<boolean> {
  const { rows } = await sql`
    with spent as (
      update subscription set remaining = remaining - 1
      where member_id = ${memberId} and template_id = ${templateId} and remaining > 0 returning remaining)
    insert into subscription_posting (member_id, template_id, cause, delta, remaining, ref, at)
    select ${memberId}, ${templateId}, 'send', -1, remaining, ${ref}, ${at} from spent returning 1`.execute(
    tx,
  )
  return rows.length === 1
}

/** WeChat did not take the message, so the consent is still there. */
export async function giveBack(
  tx: Tx,
  { memberId, templateId, ref, at }: Posting,
  most: number,
): Promise<boolean> {
  const { rows } = await sql`
    with back as (
      update subscription set remaining = remaining + 1
      where member_id = ${memberId} and template_id = ${templateId} and remaining < ${most} returning remaining)
    insert into subscription_posting (member_id, template_id, cause, delta, remaining, ref, at)
    select ${memberId}, ${templateId}, 'give_back', 1, remaining, ${ref}, ${at} from back returning 1`.execute(
    tx,
  )
  return rows.length === 1
}

/** WeChat says that there is no consent: whatever we believed, there is none. */
export async function empty(tx: Tx, { memberId, templateId, ref, at }: Posting): Promise<boolean> {
  const { rows } = await sql`
    with had as (
      select remaining from subscription where member_id = ${memberId} and template_id = ${templateId} for update),
    emptied as (
      update subscription set remaining = 0 where member_id = ${memberId} and template_id = ${templateId} returning 1)
    insert into subscription_posting (member_id, template_id, cause, delta, remaining, ref, at)
    select ${memberId}, ${templateId}, 'refused', -had.remaining, 0, ${ref}, ${at} from had, emptied returning 1`.execute(
    tx,
  )
  return rows.length === 1
}

export const remainingOf = (
  db: Reader,
  memberId: string,
  templateId: string,
): Promise<{ remaining: number } | undefined> =>
  db
    .selectFrom('subscription')
    .select('remaining')
    .where('member_id', '=', memberId)
    .where('template_id', '=', templateId)
    .executeTakeFirst()
