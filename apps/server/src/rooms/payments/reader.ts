import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** Reads a value as what the schema says, or null. */
export function reader<const S extends TSchema>(schema: S): (value: unknown) => Static<S> | null {
  const check = Compile(schema)
  return (value) => (check.Check(value) ? value : null)
}
