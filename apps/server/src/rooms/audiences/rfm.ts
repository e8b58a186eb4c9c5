import type { Output } from '@linli/contract'
import type { consoleAudienceRoutes } from '@linli/contract/audiences'
import { SEGMENTS } from '@linli/contract/audience-rules'
import type { Ctx } from '#kernel/ctx'
import * as sql from './rfm.sql.ts'

type Shown = Output<(typeof consoleAudienceRoutes)['GET /console/v1/rfm']>

/** The last run of a rule, cell by cell and segment by segment; null before the first night. */
export async function showRfm({ db }: Pick<Ctx, 'db'>, rule: sql.RfmRule): Promise<Shown> {
  const run = await sql.latestRun(db, rule)
  if (!run) return { run: null }
  const cells = await sql.listCells(db, run.id)
  const segments = SEGMENTS.map((segment) => {
    const mine = cells.filter((cell) => cell.segment === segment)
    return {
      segment,
      members: mine.reduce((sum, { members }) => sum + members, 0),
      keptFen: mine.reduce((sum, { keptFen }) => sum + keptFen, 0),
    }
  })
  const { id: _, takenAt, ...rest } = run
  return {
    run: {
      ...rest,
      takenAt: takenAt.toISOString(),
      cells: cells.map(({ segment: _segment, ...cell }) => cell),
      segments,
    },
  }
}
