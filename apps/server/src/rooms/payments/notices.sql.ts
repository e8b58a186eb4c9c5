import { sql } from 'kysely'
import type { Tx } from '#kernel/db'
import type { ProviderName } from './facts.ts'

export interface Notice {
  id: string
  provider: ProviderName
  noticeId: string
  eventType: string
  /** The trade or refund number it is about. */
  subject: string
  receivedAt: Date
  body: unknown
  outcome: string
}

/** Outcomes of a delivery that told nothing new. */
const ECHOES = ['repeat', 'noted']
/** Outcomes that a later delivery of the same notification may replace. */
const WEAK = [...ECHOES, 'parked', 'unknown', 'quarantined']

/** Keeps a notification with what became of it. Of several deliveries the one stays that did something to our books. */
export async function keepNotice(tx: Tx, notice: Notice): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payment_notice')
    .values({
      id: notice.id,
      provider: notice.provider,
      notice_id: notice.noticeId,
      event_type: notice.eventType,
      subject: notice.subject,
      received_at: notice.receivedAt,
      body: JSON.stringify(notice.body),
      outcome: notice.outcome,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider', 'notice_id'])
        .doUpdateSet((each) => ({ outcome: each.ref('excluded.outcome'), body: each.ref('excluded.body') }))
        .where('payment_notice.outcome', 'in', WEAK)
        .where(sql.ref('excluded.outcome'), 'not in', ECHOES),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
