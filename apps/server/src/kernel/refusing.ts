import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.ts'
import {
  internalFault,
  mediaUnsupported,
  overloaded,
  Problem,
  requestInvalid,
  requestTooLarge,
} from './problem.ts'

interface FastifyFault {
  code?: string
  statusCode?: number
  validation?: { instancePath: string; message?: string; params?: Record<string, unknown> }[]
  validationContext?: string
}

/** Seconds after which it is worth trying again. */
const waitOf = ({ data }: Problem): number =>
  typeof data?.['retryAfterSeconds'] === 'number' ? data['retryAfterSeconds'] : 1

/** What a request was refused with. */
const refusals = new WeakMap<FastifyRequest, string>()
/** The code that this request was refused with. */
export const refusalOf = (request: FastifyRequest): string | null => refusals.get(request) ?? null

/** Answers a refusal, or a fault of ours without detail. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics,
): void {
  const known = error instanceof Problem ? error : translate(error as FastifyFault)
  if (known.status >= 500 && known.code === internalFault.code) request.log.error({ err: error }, 'fault')
  else request.log.info({ problem: known.code }, 'refused')
  refusals.set(request, known.code)
  metrics.refusals.inc({ code: known.code })
  if (known.status === 503 || known.status === 429) reply.header('retry-after', String(waitOf(known)))
  void reply
    .code(known.status)
    .type('application/json; charset=utf-8')
    .send(
      JSON.stringify({
        code: known.code,
        status: known.status,
        detail: known.message,
        requestId: request.id,
        ...(known.fields ? { fields: known.fields } : {}),
        ...(known.data ? { data: known.data } : {}),
      }),
    )
}

function translate(error: FastifyFault): Problem {
  if (error.validation) {
    const fields = error.validation.map(({ instancePath, message = '', params = {} }) => ({
      path: [error.validationContext ?? 'body', ...instancePath.split('/').slice(1)].join('.'),
      message:
        'additionalProperty' in params ? `${message}: ${String(params['additionalProperty'])}` : message,
    }))
    return new Problem(requestInvalid, { fields })
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem(requestTooLarge)
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem(mediaUnsupported)
  if (error.statusCode === 503) return new Problem(overloaded)
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return new Problem(requestInvalid)
  return new Problem(internalFault)
}
