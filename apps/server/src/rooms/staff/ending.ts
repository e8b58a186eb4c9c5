import type { Tx } from '#kernel/db'
import { type EndedSession, tellEnded } from '#kernel/sessions'
import { revokeSessions } from './sessions.sql.ts'

/** Sessions that end when the transaction commits; the caller then ends them in its own process too, without waiting for the news. */
export type Ending = readonly EndedSession[]

/** Ends every session of one person except `keepId`, in every process. */
export async function endSessions(
  tx: Tx,
  whose: { staffId: string; keepId?: string; at: Date },
): Promise<Ending> {
  const ended = await revokeSessions(tx, whose)
  await tellEnded(tx, ended)
  return ended
}
