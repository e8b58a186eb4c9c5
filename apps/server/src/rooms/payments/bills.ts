import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { BillKind, ProviderName } from './facts.ts'
import type { BillOffer } from './provider.ts'
import { ProviderFault } from './provider-fault.ts'
import { providerOf, type Room } from './room.ts'
import { readZip, unzipped, type ZipEntry } from './zip.ts'

/** A bill on our own disk: whole, and with the hash that the provider gave, where it gives one. Remove it after use. */
export interface BillFile {
  /** Of the text as it lies here. */
  sha1: string
  /** The text in pieces, unpacked; each call begins anew. */
  pieces(): AsyncIterable<Buffer>
  remove(): Promise<void>
}
/**
 * `none`: there is no bill, which is also what a provider says of a day without trades. `creating`: ask again later. `trouble`: it could not be had
 * this time; `code` is the provider's or one of ours.
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
 * The bytes are not signed: what makes them WeChat's is the hash in the signed reply. Alipay gives none; there the connection vouches for them, and
 * the sums that the archive and the bill state of themselves.
 */
export async function takeBill(
  room: Room,
  provider: ProviderName,
  kind: BillKind,
  day: string,
): Promise<BillAnswer> {
  try {
    const offer = await providerOf(room, provider).bills.offer(kind, day)
    if (offer === 'none' || offer === 'creating') return { state: offer }
    return { state: 'ready', file: await download(offer) }
  } catch (fault) {
    room.ctx.log.warn({ err: fault, provider, kind, day }, 'bill not fetched')
    if (fault instanceof ProviderFault) return { state: 'trouble', code: fault.code }
    throw fault
  }
}

type Offered = Exclude<BillOffer, string>
async function download({ bytes, packing, sha1 }: Offered): Promise<BillFile> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'linli-bill-'))
  const file = path.join(folder, `bill.${packing}`)
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await pipeline(bytes(), bounded(), createWriteStream(file, { mode: 0o600 }))
    const entry = packing === 'zip' ? await billIn(file) : null
    const pieces = () => (entry ? unzipped(file, entry) : gunzipped(file))
    const found = await hashOf(pieces())
    if (sha1 !== null && found !== sha1)
      throw new ProviderFault('ambiguous', 'BILL_HASH', 'the bill has another hash')
    return { sha1: found, pieces, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Alipay's archive holds the rows and, beside them, their sums by store; names are as Chinese as the bill. */
async function billIn(file: string): Promise<ZipEntry> {
  const entries = await readZip(file).catch((cause: unknown) => {
    throw new ProviderFault('ambiguous', 'BILL_CUT', 'the bill is no whole archive', { cause })
  })
  const named = entries.filter(({ name }) =>
    ['utf-8', 'gb18030'].some((encoding) => {
      const text = new TextDecoder(encoding).decode(name)
      return text.endsWith('业务明细.csv')
    }),
  )
  const [entry] = named
  if (!entry || named.length > 1)
    throw new ProviderFault('ambiguous', 'BILL_ODD', `an archive with ${named.length} bills`)
  return entry
}

const gunzipped = (file: string): AsyncIterable<Buffer> => {
  const gunzip = createGunzip()
  const source = createReadStream(file)
  source.on('error', (error) => gunzip.destroy(error))
  return source.pipe(gunzip)
}

async function hashOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  const digest = createHash('sha1')
  let bytes = 0
  try {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > LARGEST_BYTES) throw new ProviderFault('ambiguous', 'TOO_LONG', 'the bill has no end')
      digest.update(piece)
    }
  } catch (cause) {
    if (cause instanceof ProviderFault) throw cause
    throw new ProviderFault('ambiguous', 'BILL_CUT', 'the bill cannot be unpacked', { cause })
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
