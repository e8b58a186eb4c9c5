import type { Output } from '@linli/contract'
import type { consolePaymentRoutes } from '@linli/contract/payments'
import { inScope, type StaffActor, SYSTEM } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import * as sql from './alarms.sql.ts'
import type { NewAlarm } from './facts.ts'
import { alarmMissing } from './problems.ts'
import { refundSends } from './refund-states.ts'
import type { Room } from './room.ts'

/** Puts something about money before a person. Raised once per kind and subject, however often it happens. */
export async function raise(
  { clock, log }: Pick<Ctx, 'clock' | 'log'>,
  tx: Tx,
  alarm: Omit<NewAlarm, 'at'>,
): Promise<void> {
  if (await sql.insertAlarm(tx, newId(), { ...alarm, at: clock.now() }))
    log.error({ kind: alarm.kind, subject: alarm.subject }, 'payment alarm')
}

/** Closes an alarm that the system raised and the system saw mended. Does nothing when there is none open. */
export const closeAlarm = async (
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  alarm: Pick<NewAlarm, 'kind' | 'subject'>,
  why: string,
): Promise<void> => {
  await sql.closeAlarm(tx, alarm, { at: clock.now(), by: SYSTEM, note: why })
}

type Shown = Output<(typeof consolePaymentRoutes)['GET /console/v1/payment-alarms']>['items'][number]
type Detail = Output<(typeof consolePaymentRoutes)['GET /console/v1/payment-alarms/:alarmId']>

/** A page of alarms, newest first. Whoever is bound to stores sees theirs; alarms without an order are for head office. */
export async function readAlarms(
  { ctx, staff }: Room,
  actor: StaffActor,
  { open, mine, page = 1, limit = 20 }: { open?: boolean; mine?: boolean; page?: number; limit?: number },
): Promise<{ items: Shown[]; total: number }> {
  const filter = { open, ownerId: mine ? actor.staffId : undefined, storeIds: staff.scopeOf(actor) }
  const [items, total] = await Promise.all([
    sql.listAlarms(ctx.db, filter, { limit, offset: (page - 1) * limit }),
    sql.countAlarms(ctx.db, filter),
  ])
  return { items: items.map((alarm) => shown(alarm, actor)), total }
}

/** One alarm with its history. */
export async function readAlarm({ ctx }: Pick<Room, 'ctx'>, actor: StaffActor, id: string): Promise<Detail> {
  const [alarm, events] = await Promise.all([sql.alarmById(ctx.db, id), sql.listEvents(ctx.db, id)])
  return {
    alarm: shown(visible(actor, alarm), actor),
    events: events.map((event) => ({ ...event, at: event.at.toISOString() })),
  }
}

/** Whoever is bound to stores does not learn that other alarms exist. */
export const visible = (actor: StaffActor, alarm: sql.Alarm | undefined): sql.Alarm =>
  alarm && (actor.storeIds === null || inScope(actor, alarm.storeId ?? '')) ? alarm : refuse(alarmMissing)

const shown = (alarm: sql.Alarm, actor: StaffActor): Shown => ({
  id: alarm.id,
  kind: alarm.kind,
  detail: alarm.detail,
  orderId: alarm.orderId,
  orderNo: alarm.orderNo,
  at: alarm.at.toISOString(),
  resolvedAt: alarm.resolvedAt?.toISOString() ?? null,
  resolution: alarm.resolution,
  owner:
    alarm.ownerAccount === null
      ? null
      : {
          account: alarm.ownerAccount,
          name: alarm.ownerName ?? '',
          mine: alarm.ownerId === actor.staffId,
        },
  refund: refundOf(alarm),
  deeds: deedsOf(alarm, actor),
})

const refundOf = (alarm: sql.Alarm): Shown['refund'] =>
  alarm.refundId === null ||
  alarm.outRefundNo === null ||
  alarm.refundFen === null ||
  alarm.refundState === null
    ? null
    : {
        id: alarm.refundId,
        outRefundNo: alarm.outRefundNo,
        amountFen: alarm.refundFen,
        state: alarm.refundState,
        trouble: alarm.refundTrouble,
        redirectedTo: alarm.redirectedTo,
        redirectedAt: alarm.redirectedAt?.toISOString() ?? null,
      }

function deedsOf({ resolvedAt, refundState }: sql.Alarm, { permissions }: StaffActor): Shown['deeds'] {
  if (resolvedAt !== null || refundState === null || !permissions.has('payments.resolve')) return []
  if (refundState === 'ABNORMAL') return ['redirect']
  return refundSends(refundState) ? ['send'] : []
}
