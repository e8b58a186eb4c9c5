import type { Output } from '@linli/contract'
import type { consoleGuidanceRoutes, Reward, staffGuidanceRoutes } from '@linli/contract/guidance'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { businessDay, dayAfter, instantOf, isDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import type { Members } from '#room/members'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import * as sql from './league.sql.ts'
import { cursorInvalid, spanInvalid } from './problems.ts'
import { shownTerms, termsNow } from './terms.ts'

type Shown = Output<(typeof consoleGuidanceRoutes)['GET /console/v1/guidance']>
type Mine = Output<(typeof staffGuidanceRoutes)['GET /staff/v1/stores/:storeId/guidance']>
type Page = { items: Static<typeof Reward>[]; nextCursor: string | null }

export interface LeagueDeps {
  ctx: Pick<Ctx, 'db' | 'clock'>
  stores: Pick<Stores, 'find' | 'require'>
  staff: Pick<Staff, 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'atDesk'>
}

const NOTHING = { guided: 0, registered: 0, ordered: 0, rewardFen: 0, waitingFen: 0 }
const YEAR_DAYS = 366

function spanOf(from: string, to: string): { from: Date; until: Date } {
  if (!isDay(from) || !isDay(to) || from > to || dayAfter(from, YEAR_DAYS) < to) refuse(spanInvalid)
  return { from: instantOf(from), until: instantOf(dayAfter(to, 1)) }
}

/** Who brought how many, and what came of it. */
export function createLeague({ ctx: { db, clock }, stores, staff, members }: LeagueDeps) {
  async function rewards(
    staffId: string,
    storeIds: readonly string[] | null,
    { cursor, limit = 20 }: { cursor?: string; limit?: number },
  ): Promise<Page> {
    if (cursor !== undefined && !/^[1-9]\d{0,14}$/.test(cursor)) refuse(cursorInvalid)
    const after = cursor === undefined ? null : Number(cursor)
    const rows = await sql.listRewards(db, { staffId, storeIds, after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    const known = await members.atDesk([...new Set(page.map(({ memberId }) => memberId))])
    return {
      items: page.map(({ id, at, memberId, ...row }) => ({
        ...row,
        id: String(id),
        at: at.toISOString(),
        member: known.get(memberId) ?? { id: memberId, name: '', phoneTail: null },
      })),
      nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null,
    }
  }

  return {
    async list(
      actor: StaffActor,
      { from, to, storeId }: { from: string; to: string; storeId?: string },
    ): Promise<Shown> {
      if (storeId) staff.requireScope(actor, storeId)
      const storeIds = storeId ? [storeId] : staff.scopeOf(actor)
      const rows = await sql.listLeague(db, { ...spanOf(from, to), storeIds })
      return {
        items: rows.map((row) => ({ ...row, storeName: stores.find(row.storeId)?.name ?? row.storeId })),
        asOf: clock.now().toISOString(),
      }
    },

    async statement(
      actor: StaffActor,
      { staffId, ...page }: { staffId: string; cursor?: string; limit?: number },
    ) {
      const storeIds = staff.scopeOf(actor)
      const [shown, balanceFen] = await Promise.all([
        rewards(staffId, storeIds, page),
        sql.sumRewards(db, { staffId, storeIds }),
      ])
      return { ...shown, balanceFen }
    },

    mine: (actor: StaffActor, page: { cursor?: string; limit?: number }) =>
      rewards(actor.staffId, null, page),

    /** This month, as somebody on the floor sees it: their own figures, and how the others stand. What others earn is not theirs to read. */
    async ofStore(actor: StaffActor, storeId: string): Promise<Mine> {
      staff.requireScope(actor, storeId)
      stores.require(storeId)
      const month = businessDay(clock.now()).slice(0, 7)
      const from = instantOf(`${month}-01`)
      const until = instantOf(dayAfter(businessDay(clock.now()), 1))
      const rows = await sql.listLeague(db, { from, until, storeIds: [storeId] })
      const own = rows.find(({ staffId }) => staffId === actor.staffId)
      const terms = await termsNow(db)
      return {
        month,
        mine: own
          ? {
              guided: own.guided,
              registered: own.registered,
              ordered: own.ordered,
              rewardFen: own.rewardFen,
              waitingFen: own.waitingFen,
            }
          : NOTHING,
        league: rows.map(({ staffId, staffName, guided, ordered }) => ({
          name: staffName ?? '门店海报',
          me: staffId === actor.staffId,
          guided,
          ordered,
        })),
        terms: terms?.active ? shownTerms(terms) : null,
      }
    },
  }
}
export type League = ReturnType<typeof createLeague>
