import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Client, Connection, Submittable } from 'pg'

/*
 * PostgreSQL's COPY over a `pg` client, which carries the messages of COPY but has no call for it. A query object of our
 * own receives what the client passes on.
 */
type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/** Runs `copy … to stdout` into the target, no faster than the target takes it. Answers the number of rows. */
export async function copyOut(client: Client, statement: string, target: Writable): Promise<number> {
  let isPaused = false
  const { query, rows } = copyQuery(statement, {
    handleCopyData({ chunk }: { chunk: Buffer }, { stream }: CopyConnection) {
      // The driver reuses the memory of a chunk for the next; chunks that had arrived before a pause still come.
      if (target.write(Buffer.from(chunk)) || isPaused) return
      isPaused = true
      stream.pause()
      target.once('drain', () => {
        isPaused = false
        stream.resume()
      })
    },
  })
  client.query(query)
  return rows
}

/** Runs `copy … from stdin` with the chunks of the source. Answers the number of rows. */
export async function copyIn(
  client: Client,
  statement: string,
  source: AsyncIterable<Buffer>,
): Promise<number> {
  const { query, rows } = copyQuery(statement, {
    handleCopyInResponse(connection: CopyConnection) {
      send(connection, source).catch((error: unknown) => connection.sendCopyFail(String(error)))
    },
  })
  client.query(query)
  return rows
}

async function send(connection: CopyConnection, source: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of source) {
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
  }
  connection.endCopyFrom()
}

function copyQuery(statement: string, handlers: object): { query: Submittable; rows: Promise<number> } {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let count = 0
  const query = {
    submit: (connection: Connection) => connection.query(statement),
    handleCommandComplete({ text }: { text: string }) {
      count = Number(/^COPY (\d+)/.exec(text)?.[1])
    },
    handleReadyForQuery: () => resolve(count),
    handleError: (error: Error) => reject(error),
    ...handlers,
  }
  return { query, rows: promise }
}
