import type { Output } from '@linli/contract'
import type { consoleShareRoutes, ShareFigures, ShareRow } from '@linli/contract/shares'
import type { Static } from 'typebox'
import type { StaffActor } from '#kernel/actor'
import { dayAfter, instantOf, isDay } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import type { AtDesk, Members } from '#room/members'
import type { Staff } from '#room/staff'
import { shareMissing, spanInvalid } from './problems.ts'
import * as sql from './reading.sql.ts'
import type { Subjects } from './subjects.ts'

type Routes = typeof consoleShareRoutes
type Chain = Output<Routes['GET /console/v1/shares/:shareId']>
type FiguresAnswer = Output<Routes['GET /console/v1/share-figures']>
type Row = Static<typeof ShareRow>

const YEAR_DAYS = 366
/** Subjects or sharers on one page of figures. */
const MOST_GROUPS = 200
const PAGE = 50
const MOST_OF_A_CHAIN = 100
const NOTHING: sql.Figures = { shares: 0, opens: 0, members: 0, joined: 0, orders: 0, paidFen: 0, backFen: 0 }

interface Span {
  from: string
  to: string
  storeId?: string
}
export interface ReadingDeps {
  ctx: Pick<Ctx, 'db' | 'clock'>
  staff: Pick<Staff, 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'atDesk'>
  subjects: Subjects
}

/** What came of shares, as head office and managers read it: members masked, stores in their scope. */
export function createReading({ ctx: { db, clock }, staff, members, subjects }: ReadingDeps) {
  function asked(actor: StaffActor, { from, to, storeId }: Span): sql.Asked {
    if (!isDay(from) || !isDay(to) || from > to || dayAfter(from, YEAR_DAYS) < to) refuse(spanInvalid)
    if (storeId) staff.requireScope(actor, storeId)
    const storeIds = storeId ? [storeId] : staff.scopeOf(actor)
    return { from: instantOf(from), until: instantOf(dayAfter(to, 1)), storeIds }
  }
  const desk = async (ids: readonly (string | null)[]): Promise<(id: string) => AtDesk> => {
    const known = await members.atDesk([...new Set(ids.flatMap((id) => id ?? []))])
    return (id) => known.get(id) ?? { id, name: '', phoneTail: null }
  }
  const title = async (storeId: string, kind: string, id: string): Promise<string | null> =>
    (await subjects.describe(storeId, { kind, id }))?.name ?? null

  async function shown(rows: readonly sql.ListedShare[]): Promise<Row[]> {
    const at = await desk(rows.map(({ memberId }) => memberId))
    return Promise.all(
      rows.map(async ({ kind, subjectId, memberId, madeAt, ...row }) => ({
        ...row,
        subject: { kind, id: subjectId },
        title: await title(row.storeId, kind, subjectId),
        sharer: at(memberId),
        madeAt: madeAt.toISOString(),
      })),
    )
  }

  return {
    async figures(actor: StaffActor, { by, ...span }: Span & { by: sql.Group }): Promise<FiguresAnswer> {
      const ask = asked(actor, span)
      const [rows, total] = await Promise.all([
        sql.listFigures(db, by, ask, by === 'day' ? YEAR_DAYS : MOST_GROUPS),
        sql.sumFigures(db, ask),
      ])
      const at = await desk(rows.map(({ memberId }) => memberId))
      const items = rows.map(
        async ({ kind, subjectId, memberId, ...row }): Promise<Static<typeof ShareFigures>> => ({
          ...row,
          subject: kind === null || subjectId === null ? null : { kind, id: subjectId },
          title:
            kind === null || subjectId === null || row.storeId === null
              ? null
              : await title(row.storeId, kind, subjectId),
          sharer: memberId === null ? null : at(memberId),
        }),
      )
      return {
        items: await Promise.all(items),
        total: total ?? NOTHING,
        asOf: clock.now().toISOString(),
      }
    },

    async list(
      actor: StaffActor,
      {
        page = 1,
        limit = PAGE,
        kind,
        subjectId,
        memberId,
        ...span
      }: Span & Partial<Record<keyof sql.Filter, string>> & { page?: number; limit?: number },
    ): Promise<{ items: Row[]; total: number }> {
      const filter = { kind: kind ?? null, subjectId: subjectId ?? null, memberId: memberId ?? null }
      const rows = await sql.listShares(
        db,
        { ...asked(actor, span), ...filter },
        { limit, offset: (page - 1) * limit },
      )
      return { items: await shown(rows), total: rows[0]?.total ?? 0 }
    },

    async chain(actor: StaffActor, shareId: string): Promise<Chain> {
      const kin = await sql.kinOf(db, shareId, MOST_OF_A_CHAIN)
      const rows = await shown(
        await sql.sharesById(
          db,
          kin.map(({ id }) => id),
        ),
      )
      const of = (way: sql.Kin['way']) =>
        rows.filter(({ id }) => kin.some((each) => each.id === id && each.way === way))
      const [share] = of('self')
      const scope = staff.scopeOf(actor)
      if (!share || (scope && !scope.includes(share.storeId))) return refuse(shareMissing)
      const [opens, orders] = await Promise.all([
        sql.listOpens(db, shareId, MOST_OF_A_CHAIN),
        sql.listOrders(db, shareId, MOST_OF_A_CHAIN),
      ])
      const at = await desk([...opens, ...orders].map(({ memberId }) => memberId))
      return {
        share,
        from: of('from'),
        next: of('next'),
        opens: opens.map(({ memberId, openedAt, knownAt, joined }) => ({
          member: memberId === null ? null : at(memberId),
          openedAt: openedAt.toISOString(),
          knownAt: knownAt?.toISOString() ?? null,
          joined,
        })),
        orders: orders.map(({ memberId, openedAt, placedAt, ...order }) => ({
          ...order,
          member: at(memberId),
          openedAt: openedAt.toISOString(),
          placedAt: placedAt.toISOString(),
        })),
      }
    },
  }
}
export type Reading = ReturnType<typeof createReading>
