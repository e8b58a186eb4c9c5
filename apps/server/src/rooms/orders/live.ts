import type { FastifyReply } from 'fastify'
import type { StaffActor } from '#kernel/actor'
import { inScope } from '#kernel/actor'
import { overloaded, refuse } from '#kernel/problem'
import { rowsOf } from './console.ts'
import { listByIds } from './console.sql.ts'
import { unpackIds } from './desk.sql.ts'
import type { Room } from './room.ts'

const GATHER_MS = 300
const BEAT_MS = 15_000
const LONGEST_MS = 10 * 60_000
const STREAMS_AT_MOST = 200
/** Of one person, so that nobody takes all the places: their oldest makes room. */
const OF_ONE_PERSON = 10
const ROWS_AT_MOST = 50
/** A reader that does not read is let go; its client comes back by itself. */
const BACKLOG_BYTES = 256 * 1024

/** Who is watching, asked anew before anything is told: a session may have ended, a role or its stores changed. */
type Watcher = () => Promise<StaffActor | undefined>
interface Stream {
  staffId: string
  watcher: Watcher
  reply: FastifyReply
  ends: NodeJS.Timeout
}

/** Open streams: each with a heartbeat, an end, and a bound on what waits to be read. */
function createStreams() {
  const streams = new Set<Stream>()
  function send({ reply }: Stream, text: string): void {
    if (text === '') return
    if (reply.raw.writableLength > BACKLOG_BYTES) reply.raw.destroy()
    else reply.raw.write(text)
  }
  function end(stream: Stream): void {
    clearTimeout(stream.ends)
    streams.delete(stream)
    stream.reply.raw.end()
  }
  /** Sends everyone what they may see; nothing to see sends nothing. Who may no longer watch is shown out. */
  async function tell(textFor: (actor: StaffActor) => string): Promise<void> {
    for (const stream of streams) {
      const actor = await stream.watcher()
      if (!actor) end(stream)
      else if (streams.has(stream)) send(stream, textFor(actor))
    }
  }
  const beat = setInterval(() => void tell(() => ': beat\n\n'), BEAT_MS)
  beat.unref()
  return {
    tell,
    watched: (): boolean => streams.size > 0,
    open({ staffId }: StaffActor, watcher: Watcher, reply: FastifyReply): void {
      const theirs = [...streams].filter((stream) => stream.staffId === staffId)
      if (theirs[0] && theirs.length >= OF_ONE_PERSON) end(theirs[0])
      if (streams.size >= STREAMS_AT_MOST) refuse(overloaded)
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      const stream: Stream = { staffId, watcher, reply, ends: setTimeout(() => end(stream), LONGEST_MS) }
      stream.ends.unref()
      reply.raw.on('close', () => end(stream))
      streams.add(stream)
      send(stream, 'retry: 2000\n\n')
    },
    close(): void {
      clearInterval(beat)
      streams.forEach(end)
    },
  }
}

/** New and changed orders, told to whoever watches. News of a third of a second is gathered, so that a rush costs one query, not thousands. */
export interface LiveOrders {
  /** `bearer` stays good for as long as the stream does. */
  open(actor: StaffActor, bearer: string, reply: FastifyReply): void
  close(): void
}

export function createLiveOrders(room: Room): LiveOrders {
  const { listener, log, db } = room.ctx
  const streams = createStreams()
  let gathered = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  async function tell(): Promise<void> {
    timer = undefined
    const ids = [...gathered]
    gathered = new Set()
    if (!streams.watched()) return
    // The newest of a rush; whoever needs all of them reads the list.
    const rows = await rowsOf(room, await listByIds(db, ids.slice(-ROWS_AT_MOST)))
    const missed = ids.length > ROWS_AT_MOST
    await streams.tell((actor) => {
      const items = rows.filter(({ storeId }) => inScope(actor, storeId))
      return items.length > 0 ? `event: orders\ndata: ${JSON.stringify({ items, missed })}\n\n` : ''
    })
  }

  void listener.on('orders', (payload) => {
    if (!streams.watched()) return
    for (const id of unpackIds(payload)) gathered.add(id)
    timer ??= setTimeout(() => {
      tell().catch((error: unknown) => log.warn({ err: error }, 'live orders could not be read'))
    }, GATHER_MS)
  })
  return {
    open(actor, bearer, reply) {
      const watcher = async () => {
        const now = await room.staff.authenticate(bearer, 'console').catch(() => undefined)
        return now?.permissions.has('orders.read') ? now : undefined
      }
      streams.open(actor, watcher, reply)
    },
    close() {
      clearTimeout(timer)
      streams.close()
    },
  }
}
