import type { CardImportReport } from '@linli/contract/old-cards'
import type { Static } from 'typebox'
import { signature } from '#kernel/actor'
import { inTx } from '#kernel/db'
import type { AuditedCall } from '#room/staff'
import * as sql from './cards.sql.ts'
import { columnName, type Fault, readRows, readTable } from './import-rows.ts'
import type { Room } from './room.ts'

type Report = Static<typeof CardImportReport>
const MOST_FAULTS = 1000
/** So many columns times rows fit into one statement's parameters. */
const AT_ONCE = 1000

/** Takes old cards in from CSV: every row or none. A card that somebody bound stays as it was bound. */
export async function importCards(
  room: Room,
  call: AuditedCall,
  { csv, dryRun }: { csv: string; dryRun: boolean },
): Promise<Report> {
  const { ctx, sealing, staff } = room
  const { rows, faults } = readRows(readTable(csv))
  return inTx(ctx.db, async (tx) => {
    const known = new Map(
      (
        await sql.lockCards(
          tx,
          rows.map(({ said }) => said.no),
        )
      ).map((row) => [row.no, row]),
    )
    const bound: Fault[] = []
    const put: sql.CardValues[] = []
    let [added, changed, unchanged] = [0, 0, 0]
    for (const { line, said } of rows) {
      const before = known.get(said.no)
      if (before && sealing.isSame(before, said)) unchanged += 1
      else if (before?.bindingId)
        bound.push({ line, no: said.no, column: columnName('no'), reason: '这张卡已经绑定，不能再改' })
      else {
        if (before) changed += 1
        else added += 1
        put.push(sealing.seal(said))
      }
    }
    const all = [...faults, ...bound].sort((a, b) => a.line - b.line)
    const applied = !dryRun && all.length === 0
    const report = {
      applied,
      rows: rows.length,
      added,
      changed,
      unchanged,
      faults: all.slice(0, MOST_FAULTS),
    }
    if (!applied || put.length === 0) return report
    const stamp = { at: ctx.clock.now(), by: signature(call.actor) }
    for (let from = 0; from < put.length; from += AT_ONCE)
      await sql.putCards(tx, put.slice(from, from + AT_ONCE), stamp)
    await staff.audit(tx, call, {
      action: 'cards.imported',
      subject: `old_cards:${put.length}`,
      after: { rows: rows.length, added, changed },
    })
    return report
  })
}
