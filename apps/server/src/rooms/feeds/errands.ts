import type { Output } from '@linli/contract'
import type { consoleWorkbenchRoutes } from '@linli/contract/console-workbench'
import { secondsAfter } from '#kernel/clock'
import { countOpenFaults } from './overview.sql.ts'
import type { FeedRoom } from './room.ts'

type Todo = Output<(typeof consoleWorkbenchRoutes)['GET /console/v1/workbench']>['todo'][number]

const FAULTS_SECONDS = 7 * 86_400

/** What the workbench says of feeds: stores whose counts are old, and rows that wait for somebody to mend them. */
export async function listErrands(
  { ctx, inventory }: FeedRoom,
  scope: readonly string[] | null,
): Promise<Todo[]> {
  const old = inventory.doubts.list().filter(({ storeId }) => scope === null || scope.includes(storeId))
  const since = secondsAfter(ctx.clock.now(), -FAULTS_SECONDS)
  const faults = await countOpenFaults(ctx.db, { since, storeIds: scope })
  const refused = faults.reduce((sum, { count }) => sum + count, 0)
  return [
    ...old.map(({ storeId, standing, since: from }) => ({
      kind: 'feed_stale' as const,
      storeId,
      count: 1,
      since: from.toISOString(),
      detail: standing === 'stopped' ? '库存数据太旧，卖得快的商品已停售' : '库存数据过时，已加大缓冲',
    })),
    ...(refused > 0
      ? [
          {
            kind: 'feed_refused' as const,
            storeId: scope?.length === 1 ? (scope[0] ?? null) : null,
            count: refused,
            since: null,
            detail: `${refused} 行同步数据没有收进来`,
          },
        ]
      : []),
  ]
}
