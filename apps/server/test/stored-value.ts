// Stored value, for tests: a chain that takes it, members that have some, what a clerk does with it.
import type { AllRoutes, Input } from '@linli/contract'
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { idOf } from './fixtures.ts'
import type { LinliApi, World } from './world.ts'

/** The example of the standard: nobody's. */
export const DOCUMENT = '11010519491231002X'
export const holder = { name: '测试', document: DOCUMENT }

/** An account with so much in it, as a clerk's till would have left it. */
export async function plantValue(
  pool: Pick<pg.Pool, 'query'>,
  memberId: string,
  amountFen: number,
): Promise<void> {
  await pool.query(
    `insert into value_holder (member_id, name_cipher, document_cipher, document_tail, recorded_at, recorded_by)
     values ($1, '\\x01', '\\x01', '002X', '2026-11-01T00:00:00Z', $2)`,
    [memberId, idOf('staff:clerk01')],
  )
  await pool.query(
    `insert into value_posting (member_id, reason, available_fen, held_fen, store_id, staff_id, tender, tendered_fen, idem_key, by, at)
     values ($1, 'top_up', $2, 0, 'S01', $3, 'cash', $2, 'planted-1', 'staff:clerk01', '2026-11-01T00:00:00Z')`,
    [memberId, amountFen, idOf('staff:clerk01')],
  )
}

export const openValue = async (world: Pick<World, 'staff'>, over: Partial<Terms> = {}) =>
  (await world.staff('hq'))('PUT /console/v1/stored-value/terms', {
    body: { open: true, maxBalanceFen: 500_000, filingNo: null, ...over },
  })
type Terms = Input<AllRoutes['PUT /console/v1/stored-value/terms']>['body']

const TOP_UP = 'POST /staff/v1/stored-value-members/:memberId/top-ups'
export type TopUpBody = Input<AllRoutes[typeof TOP_UP]>['body']
/** In cash, put down exactly, in the name of nobody, unless something else is said. */
export const topUp = (clerk: LinliApi, memberId: string, amountFen: number, over: Partial<TopUpBody> = {}) =>
  clerk(TOP_UP, {
    params: { memberId },
    body: {
      idempotencyKey: randomUUID(),
      storeId: 'S01',
      tender: 'cash',
      amountFen,
      ...(over.tender === 'card' ? {} : { tenderedFen: amountFen }),
      holder,
      ...over,
    },
  })

/** A chain that takes stored value and a member who has so much, by way of the counter. */
export async function stored(world: World, { memberId }: { memberId: string }, amountFen: number) {
  await openValue(world)
  return topUp(await world.staff('clerk01', 'floor'), memberId, amountFen)
}

/** What they may spend, and what is set aside. */
export const balance = async ({ api }: { api: LinliApi }): Promise<readonly [number, number]> => {
  const { availableFen, heldFen } = await api('GET /v1/stored-value')
  return [availableFen, heldFen]
}
