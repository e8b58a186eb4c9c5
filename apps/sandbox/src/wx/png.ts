/** The smallest PNG there is: black and white, one byte to a pixel, deflated by Node. */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const GREY_8_BIT = Buffer.from([8, 0, 0, 0, 0])
const BLACK = 0
const WHITE = 255

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A square picture of `size` pixels a side. */
export const png = (size: number, isDark: (x: number, y: number) => boolean): Buffer => {
  const rows = Buffer.alloc(size * (size + 1), WHITE)
  for (let y = 0; y < size; y += 1) {
    // Each row begins with its filter: none.
    rows[y * (size + 1)] = 0
    for (let x = 0; x < size; x += 1) if (isDark(x, y)) rows[y * (size + 1) + 1 + x] = BLACK
  }
  const head = Buffer.alloc(8)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([head, GREY_8_BIT])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
