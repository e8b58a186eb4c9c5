import { randomUUIDv7 } from 'node:crypto'

/** A new id: UUIDv7, so that rows made together lie together. */
export const newId = (): string => randomUUIDv7()
