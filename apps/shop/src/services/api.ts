import Taro from '@tarojs/taro'
import { ApiProblem, createClient } from '@linli/contract/client'
import { miniTransport } from '@linli/contract/transports'
import type { FloorRoutes, ShopperRoutes } from '@linli/contract'
import type { Member, Staff } from '../models/wire'
import { OFFLINE, troubleOf, type Trouble } from '../models/problem-words'
import { keptCell } from './watch'

export interface Session<T> {
  token: string
  who: T
}

/** Who is signed in on this phone. Cleared as soon as the server no longer knows the token. */
export const memberSession = keptCell<Session<Member> | null>('ll.member', null)
export const staffSession = keptCell<Session<Staff> | null>('ll.staff', null)

const transport = miniTransport((options) => Taro.request(options), API_ORIGIN)

/** The shopper's API. */
export const api = createClient<ShopperRoutes>({
  transport: async (wire) => {
    const reply = await transport(wire)
    if (reply.status === 401 && wire.headers['authorization']) memberSession.set(null)
    return reply
  },
  token: () => memberSession.get()?.token,
})

/** The clerk's API; its session is not the shopper's. */
export const floorApi = createClient<FloorRoutes>({
  transport: async (wire) => {
    const reply = await transport(wire)
    if (reply.status === 401 && wire.headers['authorization']) staffSession.set(null)
    return reply
  },
  token: () => staffSession.get()?.token,
})

/** What went wrong, in words. Anything that is not an answer of the server means that none came. */
export function troubleFrom(error: unknown): Trouble {
  return error instanceof ApiProblem ? troubleOf(error.problem, Date.now()) : OFFLINE
}

/** The stable code of a refusal, or null. */
export function codeOf(error: unknown): string | null {
  return error instanceof ApiProblem ? error.problem.code : null
}

/** The facts that belong to a refusal, such as which SKU was short. */
export function factsOf(error: unknown): Record<string, unknown> {
  return (error instanceof ApiProblem && error.problem.data) || {}
}

/** A picture's address: the server names it by path, a mini-program needs the whole. */
export function mediaUrl(path: string): string {
  return /^(https?:)?\/\//.test(path) || path.startsWith('data:') ? path : API_ORIGIN + path
}
