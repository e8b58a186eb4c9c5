import type { Api, Transport } from '@linli/contract/client'
import { ApiProblem, createClient } from '@linli/contract/client'
import type { ConsoleRoutes, Input, Output, ProblemBody, ShopperRoutes } from '@linli/contract'
import { fetchTransport } from '@linli/contract/transports'

import { endSession, sessionToken } from './session.ts'

/** What a route answers, by its key. */
export type Out<K extends keyof ConsoleRoutes> = Output<ConsoleRoutes[K]>
/** What a route takes, by its key. */
export type In<K extends keyof ConsoleRoutes> = Input<ConsoleRoutes[K]>

const plain = fetchTransport()
const signIn = '/console/v1/sessions'

// A session that the server no longer knows ends here too, whichever call noticed it.
const transport: Transport = async (wire) => {
  const reply = await plain(wire)
  if (reply.status === 401 && wire.url !== signIn) endSession()
  return reply
}

/** The console's one way to the server: typed by the contract, same origin, bearer token. */
export const api: Api<ConsoleRoutes> = createClient<ConsoleRoutes>({ transport, token: sessionToken })

/** The refusal behind an error, or undefined when no answer came at all (offline, time-out). */
export const problemOf = (error: unknown): ProblemBody | undefined =>
  error instanceof ApiProblem ? error.problem : undefined

/** The public routes (chain name, sandbox address) that need no session. */
export const publicApi: Api<ShopperRoutes> = createClient<ShopperRoutes>({ transport: plain })
