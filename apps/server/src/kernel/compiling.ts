import { Ajv } from 'ajv'
import fastJsonStringify from 'fast-json-stringify'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

const ajvOptions = { removeAdditional: false, useDefaults: false, allErrors: false, strict: false } as const

/**
 * Lets schemas become code when a route is first called. All of them take half a second, which a process that answers
 * few routes need not spend. Answers a function that makes the rest at once, for a server before it takes customers.
 */
export function compileWhenCalled(app: FastifyInstance): () => void {
  // Fastify's default would turn "5" into 5 and drop unknown fields silently. Only what a URL carries is text by nature.
  const exact = new Ajv({ ...ajvOptions, coerceTypes: false })
  const coercing = new Ajv({ ...ajvOptions, coerceTypes: true })
  const made: (() => unknown)[] = []
  const once = <T>(make: () => T): (() => T) => {
    let value: T | undefined
    const get = () => (value ??= make())
    made.push(get)
    return get
  }
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const compiled = once(() => (httpPart === 'body' ? exact : coercing).compile(schema as object))
    const validate: ReturnType<FastifySchemaCompiler<unknown>> = (data: unknown) => {
      const ok = compiled()(data)
      validate.errors = compiled().errors ?? null
      return ok
    }
    return validate
  })
  app.setSerializerCompiler(({ schema }) => {
    const compiled = once(() => fastJsonStringify(schema as object))
    return (data: unknown) => compiled()(data)
  })
  return () => {
    for (const make of made) make()
  }
}
