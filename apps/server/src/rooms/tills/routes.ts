import type { Output } from '@linli/contract'
import { tillRoutes } from '@linli/contract/tills'
import { signature } from '#kernel/actor'
import { type Http, mount } from '#kernel/http'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { quoteAtTill, reserveAtTill } from './benefits.ts'
import { dayPackOf } from './day-pack.ts'
import { identifyAtTill } from './identifying.ts'
import { txnMissing } from './problems.ts'
import { type Room, saleOf } from './room.ts'
import { takeReceipts } from './sales.ts'
import type { DeskSale } from './view.ts'

type Routes = typeof tillRoutes
type Reservation = Output<Routes['POST /partner/v1/till/reservations']>
type Standing = Output<Routes['POST /partner/v1/till/redemptions']>

function reservationOf({ posTxnId, benefits, expiresAt, priced }: DeskSale): Reservation {
  if (!priced || !expiresAt) throw new Error(`transaction ${posTxnId} reserved nothing`)
  return { posTxnId, benefits, expiresAt: expiresAt.toISOString(), ...priced }
}
const standingOf = (sale: DeskSale): Standing => ({
  posTxnId: sale.posTxnId,
  storeId: sale.storeId,
  kind: sale.kind,
  benefits: sale.benefits,
  expiresAt: sale.expiresAt?.toISOString() ?? null,
  recordedAt: sale.recordedAt?.toISOString() ?? null,
  payFen: sale.paidFen ?? sale.priced?.payFen ?? null,
})

export function mountTills(http: Http, room: Room): void {
  const { clock } = room.ctx
  mount(http, tillRoutes, {
    'POST /partner/v1/till/members': ({ actor, body }) => identifyAtTill(room, actor, body),
    'GET /partner/v1/till/day-pack': ({ query }) => dayPackOf(room, query.storeId),
    'POST /partner/v1/till/quotes': ({ actor, body }) => quoteAtTill(room, actor, body),
    'POST /partner/v1/till/reservations': async ({ actor, body }) =>
      reservationOf(await reserveAtTill(room, actor, body)),
    'POST /partner/v1/till/redemptions': async ({ actor, body }) => {
      room.stores.require(body.storeId)
      const stamp = { partnerId: actor.partnerId, by: signature(actor), at: clock.now() }
      return standingOf(saleOf(await room.submit({ ...body, ...stamp, verb: 'redeem' })))
    },
    'POST /partner/v1/till/reversals': async ({ actor, body }) => {
      room.stores.require(body.storeId)
      const stamp = { partnerId: actor.partnerId, by: signature(actor), at: clock.now() }
      const command = { ...body, ...stamp, verb: 'reverse', tillId: newId(), dueAt: null } as const
      return standingOf(saleOf(await room.submit(command)))
    },
    'GET /partner/v1/till/sales/:posTxnId': async ({ actor, params, query }) => {
      const sale = await room.find({ partnerId: actor.partnerId, posTxnId: params.posTxnId })
      return sale && sale.storeId === query.storeId ? standingOf(sale) : refuse(txnMissing)
    },
    'POST /partner/v1/till/sales': async ({ actor, body }) => ({
      items: await takeReceipts(room, actor, body),
    }),
  })
}
