import { createHash } from 'node:crypto'

/** A fixed moment in the shape of UUIDv7's first 48 bits: 2026-01-01T00:00:00Z. */
const PREFIX = '019b76da-a800'

/** The same id for the same name on every machine, shaped like UUIDv7. */
export function seedId(name: string): string {
  const hex = createHash('sha256').update(`linli demo ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0b0011) | 0b1000).toString(16)
  return `${PREFIX}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`
}

/** A whole number in [0, below), the same for the same name: stock levels are drawn from it. */
export const seedNumber = (name: string, below: number): number =>
  createHash('sha256').update(`linli demo ${name}`).digest().readUInt32BE(0) % below
