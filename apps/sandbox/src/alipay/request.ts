/** Reading a request to the gateway, and every check that the real one makes before it looks at the business. */
import type { World } from '../world.ts'
import { refuse } from './refusals.ts'
import { instantOf, isSigned } from './wire.ts'
import type { Fields } from './wire.ts'

export type Content = Record<string, unknown>

const SKEW_MS = 15 * 60_000

/** Fields of the address and of the form together; null when one comes twice. */
export const fieldsOf = (search: string, form: string): Fields | null => {
  const pairs = [...new URLSearchParams(search), ...new URLSearchParams(form)]
  const fields = Object.fromEntries(pairs)
  return Object.keys(fields).length === pairs.length ? fields : null
}

/** Refuses the first thing wrong with the common fields. Answers the business content. */
export const checkedContent = (world: World, fields: Fields): Content => {
  const { alipay } = world.keys
  if (fields.app_id !== alipay.appId) refuse('noApp')
  if (fields.charset?.toLowerCase() !== 'utf-8') refuse('badCharset')
  if (fields.version !== '1.0') refuse('badVersion')
  if (fields.sign_type !== 'RSA2') refuse('badSignType')
  const stamped = instantOf(fields.timestamp ?? '')
  if (stamped === null || Math.abs(world.clock.stamp().getTime() - stamped) > SKEW_MS) refuse('badTimestamp')
  if (!isSigned(fields, alipay.appPublicKey)) refuse('badSign')
  return contentOf(fields) ?? refuse('badContent')
}

/** The business content before anything is checked, for the journal and for faults. */
export const contentOf = (fields: Fields | null): Content | null => {
  try {
    const value: unknown = JSON.parse(fields?.biz_content ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : null
  } catch {
    return null
  }
}

/** Text of a required field, within its length. */
export const textAt = (content: Content, name: string, max: number): string => {
  const value = content[name]
  if (typeof value === 'string' && value !== '' && value.length <= max) return value
  return refuse('parameter', name)
}

/** Refuses fields that the interface does not have. */
export const refuseUnknown = (content: Content, known: readonly string[]): void => {
  for (const name of Object.keys(content)) if (!known.includes(name)) refuse('parameter', name)
}
