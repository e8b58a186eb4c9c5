import type pg from 'pg'
import { arrayOf } from '#kernel/array'
import { differences } from './audit.ts'

/** Who did it, as the trail keeps it: part of a command, because deciding draws no ids. */
export interface DeskAuditor {
  /** Becomes the id of the trail's entry. */
  id: string
  staffId: string
  requestId: string
}
export interface DeskAudit extends DeskAuditor {
  at: Date
  actor: string
  action: string
  subject: string
  storeId: string
  before: Record<string, unknown>
  after: Record<string, unknown>
}

/** Statements that the order desk sends within its own transaction (pipelined client). */
export interface StaffDesk {
  /** What staff did, in the same transaction as the deed. Keeps what differs between before and after. */
  insertAudits(client: pg.ClientBase, rows: readonly DeskAudit[]): Promise<unknown>
}

const INSERT_AUDITS = `insert into audit_event (id, at, staff_id, actor, action, subject, store_id, before, after, request_id)
  select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::text[])`

export const staffDesk: StaffDesk = {
  insertAudits(client, rows) {
    const changes = rows.map(({ before, after }) => differences(before, after))
    return client.query({
      name: 'staff-insert-audits',
      text: INSERT_AUDITS,
      values: [
        arrayOf(rows, (row) => row.id),
        arrayOf(rows, (row) => row.at),
        arrayOf(rows, (row) => row.staffId),
        arrayOf(rows, (row) => row.actor),
        arrayOf(rows, (row) => row.action),
        arrayOf(rows, (row) => row.subject),
        arrayOf(rows, (row) => row.storeId),
        changes.map(({ before }) => JSON.stringify(before)),
        changes.map(({ after }) => JSON.stringify(after)),
        arrayOf(rows, (row) => row.requestId),
      ],
    })
  },
}
