import Taro from '@tarojs/taro'
import { ApiProblem, createClient, type Transport } from '@linli/contract/client'
import { miniTransport } from '@linli/contract/transports'
import type { FloorRoutes, ShopperRoutes } from '@linli/contract'
import type { Member, Staff } from '../models/wire'
import { silence, troubleOf, type Trouble } from '../models/problem-words'
import { isOffline } from './device'
import { keptCell } from './watch'

export interface Session<T> {
  token: string
  who: T
}

/** Who is signed in on this phone. Cleared as soon as the server no longer knows the token. */
export const memberSession = keptCell<Session<Member> | null>('ll.member', null)
export const staffSession = keptCell<Session<Staff> | null>('ll.staff', null)

/** No answer came, and whether the phone had a network then. */
class NoAnswer extends Error {
  readonly offline: boolean
  constructor(offline: boolean) {
    super('no answer came')
    this.offline = offline
  }
}

const request = miniTransport((options) => Taro.request(options), API_ORIGIN)
const transport: Transport = async (wire) => {
  try {
    return await request(wire)
  } catch {
    throw new NoAnswer(await isOffline())
  }
}

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
  if (error instanceof ApiProblem) return troubleOf(error.problem, Date.now())
  return silence(error instanceof NoAnswer && error.offline)
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
