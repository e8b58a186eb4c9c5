import type { RewardTerms, TriggerTerms } from '@linli/contract/rewards'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Reader, Tx } from '#kernel/db'

type Kept<T> = Omit<T, 'id' | 'since'> & { id: number; since: Date }
export type RewardTermsRow = Kept<Static<typeof RewardTerms>>
export type TriggerTermsRow = Kept<Static<typeof TriggerTerms>>
export type Task = RewardTermsRow['tasks'][number]
export type TriggerKind = TriggerTermsRow['kind']

const REWARD_TERMS = [
  'id',
  'active',
  'sign_in_points as signInPoints',
  sql<Task[]>`tasks`.as('tasks'),
  'since',
  'by',
] as const
/** Newest first; the first holds. */
export const listRewardTerms = (db: Reader, limit: number): Promise<RewardTermsRow[]> =>
  db.selectFrom('reward_terms').select(REWARD_TERMS).orderBy('id', 'desc').limit(limit).execute()

export const insertRewardTerms = (tx: Tx, row: Omit<RewardTermsRow, 'id'>): Promise<RewardTermsRow> =>
  tx
    .insertInto('reward_terms')
    .values({
      active: row.active,
      sign_in_points: row.signInPoints,
      tasks: JSON.stringify(row.tasks),
      since: row.since,
      by: row.by,
    })
    .returning(REWARD_TERMS)
    .executeTakeFirstOrThrow()

const TRIGGER_TERMS = [
  'id',
  sql<TriggerKind>`kind`.as('kind'),
  'active',
  sql<TriggerTermsRow['marks']>`marks`.as('marks'),
  'most_a_night as mostANight',
  'since',
  'by',
] as const
/** Of both kinds, newest first. */
export const listTriggerTerms = (db: Reader, limit: number): Promise<TriggerTermsRow[]> =>
  db.selectFrom('trigger_terms').select(TRIGGER_TERMS).orderBy('id', 'desc').limit(limit).execute()

/** What holds of a trigger: the row added last. */
export const findTriggerTerms = (db: Reader, kind: TriggerKind): Promise<TriggerTermsRow | undefined> =>
  db
    .selectFrom('trigger_terms')
    .select(TRIGGER_TERMS)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const insertTriggerTerms = (tx: Tx, row: Omit<TriggerTermsRow, 'id'>): Promise<TriggerTermsRow> =>
  tx
    .insertInto('trigger_terms')
    .values({
      kind: row.kind,
      active: row.active,
      marks: JSON.stringify(row.marks),
      most_a_night: row.mostANight,
      since: row.since,
      by: row.by,
    })
    .returning(TRIGGER_TERMS)
    .executeTakeFirstOrThrow()
