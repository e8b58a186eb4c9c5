import { randomUUIDv7 } from 'node:crypto'

/** A new id: UUIDv7, so that rows made together lie together. */
export const newId = (): string => randomUUIDv7()

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Whether a text from outside can be an id at all: the database refuses to compare what cannot. */
export const isId = (text: string): boolean => UUID.test(text)
