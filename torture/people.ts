import { type AllRoutes, allRoutes, type ProblemBody } from '@linli/contract'
import { type Api, ApiProblem, createClient, type Transport } from '@linli/contract/client'
import { fetchTransport } from '@linli/contract/transports'
import { PASSWORD } from '../apps/server/test/fixtures.ts'
import type { Chain } from './chain.ts'
import type { Dice } from './dice.ts'
import type { Sightings } from './sightings.ts'

export type LinliApi = Api<AllRoutes>

/** What came of a call. `lost`: nobody knows whether it happened. */
export type Answer<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; problem: ProblemBody }
  | { kind: 'lost'; why: string }

export async function answerOf<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'ok', value: await call }
  } catch (error) {
    if (error instanceof ApiProblem) return { kind: 'refused', problem: error.problem }
    return { kind: 'lost', why: error instanceof Error ? error.message : String(error) }
  }
}
export const valueOf = <T>(answer: Answer<T>): T | undefined =>
  answer.kind === 'ok' ? answer.value : undefined

/** Somebody with a session, which is begun anew whenever it has ended. */
export interface Person {
  name: string
  /** A client whose calls go to a server that these dice choose, whether it is alive or not. */
  with(dice: Dice): LinliApi
}

type Face = 'shop' | 'console' | 'floor'
const PATIENCE_MS = 25_000

export function createPerson(chain: Chain, sightings: Sightings, face: Face, name: string): Person {
  let token: string | undefined
  const transportTo = (origin: string): Transport => fetchTransport(origin, PATIENCE_MS)
  /** One call, noted. */
  const send =
    (origin: string): Transport =>
    (wire) =>
      sightings.watch(routeOf(wire.method, wire.url), () => transportTo(origin)(wire))
  const signIn = async (origin: string): Promise<string> => {
    const api = createClient<AllRoutes>({ transport: send(origin) })
    if (face === 'shop') {
      const { code } = await chain.sim<{ code: string }>('POST', '/_sim/login', { shopper: name })
      return (await api('POST /v1/sessions', { body: { code } })).token
    }
    const body = { account: name, password: PASSWORD }
    const session =
      face === 'console'
        ? await api('POST /console/v1/sessions', { body })
        : await api('POST /staff/v1/sessions', { body })
    return session.token
  }
  return {
    name,
    with(dice) {
      const transport: Transport = async (wire) => {
        const origin = dice.pick(chain.origins())
        if (!origin) throw new Error('this server is dead')
        token ??= await signIn(origin)
        const reply = await send(origin)({
          ...wire,
          headers: { ...wire.headers, authorization: `Bearer ${token}` },
        })
        if (reply.status !== 401) return reply
        token = await signIn(origin)
        return send(origin)({ ...wire, headers: { ...wire.headers, authorization: `Bearer ${token}` } })
      }
      return createClient<AllRoutes>({ transport })
    },
  }
}

const PATTERNS = Object.keys(allRoutes).map((key) => {
  const [method = '', path = ''] = key.split(' ')
  return { key, method, parts: path.split('/') }
})

/** The route of the contract that a request is for. */
export function routeOf(method: string, url: string): string {
  const parts = (url.split('?')[0] ?? '').split('/')
  const found = PATTERNS.filter(
    (each) =>
      each.method === method &&
      each.parts.length === parts.length &&
      each.parts.every((part, at) => part.startsWith(':') || part === parts[at]),
  )
  // A fixed word is nearer than a parameter.
  const exact = found.find(({ parts }) => !parts.some((part) => part.startsWith(':')))
  return (exact ?? found[0])?.key ?? `${method} ${url}`
}
