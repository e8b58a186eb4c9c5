import type { Tx } from '#kernel/db'
import { credit, keepAccounts, takeAccounts } from './accounts.ts'
import type { Room } from './counting.ts'

export interface BroughtGrowth {
  bindingId: string
  memberId: string
  growth: number
  by: string
}

/** Growth that comes or goes with an old card; answers how much did. */
export async function bring(
  tx: Tx,
  { ctx: { clock }, terms }: Pick<Room, 'ctx' | 'terms'>,
  { bindingId, memberId, growth, by }: BroughtGrowth,
  reason: 'card' | 'card_undone',
): Promise<number> {
  const row = terms.latest()
  if (!row || growth === 0) return 0
  const at = clock.now()
  const work = { at, terms: row, rows: terms.rows() }
  const accounts = await takeAccounts(tx, [memberId], work)
  const account = accounts.get(memberId)
  if (!account) throw new Error(`no growth account of member ${memberId}`)
  const posting = {
    memberId,
    reason,
    growth,
    purchaseId: null,
    keptFen: null,
    bindingId,
    periodUntil: null,
    by,
    at,
  }
  credit(account, posting, 'card', work)
  await keepAccounts(tx, accounts.values())
  return growth
}
