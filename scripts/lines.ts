const NEWLINE = 0x0a
const CHUNK_BYTES = 64 * 1024

/** Reads a stream line by line, as bytes. */
export type LineReader = {
  /** The next line without its newline; undefined at the end. A last line without a newline was cut off: that throws. */
  next(): Promise<Buffer | undefined>
  /** The lines up to the one that equals `last`, newlines kept, in handy chunks. Throws when the stream ends before. */
  until(last: string): AsyncGenerator<Buffer>
}

export function readLines(source: AsyncIterable<Buffer>): LineReader {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const next = async (): Promise<Buffer | undefined> => {
    const parts: Buffer[] = []
    for (;;) {
      const end = rest.indexOf(NEWLINE)
      if (end >= 0) {
        parts.push(rest.subarray(0, end))
        rest = rest.subarray(end + 1)
        return parts.length === 1 ? parts[0] : Buffer.concat(parts)
      }
      if (rest.length > 0) parts.push(rest)
      const more = await chunks.next()
      if (more.done) {
        if (parts.length > 0) throw new Error('the file ends in the middle of a line')
        return undefined
      }
      rest = more.value
    }
  }
  async function* until(last: string): AsyncGenerator<Buffer> {
    let pending: Buffer[] = []
    let size = 0
    for (let line = await next(); ; line = await next()) {
      if (!line) throw new Error('the file ends in the middle of a table')
      if (line.length === last.length && line.toString('latin1') === last) break
      pending.push(line, Buffer.of(NEWLINE))
      size += line.length + 1
      if (size < CHUNK_BYTES) continue
      yield Buffer.concat(pending)
      pending = []
      size = 0
    }
    if (size > 0) yield Buffer.concat(pending)
  }
  return { next, until }
}
