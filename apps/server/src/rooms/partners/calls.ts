import type { Input } from '@linli/contract'
import type { consolePartnerRoutes } from '@linli/contract/console-partners'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inOneStatement } from '#kernel/db'
import { newId } from '#kernel/id'
import type { AnsweredCall } from '#kernel/signed'
import * as sql from './calls.sql.ts'

export type CallQuery = NonNullable<
  Input<(typeof consolePartnerRoutes)['GET /console/v1/partner-calls']>['query']
>

const KEPT_S = 30 * 86_400
/** Whoever knows the id of a key, and no more, may not fill the log. */
const UNPROVED_A_MINUTE = 60
const UNPROVED = new Set([
  'partners.signature_wrong',
  'partners.clock_off',
  'partners.replayed',
  'partners.key_ended',
])

/** What partners asked for. A call is answered before it is noted; who reads the log waits for those under way. */
export function createCalls({ clock, db, log }: Pick<Ctx, 'clock' | 'db' | 'log'>) {
  const underWay = new Set<Promise<unknown>>()
  let minute = 0
  const unproved = new Map<string, number>()

  function isOneTooMany({ keyId, code }: AnsweredCall): boolean {
    if (code === null || !UNPROVED.has(code)) return false
    const now = Math.floor(clock.stamp().getTime() / 60_000)
    if (now !== minute) unproved.clear()
    minute = now
    const tries = (unproved.get(keyId) ?? 0) + 1
    unproved.set(keyId, tries)
    return tries > UNPROVED_A_MINUTE
  }

  return {
    note(call: AnsweredCall): void {
      if (call.code === 'partners.key_unknown' || isOneTooMany(call)) return
      const row = { ...call, id: newId(), at: clock.now() }
      const writing: Promise<unknown> = inOneStatement(db, (tx) => sql.insertCall(tx, row))
        .catch((error: unknown) => log.error({ err: error }, 'a call of a partner could not be noted'))
        .finally(() => underWay.delete(writing))
      underWay.add(writing)
    },
    settled: () => Promise.all(underWay),
    async list({ partnerId, storeId, outcome, q, page = 1, limit = 20 }: CallQuery) {
      await Promise.all(underWay)
      const filter = { partnerId, storeId, outcome, q: q?.trim() || undefined }
      const [items, total] = await Promise.all([
        sql.listCalls(db, filter, { limit, offset: (page - 1) * limit }),
        sql.countCalls(db, filter),
      ])
      return { items, total }
    },
    async sweep(): Promise<void> {
      await inOneStatement(db, (tx) => sql.dropCalls(tx, secondsAfter(clock.now(), -KEPT_S)))
    },
  }
}
export type Calls = ReturnType<typeof createCalls>
