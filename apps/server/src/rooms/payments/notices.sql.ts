import type { Tx } from '#kernel/db'

export interface Notice {
  id: string
  noticeId: string
  eventType: string
  /** The trade or refund number it is about. */
  subject: string
  receivedAt: Date
  body: unknown
  outcome: string
}

/** Keeps a notification with what became of it. Of two deliveries of one the real outcome stays, not the echo. */
export async function keepNotice(tx: Tx, notice: Notice): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payment_notice')
    .values({
      id: notice.id,
      notice_id: notice.noticeId,
      event_type: notice.eventType,
      subject: notice.subject,
      received_at: notice.receivedAt,
      body: JSON.stringify(notice.body),
      outcome: notice.outcome,
    })
    .onConflict((conflict) =>
      conflict
        .column('notice_id')
        .doUpdateSet((each) => ({ outcome: each.ref('excluded.outcome') }))
        .where('payment_notice.outcome', '=', 'repeat'),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
