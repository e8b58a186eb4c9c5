import { open } from 'node:fs/promises'
import { createInflateRaw, crc32 } from 'node:zlib'
import { createReadStream } from 'node:fs'

/** A file inside a zip: where its bytes are, how they are packed, and what they must be. */
export interface ZipEntry {
  name: Buffer
  packed: boolean
  /** Of the packed bytes in the archive. */
  start: number
  packedBytes: number
  bytes: number
  crc: number
}
export class ZipFault extends Error {
  override readonly name = 'ZipFault'
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
/** The end record stands before a comment of at most this length. */
const COMMENT_BYTES = 65_535
const DIRECTORY_BYTES = 64 * 1024
const DEFLATED = 8
const ENCRYPTED = 1

type Handle = Awaited<ReturnType<typeof open>>
async function bytesAt(file: Handle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, start)
  if (start < 0 || bytesRead !== length) throw new ZipFault('cut')
  return buffer
}

/** What is in a zip, by its directory at the end: stored or deflated, not encrypted, below four gigabytes. Throws `ZipFault`. */
export async function readZip(path: string): Promise<ZipEntry[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = await bytesAt(
      file,
      Math.max(0, size - END_BYTES - COMMENT_BYTES),
      Math.min(size, END_BYTES + COMMENT_BYTES),
    )
    const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (at < 0 || at + END_BYTES > tail.length || tail.readUInt32LE(at) !== END) throw new ZipFault('no end')
    const [count, length, start] = [
      tail.readUInt16LE(at + 10),
      tail.readUInt32LE(at + 12),
      tail.readUInt32LE(at + 16),
    ]
    if (length > DIRECTORY_BYTES) throw new ZipFault('the directory is too long')
    const directory = await bytesAt(file, start, length)
    const entries: ZipEntry[] = []
    for (let offset = 0; entries.length < count;) {
      if (offset + CENTRAL_BYTES > length || directory.readUInt32LE(offset) !== CENTRAL)
        throw new ZipFault('directory')
      const [nameBytes, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(offset + field))
      entries.push(await entryOf(file, directory.subarray(offset, offset + CENTRAL_BYTES + (nameBytes ?? 0))))
      offset += CENTRAL_BYTES + (nameBytes ?? 0) + (extra ?? 0) + (comment ?? 0)
    }
    return entries
  } finally {
    await file.close()
  }
}

async function entryOf(file: Handle, record: Buffer): Promise<ZipEntry> {
  const method = record.readUInt16LE(10)
  if (record.readUInt16LE(8) & ENCRYPTED || (method !== 0 && method !== DEFLATED))
    throw new ZipFault('packed in another way')
  const local = await bytesAt(file, record.readUInt32LE(42), LOCAL_BYTES)
  if (local.readUInt32LE(0) !== LOCAL) throw new ZipFault('local header')
  return {
    name: record.subarray(CENTRAL_BYTES),
    packed: method === DEFLATED,
    start: record.readUInt32LE(42) + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28),
    packedBytes: record.readUInt32LE(20),
    bytes: record.readUInt32LE(24),
    crc: record.readUInt32LE(16),
  }
}

/** The bytes of one file in pieces. Throws `ZipFault` unless they are as many, and the very ones, that the directory promises. */
export async function* unzipped(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  let [bytes, sum] = [0, 0]
  try {
    for await (const piece of raw(path, entry)) {
      bytes += piece.length
      if (bytes > entry.bytes) throw new ZipFault('longer than it says')
      sum = crc32(piece, sum)
      yield piece
    }
  } catch (cause) {
    if (cause instanceof ZipFault) throw cause
    throw new ZipFault('cannot be unpacked', { cause })
  }
  if (bytes !== entry.bytes || sum !== entry.crc) throw new ZipFault('other bytes than it says')
}

function raw(path: string, { packed, start, packedBytes }: ZipEntry): AsyncIterable<Buffer> {
  if (packedBytes === 0) return empty()
  const source = createReadStream(path, { start, end: start + packedBytes - 1 })
  if (!packed) return source
  const inflate = createInflateRaw()
  source.on('error', (error) => inflate.destroy(error))
  return source.pipe(inflate)
}
async function* empty(): AsyncGenerator<Buffer> {}
