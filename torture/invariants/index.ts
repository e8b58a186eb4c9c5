import { wrongInAftersales } from '../../apps/server/test/aftersales.ts'
import { wrongInTheBooks } from '../../apps/server/test/shopping.ts'
import { appendOnly } from './append-only.ts'
import { BOXES } from './boxes.ts'
import { CAMPAIGNS } from './campaigns.ts'
import { COMMISSIONS } from './commissions.ts'
import { COUPONS } from './coupons.ts'
import type { Evidence, Invariant } from './evidence.ts'
import { countedStock } from './feeds.ts'
import { GROUPS } from './groups.ts'
import { MONEY } from './money.ts'
import { POS } from './pos.ts'
import { PRESALES } from './presales.ts'
import { PROMISES } from './promises.ts'
import { RALLIES } from './rallies.ts'
import { STATES } from './states.ts'
import { STOCK } from './stock.ts'
import { STORED_VALUE } from './stored-value.ts'
import { tillSheets } from './till.ts'
import { WEBHOOKS } from './webhooks.ts'
import { WECHAT } from './wechat.ts'

/** Rules that stories hold too. */
const books: Invariant = {
  name: 'the rules of the books hold',
  broken: ({ pool }) => wrongInTheBooks({ ctx: { database: { pool } } }),
}
const aftersales: Invariant = {
  name: 'the rules of after-sales hold',
  broken: ({ pool }) => wrongInAftersales({ ctx: { database: { pool } } }),
}

/** All that must hold at the end of a run. */
export const INVARIANTS: readonly Invariant[] = [
  ...MONEY,
  ...STORED_VALUE,
  tillSheets,
  ...POS,
  ...COUPONS,
  ...CAMPAIGNS,
  ...GROUPS,
  ...RALLIES,
  ...PRESALES,
  ...BOXES,
  ...COMMISSIONS,
  ...STOCK,
  countedStock,
  ...STATES,
  ...PROMISES,
  ...WECHAT,
  ...WEBHOOKS,
  appendOnly,
  books,
  aftersales,
]

/** Everything that is wrong, in words. */
export async function broken(evidence: Evidence): Promise<string[]> {
  const wrong: string[] = []
  for (const invariant of INVARIANTS) wrong.push(...(await invariant.broken(evidence)))
  return wrong
}
