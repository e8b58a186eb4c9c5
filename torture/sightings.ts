import { allRoutes, type Route } from '@linli/contract'
import type { WireReply } from '@linli/contract/client'
import type { Down } from './chain.ts'

/** What any route may answer besides the refusals it declares. */
const SHARED = new Set([
  'request.invalid',
  'session.missing',
  'session.ended',
  'staff.not_allowed',
  'server.overloaded',
  'server.fault',
])
const ROUTES: ReadonlyMap<string, Route> = new Map(Object.entries<Route>(allRoutes))

/** What callers saw, counted; and what they should never have seen, in words. */
export interface Sightings {
  calls: Map<string, number>
  refusals: Map<string, number>
  actions: Map<string, number>
  violations: string[]
  /** One answer of ours: `code` of a refusal, `from` when it was asked. */
  note(route: string, answer: { status: number; code?: string | undefined; from: number }): void
  /** An answer that never came. */
  noteLost(): void
  /** One call, noted. */
  watch(route: string, call: () => Promise<WireReply>): Promise<WireReply>
  /** Settles when so many answers more have been seen, or their round is over. */
  afterAnswers(answers: number): Promise<void>
  /** The round is over: nobody waits for answers of it any more. */
  release(): void
}

export const count = (map: Map<string, number>, name: string, by = 1): void =>
  void map.set(name, (map.get(name) ?? 0) + by)

export function createSightings(downs: readonly Down[]): Sightings {
  let waiting: { left: number; go: () => void }[] = []
  const answered = () => {
    for (const each of waiting) if ((each.left -= 1) <= 0) each.go()
    waiting = waiting.filter(({ left }) => left > 0)
  }
  const sightings: Sightings = {
    calls: new Map(),
    refusals: new Map(),
    actions: new Map(),
    violations: [],
    note(route, { status, code, from }) {
      answered()
      count(sightings.calls, status < 300 ? 'answered' : 'refused')
      if (status < 300) return
      count(sightings.refusals, code ?? String(status))
      const wasDown = downs.some((down) => down.from <= performance.now() && down.to >= from)
      const declared = ROUTES.get(route)?.errors ?? []
      if (code === undefined || (!SHARED.has(code) && !declared.includes(code)))
        sightings.violations.push(`${route} answered ${code ?? status}, which its contract does not know`)
      else if (status >= 500 && !declared.includes(code) && !wasDown)
        sightings.violations.push(`${route} answered ${status} ${code} while nothing was down`)
    },
    noteLost() {
      answered()
      count(sightings.calls, 'lost')
    },
    async watch(route, call) {
      const from = performance.now()
      try {
        const reply = await call()
        const code = (reply.body as { code?: string } | undefined)?.code
        sightings.note(route, { status: reply.status, code, from })
        return reply
      } catch (error) {
        sightings.noteLost()
        throw error
      }
    },
    afterAnswers: (answers) =>
      answers <= 0 ? Promise.resolve() : new Promise((go) => waiting.push({ left: answers, go })),
    release() {
      for (const { go } of waiting) go()
      waiting = []
    },
  }
  return sightings
}
