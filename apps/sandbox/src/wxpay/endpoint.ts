/** The shape of one WeChat Pay interface: what it is about, and what it answers. */
import type { ActionKind } from '../faults/actions.ts'
import type { Route } from '../faults/routes.ts'
import type { Call, FaultAction } from '../faults/rules.ts'
import type { World } from '../world.ts'
import type { FieldObject } from './fields.ts'

export type Input = {
  params: Record<string, string>
  query: Record<string, unknown>
  /** The parsed body, empty for GET. */
  body: FieldObject
  /** The `Wechatpay-Serial` the client asked for. */
  serial: string | undefined
  /** How the client reached us: what a reply may point it to. */
  origin: string
  fault: ActionKind | null
  /** The whole of the fault, for those that take numbers. */
  action: FaultAction | null
}

/** `body: null` is a 204-like reply: no body, and a signature over the empty text. */
export type Answer = { status: number; body: FieldObject | null }

export type Endpoint = {
  route: Route
  method: 'GET' | 'POST'
  path: string
  /** What the call is about, from input nobody has checked yet. */
  about: (world: World, input: Input) => Partial<Call>
  answer: (world: World, input: Input) => Answer | Promise<Answer>
}
