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
/** A stream ends now and then, so that an ended session or a changed role is noticed when it comes back. */
const LONGEST_MS = 10 * 60_000
const STREAMS_AT_MOST = 200
const ROWS_AT_MOST = 50
/** A reader that does not read is let go; its client comes back by itself. */
const BACKLOG_BYTES = 256 * 1024

interface Stream {
  actor: StaffActor
  reply: FastifyReply
  ends: NodeJS.Timeout
}

/** Open streams: each with a heartbeat, an end, and a bound on what waits to be read. */
function createStreams() {
  const streams = new Set<Stream>()
  const each = (visit: (stream: Stream) => void): void => streams.forEach(visit)
  function send({ reply }: Stream, text: string): void {
    if (reply.raw.writableLength > BACKLOG_BYTES) reply.raw.destroy()
    else reply.raw.write(text)
  }
  function end(stream: Stream): void {
    clearTimeout(stream.ends)
    streams.delete(stream)
    stream.reply.raw.end()
  }
  const beat = setInterval(() => each((stream) => send(stream, ': beat\n\n')), BEAT_MS)
  beat.unref()
  return {
    each,
    send,
    watched: (): boolean => streams.size > 0,
    open(actor: StaffActor, reply: FastifyReply): void {
      if (streams.size >= STREAMS_AT_MOST) refuse(overloaded)
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      const stream: Stream = { actor, reply, ends: setTimeout(() => end(stream), LONGEST_MS) }
      stream.ends.unref()
      reply.raw.on('close', () => end(stream))
      streams.add(stream)
      send(stream, 'retry: 2000\n\n')
    },
    close(): void {
      clearInterval(beat)
      each(end)
    },
  }
}

/** New and changed orders, told to whoever watches. News of a third of a second is gathered, so that a rush costs one query, not thousands. */
export interface LiveOrders {
  open(actor: StaffActor, reply: FastifyReply): void
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
    streams.each((stream) => {
      const items = rows.filter(({ storeId }) => inScope(stream.actor, storeId))
      if (items.length > 0)
        streams.send(stream, `event: orders\ndata: ${JSON.stringify({ items, missed })}\n\n`)
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
    open: (actor, reply) => streams.open(actor, reply),
    close() {
      clearTimeout(timer)
      streams.close()
    },
  }
}
