import type { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import type { Output } from '@linli/contract'
import type { Ctx } from '#kernel/ctx'
import * as sql from './errands.sql.ts'

export type Errand = Output<(typeof consoleWorkbenchRoutes)['GET /console/v1/workbench']>['todo'][number]

/** Campaigns that found too little on the shelves, store by store, as the workbench lists them. */
export async function listErrands(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  storeIds: readonly string[] | null,
): Promise<Errand[]> {
  const short = await sql.listShort(db, storeIds, clock.now())
  return short.map(({ storeId, campaigns, pieces, since }) => ({
    kind: 'campaign_short' as const,
    storeId,
    count: campaigns,
    since: since.toISOString(),
    detail: `还差 ${pieces} 件，到了货会自己接着留`,
  }))
}
