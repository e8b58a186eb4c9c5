import { sql } from 'kysely'
import { secondsAfter } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { type Db, inTx, type Reader, type Tx } from './db.ts'
import { type ProblemKind, refuse } from './problem.ts'

const WRONG_AT_MOST = 10
const LOCK_SECONDS = 600
const KEEP_TRIES_SECONDS = 30 * 86_400

export interface GuessRules {
  kind: 'pickup' | 'card' | 'old_card'
  /** Outcomes that count against whoever asks. A try that is still being judged counts too. */
  wrong: readonly string[]
  locked: ProblemKind
}
/** Locks whoever guesses codes: ten wrong ones within ten minutes, then a wait until the first of them is ten minutes old. */
export interface Guesses {
  /** Counts a try before it is judged, so that guesses made at the same moment see each other; refuses as `locked` after too many wrong ones. */
  begin(asker: string, storeId: string | null): Promise<number>
  /** Says what came of it. */
  note(tryId: number, outcome: string): Promise<void>
  /** Tries are kept for a month, for whoever asks about a lock. */
  forget(): Promise<void>
}

export function createGuesses({ db, clock }: Pick<Ctx, 'db' | 'clock'>, rules: GuessRules): Guesses {
  const { kind, locked } = rules
  const wrong = ['open', ...rules.wrong]
  return {
    async begin(asker, storeId) {
      const at = clock.now()
      const { id, count, first } = await inTx(db, async (tx) => {
        await takeTurn(tx, `${kind} ${asker}`)
        const { id: mine } = await insertTry(tx, { kind, asker, storeId, at })
        const since = secondsAfter(at, -LOCK_SECONDS)
        return { id: mine, ...(await countWrong(tx, { kind, asker, wrong, since, before: mine })) }
      })
      if (count < WRONG_AT_MOST) return id
      await noteTry(db, id, 'locked')
      return refuse(locked, { until: secondsAfter(first ?? at, LOCK_SECONDS) })
    },
    note: async (tryId, outcome) => void (await noteTry(db, tryId, outcome)),
    forget: async () => void (await deleteTries(db, kind, secondsAfter(clock.now(), -KEEP_TRIES_SECONDS))),
  }
}

const GUESSERS = 7_164_230 // any constant: tries of one asker take turns

async function takeTurn(tx: Tx, asker: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${GUESSERS}, hashtext(${asker}))`.execute(tx)
}
const insertTry = (
  tx: Tx,
  { kind, asker, storeId, at }: { kind: string; asker: string; storeId: string | null; at: Date },
): Promise<{ id: number }> =>
  tx
    .insertInto('code_try')
    .values({ kind, asker, store_id: storeId, at, outcome: 'open' })
    .returning('id')
    .executeTakeFirstOrThrow()

const noteTry = (db: Db, id: number, outcome: string): Promise<unknown> =>
  db.updateTable('code_try').set({ outcome }).where('id', '=', id).executeTakeFirst()

interface Window {
  kind: string
  asker: string
  wrong: readonly string[]
  since: Date
  before: number
}
/** Wrong codes of one asker since an instant, and tries that are still being judged, before this one. */
const countWrong = (
  db: Reader,
  { kind, asker, wrong, since, before }: Window,
): Promise<{ count: number; first: Date | null }> =>
  db
    .selectFrom('code_try')
    .select([sql<number>`count(*)`.as('count'), sql<Date | null>`min(at)`.as('first')])
    .where('kind', '=', kind)
    .where('asker', '=', asker)
    .where('at', '>', since)
    .where('id', '<', before)
    .where('outcome', 'in', wrong)
    .executeTakeFirstOrThrow()

const deleteTries = (db: Db, kind: string, before: Date): Promise<unknown> =>
  db.deleteFrom('code_try').where('at', '<', before).where('kind', '=', kind).executeTakeFirst()
