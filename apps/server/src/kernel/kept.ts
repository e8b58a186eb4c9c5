import type { Ctx } from './ctx.ts'
import type { Reader } from './db.ts'
import { oneAtATime, untilFresh } from './refresh.ts'

export interface Kept<T> {
  now(): T
  /** Reads the table now, without waiting to be told. */
  reload(): Promise<void>
}
/** Rows that change rarely in memory, read again whenever their table says so (`topic`). */
export async function keep<T>(
  { db, listener, log }: Pick<Ctx, 'db' | 'listener' | 'log'>,
  topic: string,
  read: (db: Reader) => Promise<T>,
): Promise<Kept<T>> {
  let kept = await read(db)
  const reload = oneAtATime(async () => {
    kept = await read(db)
  })
  const again = untilFresh(reload, (error) => {
    log.error({ err: error, topic }, 'terms could not be read again')
  })
  await listener.on(topic, again)
  listener.onReconnect(again)
  await reload()
  return { now: () => kept, reload }
}
