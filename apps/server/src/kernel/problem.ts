/** A named refusal: what a caller did not get, and why. Anything else that is thrown is our own fault (500). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly status: number
  readonly data: Record<string, unknown> | undefined
  readonly fields: { path: string; message: string }[] | undefined
  constructor(
    kind: ProblemKind,
    {
      data,
      fields,
    }: { data?: Record<string, unknown> | undefined; fields?: { path: string; message: string }[] } = {},
  ) {
    // An answer, not a fault: nobody reads its stack, and at a flash sale walking it is a twentieth of what a refusal costs.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(kind.detail)
    Error.stackTraceLimit = stackTraceLimit
    this.code = kind.code
    this.status = kind.status
    this.data = data
    this.fields = fields
  }
}

export interface ProblemKind {
  readonly code: string
  readonly status: number
  readonly detail: string
}

/** Names a refusal. The sentence is for developers; clients word it for people by its code. */
export const problem = (code: string, status: number, detail: string): ProblemKind => ({
  code,
  status,
  detail,
})

export function refuse(kind: ProblemKind, data?: Record<string, unknown>): never {
  throw new Problem(kind, { data })
}

export const requestInvalid = problem('request.invalid', 400, 'the request does not fit the contract')
export const requestTooLarge = problem('request.too_large', 413, 'the request body is too large')
export const requestNotUtf8 = problem('request.not_utf8', 400, 'the request body is not UTF-8')
export const requestNotJson = problem('request.not_json', 400, 'the request body is not JSON')
export const mediaUnsupported = problem(
  'request.media_unsupported',
  415,
  'this content type is not accepted here',
)
export const routeMissing = problem('request.route_missing', 404, 'there is no such route')
export const signInNeeded = problem('session.missing', 401, 'sign in first')
export const sessionEnded = problem('session.ended', 401, 'the session has ended: sign in again')
export const notAllowed = problem('staff.not_allowed', 403, 'your role does not allow this')
export const internalFault = problem('server.fault', 500, 'something went wrong on our side')
export const overloaded = problem('server.overloaded', 503, 'too busy: try again in a moment')
