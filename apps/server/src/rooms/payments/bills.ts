import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { BillKind } from './facts.ts'
import type { Room } from './room.ts'
import { FOR_A_BILL } from './trying.ts'
import { ProviderFault } from './provider-fault.ts'

/** A bill on our own disk: whole, and with the hash that WeChat gave. Remove it after use. */
export interface BillFile {
  sha1: string
  /** The text in pieces, unzipped; each call begins anew. */
  pieces(): AsyncIterable<Buffer>
  remove(): Promise<void>
}
/**
 * `none`: WeChat made no bill, which is also what it says of a day without trades. `creating`: ask again later. `trouble`: it could not be had
 * this time; `code` is WeChat's or one of ours.
 */
export type BillAnswer =
  | { state: 'ready'; file: BillFile }
  | { state: 'none' }
  | { state: 'creating' }
  | { state: 'trouble'; code: string }

/** A bill of a million rows has about 300 MB; what is far beyond it is no bill. */
const LARGEST_BYTES = 4 * 1024 ** 3

/**
 * Fetches the bill of a business day to a file of its own, never into memory. The address lives for seconds, so it is asked for and used at once.
 * The bytes are not signed: what makes them WeChat's is the hash in the signed reply.
 */
export async function takeBill(room: Room, kind: BillKind, day: string): Promise<BillAnswer> {
  try {
    const offer = await room.wxpay.bill(kind, day, FOR_A_BILL)
    if (offer === 'none' || offer === 'creating') return { state: offer }
    return { state: 'ready', file: await download(room, offer) }
  } catch (fault) {
    room.ctx.log.warn({ err: fault, kind, day }, 'bill not fetched')
    if (fault instanceof ProviderFault) return { state: 'trouble', code: fault.code }
    throw fault
  }
}

async function download(room: Room, { sha1, url }: { sha1: string; url: string }): Promise<BillFile> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-bill-'))
  const file = path.join(folder, 'bill.csv.gz')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await pipeline(room.wxpay.billBytes(url), bounded(), createWriteStream(file, { mode: 0o600 }))
    const found = await hashOf(file)
    if (found !== sha1.toLowerCase())
      throw new ProviderFault('ambiguous', 'BILL_HASH', 'the bill has another hash')
    return { sha1: found, pieces: () => unzipped(file), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const unzipped = (file: string): AsyncIterable<Buffer> => {
  const gunzip = createGunzip()
  const source = createReadStream(file)
  source.on('error', (error) => gunzip.destroy(error))
  return source.pipe(gunzip)
}

async function hashOf(file: string): Promise<string> {
  const digest = createHash('sha1')
  let bytes = 0
  try {
    for await (const piece of unzipped(file)) {
      bytes += piece.length
      if (bytes > LARGEST_BYTES) throw new ProviderFault('ambiguous', 'TOO_LONG', 'the bill has no end')
      digest.update(piece)
    }
  } catch (cause) {
    if (cause instanceof ProviderFault) throw cause
    throw new ProviderFault('ambiguous', 'BILL_CUT', 'the bill cannot be unzipped', { cause })
  }
  return digest.digest('hex')
}

/** A zip bomb ends here. */
function bounded(): Transform {
  let bytes = 0
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      if (bytes > LARGEST_BYTES) done(new ProviderFault('ambiguous', 'TOO_LONG', 'the bill has no end'))
      else done(null, piece)
    },
  })
}
