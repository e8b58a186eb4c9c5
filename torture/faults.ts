import type { Chain } from './chain.ts'
import type { Dice } from './dice.ts'
import { count } from './sightings.ts'

interface FaultBook {
  rules: { match: { route: string }; action: { kind: string; code?: string }; struck: number }[]
  /** Which kinds can strike which route, as the sandbox itself says. */
  fits: Record<string, string[]>
}
interface Rule {
  match: { route: string }
  action: Record<string, string | number>
  times: number | null
  probability: number
  seed: number
}

/** Long enough to be lost, short enough for a run of seconds. */
const HOLD_MS = 400
const REFUSALS = [
  { routes: '*', status: 500, code: 'SYSTEM_ERROR' },
  { routes: '*', status: 429, code: 'FREQUENCY_LIMITED' },
  { routes: 'query', status: 202, code: 'USERPAYING' },
  { routes: 'refund', status: 403, code: 'NOT_ENOUGH' },
] as const
const ERRCODES = [-1, 40_001, 40_029, 42_001, 45_009]

/** What an action takes besides its name. */
function action(kind: string, route: string, dice: Dice): Rule['action'] {
  if (kind === 'timeout-before' || kind === 'timeout-after' || kind === 'slow') return { kind, ms: HOLD_MS }
  if (kind === 'delay') return { kind, seconds: dice.pick([30, 600, 7200])! }
  if (kind === 'errcode') return { kind, errcode: dice.pick(ERRCODES)! }
  if (kind === 'bill-large') return { kind, rows: 20 }
  if (kind !== 'status') return { kind }
  const { status, code } = dice.pick(REFUSALS.filter(({ routes }) => routes === '*' || routes === route))!
  return { kind, status, code }
}

/** What goes wrong outside, by the sandbox's own list of what can. Counts what has struck before its rules go. */
export function createWeather(chain: Chain) {
  const struck = new Map<string, number>()
  const collect = async (): Promise<FaultBook> => {
    const book = await chain.sim<FaultBook>('GET', '/_sim/faults')
    for (const { match, action: of, struck: times } of book.rules)
      if (times > 0) count(struck, `${match.route} · ${of.kind}${of.code ? ` ${of.code}` : ''}`, times)
    return book
  }
  return {
    struck,
    /** Some faults, until the next change. */
    async change(dice: Dice, routes?: readonly string[]): Promise<string> {
      const { fits } = await collect()
      const all = Object.entries(fits)
        .filter(([route]) => !routes || routes.includes(route))
        .flatMap(([route, kinds]) => kinds.map((kind) => ({ route, kind })))
      const rules = dice.some(all, dice.between(3, 8)).map(({ route, kind }): Rule => ({
        match: { route },
        action: action(kind, route, dice),
        times: dice.chance(0.6) ? dice.between(1, 4) : null,
        probability: dice.pick([0.2, 0.5, 1]) ?? 1,
        seed: dice.int(2 ** 31),
      }))
      await chain.sim('POST', '/_sim/faults', { rules })
      return rules.map(({ match, action: of }) => `${match.route}/${of['kind']}`).join(' ')
    },
    async clear(): Promise<void> {
      await collect()
      await chain.sim('DELETE', '/_sim/faults')
    },
  }
}
export type Weather = ReturnType<typeof createWeather>
