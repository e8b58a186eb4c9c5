import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { someAtATime } from '#kernel/turns'
import { findEndpoint, setArrived, setFailing } from './endpoints.sql.ts'
import * as sql from './messages.sql.ts'
import { arrived, AT_ONCE, LANES, LEASE_S, pauseAfter, STOPPED_AFTER_S } from './schedule.ts'
import { secretsOf } from './secrets.ts'
import { post } from './sending.ts'
import { headersOf } from './signing.ts'

const ROUNDS = 50

const sendSweep = (ctx: Ctx, { name, failing }: { name: string; failing: boolean }): Sweep => ({
  name,
  seconds: 2,
  async run() {
    for (let round = 0; round < ROUNDS; round++) {
      const now = ctx.clock.now()
      const lease = secondsAfter(now, LEASE_S)
      const due = await inTx(ctx.db, (tx) => sql.claimDue(tx, { now, lease, limit: AT_ONCE, failing }))
      if (due.length === 0) return
      await someAtATime(due, LANES, (message) => deliver(ctx, message))
    }
  },
})

/**
 * Sends what is due; what does not arrive is tried again, ever less often, and is dead in the end, until somebody sends it again. Endpoints where nothing
 * arrives are tried beside the others, a message each: whoever never answers keeps nobody else waiting.
 */
export const deliverSweeps = (ctx: Ctx): Sweep[] => [
  sendSweep(ctx, { name: 'webhooks.deliver', failing: false }),
  sendSweep(ctx, { name: 'webhooks.retry', failing: true }),
]

const KEPT_S = 30 * 86_400
const FORGOTTEN_AT_ONCE = 1000

/** Forgets what was told a month ago: the books still say it. */
export const forgetSweep = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Sweep => ({
  name: 'webhooks.forget',
  seconds: 3600,
  async run() {
    const before = secondsAfter(clock.now(), -KEPT_S)
    while ((await inTx(db, (tx) => sql.dropOld(tx, before, FORGOTTEN_AT_ONCE))) === FORGOTTEN_AT_ONCE);
  },
})

async function deliver(ctx: Ctx, { id, endpointId, body: content, tries }: sql.DueMessage): Promise<void> {
  const endpoint = await findEndpoint(ctx.db, endpointId)
  if (!endpoint) return
  const body = JSON.stringify(content)
  const headers = headersOf(secretsOf(ctx, endpoint), { id, at: ctx.clock.stamp(), body })
  const begun = ctx.clock.stamp().getTime()
  const outcome = await post(endpoint.url, { body, headers, insideAllowed: ctx.config.webhookInside })
  const ms = Math.max(0, ctx.clock.stamp().getTime() - begun)
  const at = ctx.clock.now()
  const isThere = arrived(outcome.status)
  const pause = isThere ? undefined : pauseAfter(tries)
  const state = isThere ? 'SENT' : pause === undefined ? 'DEAD' : 'DUE'
  await inTx(ctx.db, async (tx) => {
    await sql.insertTry(tx, { messageId: id, at, ms, ...outcome })
    await sql.setOutcome(tx, id, { state, at, nextAt: secondsAfter(at, pause ?? 0) })
    if (isThere) await setArrived(tx, endpointId)
    else if (await setFailing(tx, endpointId, { at, stopBefore: secondsAfter(at, -STOPPED_AFTER_S) }))
      ctx.log.error({ endpoint: endpointId }, 'nothing arrived at this endpoint for days: it is stopped')
  })
}
