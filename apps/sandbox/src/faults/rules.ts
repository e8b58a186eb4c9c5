/**
 * Fault rules: an ordered list per namespace. The first rule that matches a call and is due decides what goes wrong.
 * A namespace is a prefix of the order number, refund number or shopper a call is about, so parallel tests keep apart.
 */
import { canStrike, isActionKind } from './actions.ts'
import type { ActionKind } from './actions.ts'
import { isRoute } from './routes.ts'
import type { Route } from './routes.ts'

export type FaultAction = {
  kind: ActionKind
  ms?: number
  seconds?: number
  rows?: number
  status?: number
  code?: string
  message?: string
  errcode?: number
  errmsg?: string
}

export type FaultMatch = {
  route: Route | '*'
  method?: string
  outTradeNo?: string
  shopper?: string
  /** Only for notifications: TRANSACTION.SUCCESS, REFUND.SUCCESS … */
  event?: string
  /** Only the nth matching call since the rule was set, counted from 1. */
  nth?: number
}

export type FaultRule = {
  id: string
  namespace: string
  match: FaultMatch
  action: FaultAction
  /** How often it may strike at most; null for always. */
  times: number | null
  probability: number
  seed: number
  /** Calls that matched, and calls that were struck. */
  seen: number
  struck: number
}

/** What a call is about, as far as it is known. */
export type Call = {
  route: Route
  method: string
  outTradeNo?: string | undefined
  outRefundNo?: string | undefined
  shopper?: string | undefined
  event?: string | undefined
}

export type FaultBook = {
  /** Replaces the rules of one namespace; answers them with their ids. Throws RangeError on nonsense. */
  set: (namespace: string, rules: unknown[]) => FaultRule[]
  clear: (namespace: string | null) => void
  all: () => FaultRule[]
  /** The rule that strikes this call, already counted, or null. */
  strike: (call: Call) => FaultRule | null
}

const RULES_MAX = 500

/** An empty book of rules. */
export const createFaultBook = (): FaultBook => {
  let rules: FaultRule[] = []
  const dice = new Map<string, () => number>()
  let serial = 0
  return {
    set: (namespace, described) => {
      const fresh = described.map((rule) => {
        serial += 1
        return readRule(rule, namespace, `f${serial}`)
      })
      const others = rules.filter((rule) => rule.namespace !== namespace)
      if (others.length + fresh.length > RULES_MAX) throw new RangeError(`at most ${RULES_MAX} rules`)
      rules = [...others, ...fresh]
      for (const rule of fresh) dice.set(rule.id, seededRandom(rule.seed))
      return fresh
    },
    clear: (namespace) => {
      rules = namespace === null ? [] : rules.filter((rule) => rule.namespace !== namespace)
      for (const id of dice.keys()) if (!rules.some((rule) => rule.id === id)) dice.delete(id)
    },
    all: () => rules,
    strike: (call) => {
      for (const rule of rules) {
        if (!matches(rule, call)) continue
        rule.seen += 1
        if (rule.match.nth !== undefined && rule.seen !== rule.match.nth) continue
        if (rule.times !== null && rule.struck >= rule.times) continue
        if (rule.probability < 1 && (dice.get(rule.id)?.() ?? 1) >= rule.probability) continue
        rule.struck += 1
        return rule
      }
      return null
    },
  }
}

const matches = (rule: FaultRule, call: Call): boolean => {
  const { match, namespace, action } = rule
  if (!canStrike(action.kind, call.route)) return false
  if (match.route !== '*' && match.route !== call.route) return false
  if (match.method && match.method !== call.method) return false
  if (match.outTradeNo && match.outTradeNo !== call.outTradeNo) return false
  if (match.shopper && match.shopper !== call.shopper) return false
  if (match.event && match.event !== call.event) return false
  if (namespace === '') return true
  return [call.outTradeNo, call.outRefundNo, call.shopper].some(
    (name) => name?.startsWith(namespace) === true,
  )
}

/** Mulberry32: small, seeded, the same everywhere, so a random run can be run again. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Loose = Record<string, unknown>

const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refuseUnknown = (value: Loose, known: string[], where: string): void => {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) throw new RangeError(`${where} does not know "${name}"`)
  }
}

const textAt = (value: Loose, name: string): string | undefined => {
  const found = value[name]
  if (found === undefined || found === null) return undefined
  return typeof found === 'string' ? found : wrongType(name, 'a string')
}

const numberAt = (value: Loose, name: string): number | undefined => {
  const found = value[name]
  if (found === undefined || found === null) return undefined
  return typeof found === 'number' && Number.isFinite(found) ? found : wrongType(name, 'a number')
}

const wrongType = (name: string, wanted: string): never => {
  throw new RangeError(`${name} must be ${wanted}`)
}

const readRule = (rule: unknown, namespace: string, id: string): FaultRule => {
  if (!isLoose(rule)) throw new RangeError('a rule is an object')
  refuseUnknown(rule, ['match', 'action', 'times', 'probability', 'seed'], 'a rule')
  const probability = numberAt(rule, 'probability') ?? 1
  if (probability < 0 || probability > 1) throw new RangeError('probability is between 0 and 1')
  const match = readMatch(rule.match)
  const action = readAction(rule.action)
  if (match.route !== '*' && !canStrike(action.kind, match.route)) {
    throw new RangeError(`"${action.kind}" cannot strike "${match.route}"`)
  }
  return {
    id,
    namespace,
    match,
    action,
    times: numberAt(rule, 'times') ?? null,
    probability,
    seed: numberAt(rule, 'seed') ?? 1,
    seen: 0,
    struck: 0,
  }
}

const readMatch = (match: unknown): FaultMatch => {
  if (!isLoose(match)) throw new RangeError('match is an object with a route')
  refuseUnknown(match, ['route', 'method', 'outTradeNo', 'shopper', 'event', 'nth'], 'match')
  const route = textAt(match, 'route') ?? ''
  if (route !== '*' && !isRoute(route)) throw new RangeError(`match.route "${route}" is not a route`)
  const read: FaultMatch = { route }
  for (const name of ['method', 'outTradeNo', 'shopper', 'event'] as const) {
    const value = textAt(match, name)
    if (value) read[name] = value
  }
  const nth = numberAt(match, 'nth')
  if (nth !== undefined) read.nth = nth
  return read
}

const readAction = (action: unknown): FaultAction => {
  const described = typeof action === 'string' ? { kind: action } : action
  if (!isLoose(described) || !isActionKind(described.kind))
    throw new RangeError('action is not a known fault')
  const numbers = ['ms', 'seconds', 'rows', 'status', 'errcode'] as const
  const texts = ['code', 'message', 'errmsg'] as const
  refuseUnknown(described, ['kind', ...numbers, ...texts], 'action')
  const read: FaultAction = { kind: described.kind }
  for (const name of numbers) {
    const value = numberAt(described, name)
    if (value !== undefined) read[name] = value
  }
  for (const name of texts) {
    const value = textAt(described, name)
    if (value !== undefined) read[name] = value
  }
  if (read.status !== undefined && (read.status < 200 || read.status > 599)) {
    throw new RangeError('status is an HTTP status from 200 to 599')
  }
  return read
}
