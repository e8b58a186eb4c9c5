import type { Static, TObject, TSchema } from 'typebox'

/** Who may call a route. `staff` and `console` both need a staff session; a `partner` signs each request; `hook` is checked by its own signature. */
export type Access = 'public' | 'member' | 'staff' | 'console' | 'partner' | 'hook'

/** WeChat's client has no PATCH, so neither do we: a change is a sub-resource (`POST …/cancellation`). */
export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`

export interface Route {
  summary: string
  access: Access
  /** Permission that the staff member needs besides a session, e.g. `orders.refund`. */
  permission?: string
  /** What a partner must have been allowed, e.g. `till:sales`; without it every live key will do. */
  scope?: string
  params?: TObject
  query?: TObject
  body?: TSchema
  /** Raw body instead of JSON: accepted content types and the largest size in bytes. */
  bytes?: { types: readonly string[]; maxBytes: number }
  /** Server-sent events: the answer never ends. */
  stream?: boolean
  ok: TSchema
  status?: 200 | 201 | 202 | 204
  /** Codes of the named refusals a caller must expect, besides those every route shares. */
  errors: readonly string[]
}

export type Routes = Readonly<Record<RouteKey, Route>>

/** Keeps the literal types of a route table; checks its shape. */
export const defineRoutes = <const T extends Routes>(routes: T): T => routes

type In<T> = T extends TSchema ? Static<T> : undefined

/** What a caller hands over: only the parts the route declares. */
export type Input<R extends Route> = (R['params'] extends TSchema ? { params: In<R['params']> } : unknown) &
  (R['query'] extends TSchema ? { query?: In<R['query']> } : unknown) &
  (R['body'] extends TSchema ? { body: In<R['body']> } : unknown) &
  (R['bytes'] extends object ? { bytes: Uint8Array | Blob; contentType: string } : unknown)

export type Output<R extends Route> = Static<R['ok']>

/** Every refusal on the wire. `code` is stable; words for customers live in the clients, keyed by code. */
export interface ProblemBody {
  code: string
  status: number
  detail: string
  requestId: string
  /** Facts that belong to the code, e.g. `{ skuId }` for `inventory.stock_short`. */
  data?: Record<string, unknown>
  /** For `request.invalid`: which field, and what is wrong with it. */
  fields?: { path: string; message: string }[]
}
