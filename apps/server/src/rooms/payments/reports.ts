import { inOneStatement, inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import { inRounds, someAtATime } from '#kernel/turns'
import type { AuditedCall } from '#room/staff'
import { raise } from './alarms.ts'
import { closeAlarm } from './alarms.sql.ts'
import { SYSTEM } from '#kernel/actor'
import type { ReportKind } from './facts.ts'
import { reportMissing } from './problems.ts'
import { tellOf, verdictOf } from './report-bodies.ts'
import * as sql from './reports.sql.ts'
import type { Room } from './room.ts'

/** Seconds between tries; after the last, a person is told. WeChat may not know a payment for a while after it was made. */
const GAPS = [30, 60, 120, 300, 600, 1800, 3600, 10_800, 21_600, 43_200]
const CLAIM = 20
const AT_ONCE = 2

/** The sweep: tells WeChat what happened to the goods of payments, and goes on until it knows. */
export const workReports = (room: Room): Promise<void> =>
  inRounds(async () => {
    const { ctx } = room
    const due = await inOneStatement(ctx.db, (tx) => sql.claimReports(tx, ctx.clock.now(), GAPS, CLAIM))
    await someAtATime(due, AT_ONCE, async (report) => {
      await tell(room, report).catch((error: unknown) =>
        ctx.log.error({ err: error, attemptId: report.attemptId, kind: report.kind }, 'report failed'),
      )
    })
    return due.length === CLAIM
  })

async function tell(room: Room, report: sql.DueReport): Promise<void> {
  const { ctx, members } = room
  const { cards, shippingReports = true } = ctx.config.wechat
  if (report.kind === 'card' ? !cards : !shippingReports) return endUntold(room, report)
  const lines = await sql.linesOf(ctx.db, report.orderId)
  const shop = { publicOrigin: ctx.config.publicOrigin, cards: cards ?? NO_CARDS }
  const { path, body } = tellOf(report, lines, report.sentAt ?? ctx.clock.now(), shop)
  const errcode = await members.tellWechat(path, body)
  const verdict = verdictOf(report.kind, errcode)
  if (verdict === 'told') return told(room, report)
  const trouble = errcode === null ? 'NO_ANSWER' : String(errcode)
  ctx.log.warn({ attemptId: report.attemptId, kind: report.kind, trouble }, 'report not taken')
  if (verdict === 'failed' || report.tries > GAPS.length) return gaveUp(room, report, trouble)
  await inOneStatement(ctx.db, (tx) => sql.noteReportTrouble(tx, report, trouble))
}

const NO_CARDS = { paid: 0, ready: 0, collected: 0, refunded: 0 }

// The merchant file says that WeChat is not to be told.
const endUntold = async ({ ctx }: Room, report: sql.DueReport): Promise<void> => {
  await inOneStatement(ctx.db, (tx) => sql.markReportFailed(tx, report, 'OFF'))
}

// One alarm for each thing that WeChat was not told of a payment; a card is a courtesy, and raises none.
const alarmOf = ({ kind, attemptId }: sql.DueReport) =>
  ({ kind: 'report_failed', subject: kind === 'delay' ? `delay:${attemptId}` : attemptId }) as const

const TOLD = { shipping: '发货信息已上传', delay: '延期发货已报备' } as const
const gaveUpWords = (kind: 'shipping' | 'delay', trouble: string): string =>
  kind === 'shipping'
    ? `发货信息没有传给微信（${trouble}），这笔货款可能一直不结算`
    : `预售的延期发货没有报备成（${trouble}），微信会当作超时未发货，请到商户后台报备`

async function told({ ctx }: Room, report: sql.DueReport): Promise<void> {
  const at = ctx.clock.now()
  await inTx(ctx.db, async (tx) => {
    await sql.markTold(tx, report, at)
    if (report.kind !== 'card')
      await closeAlarm(tx, alarmOf(report), { at, by: SYSTEM, note: TOLD[report.kind] })
  })
}

// Money of goods that WeChat does not know as handed over stays frozen there.
const gaveUp = ({ ctx }: Room, report: sql.DueReport, trouble: string): Promise<void> =>
  inTx(ctx.db, async (tx) => {
    if (report.kind !== 'card')
      await raise(ctx, tx, {
        ...alarmOf(report),
        orderId: report.orderId,
        detail: gaveUpWords(report.kind, trouble),
      })
    await sql.markReportFailed(tx, report, trouble)
  })

/** A person wants WeChat told again; the sweep does it within seconds. */
export async function tellAgain(
  { ctx, staff }: Pick<Room, 'ctx' | 'staff'>,
  call: AuditedCall,
  report: { attemptId: string; kind: ReportKind },
): Promise<{ state: 'PENDING' }> {
  const place = (await sql.reportPlace(ctx.db, report)) ?? refuse(reportMissing)
  staff.requireScope(call.actor, place.storeId)
  await inTx(ctx.db, async (tx) => {
    if (!(await sql.renewReport(tx, report, ctx.clock.now()))) refuse(reportMissing)
    await staff.audit(tx, call, {
      action: 'payments.report_renewed',
      subject: `order:${place.orderId}`,
      storeId: place.storeId,
      after: { report: report.kind },
    })
  })
  return { state: 'PENDING' }
}
