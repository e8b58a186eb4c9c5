import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from './db.ts'
import type { Log } from './log.ts'

/** News between server processes, through PostgreSQL's LISTEN and NOTIFY. Messages may be lost while a connection is down: `onReconnect` says when to look again. */
export interface Listener {
  /** Resolves when nothing said from then on is missed: who keeps a copy of something reads it after this, not before. */
  on(channel: string, handler: (payload: string) => void): Promise<void>
  onReconnect(handler: () => void): void
  close(): Promise<void>
}

/** Tells every process, this one too, when the transaction commits. */
export async function tell(tx: Tx, channel: string, payload: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(tx)
}

const RETRY_MS = 1000

export async function openListener(url: string, log: Log): Promise<Listener> {
  const handlers = new Map<string, ((payload: string) => void)[]>()
  const reconnected: (() => void)[] = []
  let client: pg.Client | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined
  let listening: Promise<unknown> = Promise.resolve()

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true })
    next.on('error', () => lost(next))
    next.on('end', () => lost(next))
    next.on('notification', ({ channel, payload = '' }) => {
      for (const handler of handlers.get(channel) ?? []) handler(payload)
    })
    await next.connect()
    // One at a time, here and below: pg takes no second question before the first is answered.
    for (const channel of handlers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    client = next
    if (closed) await next.end()
  }
  function lost(which: pg.Client): void {
    if (closed || client !== which) return
    client = undefined
    log.warn('listener: connection lost, trying again')
    again()
  }
  function again(): void {
    if (closed) return
    retry = setTimeout(() => {
      connect().then(
        () => reconnected.forEach((handler) => handler()),
        () => again(),
      )
    }, RETRY_MS)
  }
  await connect()
  return {
    async on(channel, handler) {
      const known = handlers.get(channel)
      if (known) known.push(handler)
      else {
        handlers.set(channel, [handler])
        listening = listening
          .then(() => client?.query(`listen ${pg.escapeIdentifier(channel)}`))
          .catch((error: unknown) => log.warn({ err: error }, 'listen failed'))
      }
      await listening
    },
    onReconnect(handler) {
      reconnected.push(handler)
    },
    async close() {
      closed = true
      clearTimeout(retry)
      await listening
      await client?.end()
    },
  }
}
