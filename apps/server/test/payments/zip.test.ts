// Archives as Alipay packs them, and whatever else may come in their place.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { zipOf } from '../../../sandbox/src/alipay/zip.ts'
import { readZip, unzipped, ZipFault } from '../../src/rooms/payments/zip.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'linli-zip-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const TEXT = Buffer.from('一行, 又一行\n'.repeat(5000))
const whole = zipOf([
  { name: Buffer.from('a.csv'), bytes: TEXT },
  { name: Buffer.from('b.csv'), bytes: Buffer.from('b') },
])
let serial = 0
async function write(bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, `${++serial}.zip`)
  await writeFile(file, bytes)
  return file
}
async function unpack(bytes: Uint8Array): Promise<Buffer[]> {
  const file = await write(bytes)
  const files: Buffer[] = []
  for (const entry of await readZip(file)) {
    const pieces: Buffer[] = []
    for await (const piece of unzipped(file, entry)) pieces.push(piece)
    files.push(Buffer.concat(pieces))
  }
  return files
}

test('every file comes back as it went in, with its name, also behind a comment', async () => {
  assert.deepEqual(await unpack(whole), [TEXT, Buffer.from('b')])
  const names = (await readZip(await write(whole))).map(({ name }) => name.toString())
  assert.deepEqual(names, ['a.csv', 'b.csv'])
  assert.deepEqual(await unpack(Buffer.concat([whole, Buffer.from('comment')])), [TEXT, Buffer.from('b')])
})

test('cut anywhere, it is no archive', async () => {
  for (const share of [0, 0.01, 0.3, 0.5, 0.9, 0.99])
    await assert.rejects(unpack(whole.subarray(0, Math.floor(whole.length * share))), ZipFault, String(share))
  await assert.rejects(unpack(Buffer.from('<html>502 Bad Gateway</html>'.repeat(10))), ZipFault)
})

test('other bytes, another length, another packing: not believed', async () => {
  const spoil = (at: number, byte: number) => {
    const copy = Buffer.from(whole)
    copy[at] = byte
    return copy
  }
  const directory = whole.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  const body = 30 + 'a.csv'.length + 20
  await assert.rejects(unpack(spoil(body, (whole[body] ?? 0) ^ 0xff)), ZipFault, 'a byte of the text')
  await assert.rejects(
    unpack(spoil(directory + 16, (whole[directory + 16] ?? 0) ^ 1)),
    ZipFault,
    'its check sum',
  )
  await assert.rejects(
    unpack(spoil(directory + 24, (whole[directory + 24] ?? 0) ^ 1)),
    ZipFault,
    'its length',
  )
  await assert.rejects(unpack(spoil(directory + 10, 12)), ZipFault, 'another method')
  await assert.rejects(unpack(spoil(directory + 8, 1)), ZipFault, 'encrypted')
})
