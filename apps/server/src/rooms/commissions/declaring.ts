import type { Output } from '@linli/contract'
import type { consoleCommissionRoutes } from '@linli/contract/console-commissions'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import type { AuditedCall, Staff } from '#room/staff'
import { listDeclared } from './taxes.sql.ts'
import { sealedFor } from './withdrawing.ts'

type Declaration = Output<
  (typeof consoleCommissionRoutes)['POST /console/v1/commission-taxes/:month/declarations']
>

/** Payments for labour of a month with names and numbers, to declare them. Written into the trail before anything is shown. */
export const createDeclaring =
  ({ db, secrets }: Pick<Ctx, 'db' | 'secrets'>, staff: Pick<Staff, 'audit'>) =>
  (call: AuditedCall, month: string, reason: string): Promise<Declaration> =>
    inTx(db, async (tx) => {
      const rows = await listDeclared(tx, month)
      await staff.audit(tx, call, {
        action: 'commissions.taxes_exported',
        subject: `commission_taxes:${month}`,
        after: { reason, people: rows.length },
      })
      return {
        items: rows.map(({ name, document, ...row }) => ({
          ...row,
          name: name && secrets.open(name, sealedFor(row.accountId, 'name')),
          document: document && secrets.open(document, sealedFor(row.accountId, 'document')),
        })),
      }
    })
export type Declaring = ReturnType<typeof createDeclaring>
