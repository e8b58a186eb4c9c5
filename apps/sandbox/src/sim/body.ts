/** Reading the control interface's own bodies and queries, and refusing what cannot be meant. */
import { SimProblem } from '../problem.ts'

export type Body = Record<string, unknown>

/** The body as an object; anything else counts as empty. */
export const bodyOf = (body: unknown): Body =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : {}

/** Refuses a request to the control interface. */
export const refuse = (code: string, message: string, status = 400): never => {
  throw new SimProblem(status, code, message)
}

/** A whole number between bounds, from a body or a query, or the fallback when it is absent. */
export const numberFrom = (
  value: unknown,
  name: string,
  min: number,
  max: number,
  fallback: number,
): number => {
  if (value === undefined || value === '') return fallback
  const read = typeof value === 'string' ? Number(value) : value
  if (typeof read !== 'number' || !Number.isFinite(read) || read < min || read > max) {
    return refuse('sim.number_wrong', `${name} must be a number from ${min} to ${max}`)
  }
  return read
}

/** Text from a query, or undefined. */
export const textFrom = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
