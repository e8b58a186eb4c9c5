import type { Ctx } from './ctx.ts'
import type { Tx } from './db.ts'
import { tell } from './listen.ts'
import { oneAtATime, untilFresh } from './refresh.ts'

const CHANNEL = 'sessions'

export interface EndedSession {
  id: string
  expiresAt: Date
}

/** Says to every process that these sessions' tokens are refused from now on. */
export async function tellEnded(tx: Tx, sessions: readonly EndedSession[]): Promise<void> {
  for (const { id, expiresAt } of sessions) await tell(tx, CHANNEL, `${id} ${expiresAt.getTime()}`)
}

/** Keeps this process's list of ended sessions true: `load` reads those of a room whose tokens have not run out by themselves. */
export async function followEnded(
  { listener, tokens, log }: Pick<Ctx, 'listener' | 'tokens' | 'log'>,
  load: () => Promise<EndedSession[]>,
): Promise<void> {
  const reload = oneAtATime(async () => {
    for (const { id, expiresAt } of await load()) tokens.end(id, expiresAt)
  })
  await listener.on(CHANNEL, (payload) => {
    const [id = '', until = '0'] = payload.split(' ')
    tokens.end(id, new Date(Number(until)))
  })
  // What was told while the connection was down is lost: read the rows again.
  listener.onReconnect(
    untilFresh(reload, (error) => log.error({ err: error }, 'ended sessions could not be read')),
  )
  await reload()
}
