import type { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import type { Output } from '@linli/contract'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { sumErrands } from '#kernel/nightly-check'
import * as sql from './errands.sql.ts'

export type Errand = Output<(typeof consoleWorkbenchRoutes)['GET /console/v1/workbench']>['todo'][number]

/** WeChat takes a transfer in seconds; the promoter's own confirmation is not waited for here. */
const QUIET_SECONDS = 3600

const details = {
  commission_application: '答复以后，他们会收到消息',
  commission_withdrawal: '微信还没收下，系统用同一单号在继续',
} as const

/** What commissions have waiting for head office, as the workbench lists it; stores have no part in it. */
export async function listErrands(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  storeIds: readonly string[] | null,
): Promise<Errand[]> {
  if (storeIds !== null) return []
  const [waiting, last] = await Promise.all([
    sql.listWaiting(db, secondsAfter(clock.now(), -QUIET_SECONDS)),
    sql.lastCheck(db),
  ])
  return [
    ...waiting.map(({ kind, count, since }) => ({
      kind,
      storeId: null,
      count,
      since: since.toISOString(),
      detail: details[kind],
    })),
    ...sumErrands('commission_sums', last),
  ]
}
