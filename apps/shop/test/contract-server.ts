import { floorRoutes, shopperRoutes } from '@linli/contract'
import type { FloorRoutes, Input, Output, Route, ShopperRoutes } from '@linli/contract'
import { Value } from 'typebox/value'
import type { TSchema } from 'typebox'
import type { Network, NetworkRequest } from './weapp-host/wx-network.ts'

type Table = ShopperRoutes & FloorRoutes
export type Key = keyof Table & `${string} ${string}`

/** What a route is asked with, typed by the contract. */
type Given<K extends Key> = Required<Input<Table[K]>>
/** A canned answer for each route that a test expects to be asked. */
export type Answers = { [K in Key]?: (given: Given<K>) => Output<Table[K]> | Refusal }

export interface Refusal {
  refused: string
  status: number
  data?: Record<string, unknown>
}
/** Refuses with one of the route's declared codes. */
export const refusal = (refused: string, status: number): Refusal => ({ refused, status })

export interface Asked {
  route: Key
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
  token: string | null
}

export interface ContractServer {
  network: Network
  /** Every request, in order. */
  asked: Asked[]
  /** Whatever did not fit the contract, from either side, and routes without an answer. A healthy run leaves it empty. */
  faults: string[]
  /** Set to play a phone without a network. */
  offline: boolean
}

type AnyAnswer = (given: { params: unknown; query: unknown; body: unknown }) => unknown
// Refusals that every route shares.
const SHARED_CODES = [
  'request.invalid',
  'session.missing',
  'session.ended',
  'server.fault',
  'server.overloaded',
]
const routes: Record<string, Route> = { ...shopperRoutes, ...floorRoutes }
const patterns = Object.keys(routes).map((key) => {
  const [method = '', path = ''] = key.split(' ')
  return {
    key: key as Key,
    method,
    names: [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''),
    pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`),
  }
})

/** Plays the server with canned answers. Both directions are held against the contract, so the answers cannot drift from it. */
export function contractServer(answers: Answers): ContractServer {
  const asked: Asked[] = []
  const faults: string[] = []
  const check = (what: string, schema: TSchema | undefined, value: unknown) => {
    if (schema === undefined || Value.Check(schema, value)) return true
    const [first] = Value.Errors(schema, value)
    faults.push(`${what} does not fit the contract: ${first?.instancePath ?? ''} ${first?.message ?? ''}`)
    return false
  }

  const server: ContractServer = {
    asked,
    faults,
    offline: false,
    async network(request) {
      if (server.offline) return null
      const found = read(request)
      if (!found) {
        faults.push(`no route of the contract: ${request.method} ${request.url}`)
        return problem('request.route_missing', 404)
      }
      asked.push(found)
      const route = routes[found.route]
      const answer = answers[found.route] as AnyAnswer | undefined
      if (!route || !answer) {
        faults.push(`no canned answer for ${found.route}`)
        return problem('server.fault', 500)
      }
      const fits = (['params', 'query', 'body'] as const).map((part) =>
        check(`${part} of ${found.route}`, route[part], found[part]),
      )
      if (fits.includes(false)) return problem('request.invalid', 400)
      if (route.access !== 'public' && found.token === null) return problem('session.missing', 401)
      const told = answer(found)
      if (isRefusal(told)) {
        const known = [...SHARED_CODES, ...route.errors].includes(told.refused)
        if (!known) faults.push(`${found.route} does not declare ${told.refused}`)
        return problem(told.refused, told.status, told.data)
      }
      check(`the canned answer of ${found.route}`, route.ok, told)
      return { status: route.status ?? 200, body: told }
    },
  }
  return server
}

const isRefusal = (told: unknown): told is Refusal =>
  typeof told === 'object' && told !== null && 'refused' in told

const problem = (code: string, status: number, data?: Record<string, unknown>) => ({
  status,
  body: { code, status, detail: 'a canned refusal', requestId: 'req-canned', ...(data && { data }) },
})

function read({ method, url, headers, body }: NetworkRequest): Asked | null {
  const { pathname, searchParams } = new URL(url)
  const match = patterns.find((each) => each.method === method && each.pattern.test(pathname))
  if (!match) return null
  const values = match.pattern.exec(pathname)?.slice(1) ?? []
  const given = Object.fromEntries(searchParams)
  const { query } = routes[match.key] ?? {}
  return {
    route: match.key,
    params: Object.fromEntries(match.names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')])),
    // Query strings are text; the server turns them into numbers before it checks them.
    query: (query ? Value.Convert(query, given) : given) as Record<string, unknown>,
    body: body === undefined ? undefined : (JSON.parse(body) as unknown),
    token: /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? null,
  }
}
