import { Type } from 'typebox'
import { ByCampaign } from './campaigns.ts'
import { Instant, Maybe, Nothing, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** A random number that the app made for itself on this telephone; a filter against bustle, kept in memory alone. */
const Device = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9]+$' })
const NOT_HERE = ['campaigns.missing', 'stores.missing'] as const

export const flashRoutes = defineRoutes({
  'POST /v1/campaigns/:campaignId/entries': {
    summary:
      'Ask at the gate of a sale that crowds come to: a pass for one order, or a place in line. Ask again as it says',
    access: 'member',
    params: ByCampaign,
    body: Strict({ storeId: StoreId, skuId: Uuid, device: Device }),
    ok: Type.Object({
      /** Stands in the order, within its time. It is the right to ask, no claim on goods. Null: wait. */
      pass: Maybe(Type.String()),
      passUntil: Maybe(Instant),
      /** In line: who is in front, oneself counted, and how long that takes at the pace of the door. */
      place: Maybe(Type.Integer()),
      waitMs: Maybe(Type.Integer()),
      now: Instant,
    }),
    errors: [
      ...NOT_HERE,
      'campaigns.not_now',
      'campaigns.paused',
      'campaigns.sold_out',
      'campaigns.limit_reached',
      'campaigns.not_for_you',
      'campaigns.not_reserved',
      'campaigns.too_fast',
      'campaigns.device_busy',
      'campaigns.gate_full',
    ],
  },
  'PUT /v1/campaigns/:campaignId/visit': {
    summary:
      'I am in the hall: counted once, while it sells, for how many came; says nothing of what I look at',
    access: 'member',
    params: ByCampaign,
    ok: Nothing,
    status: 204,
    errors: ['campaigns.missing'],
  },
  'GET /v1/campaigns/:campaignId/reservation': {
    summary: 'Did I reserve, and how many members did',
    access: 'member',
    params: ByCampaign,
    ok: Type.Object({ at: Maybe(Instant), reserved: Type.Integer() }),
    errors: ['campaigns.missing'],
  },
  'PUT /v1/campaigns/:campaignId/reservation': {
    summary:
      'I want to be there: be reminded ten minutes before, and be let in where it is asked for. Takes nothing off the quota',
    access: 'member',
    params: ByCampaign,
    body: Strict({ storeId: StoreId }),
    ok: Type.Object({ at: Maybe(Instant), reserved: Type.Integer() }),
    errors: [...NOT_HERE, 'campaigns.not_now'],
  },
  'DELETE /v1/campaigns/:campaignId/reservation': {
    summary: 'No longer; saying so twice changes nothing',
    access: 'member',
    params: ByCampaign,
    ok: Type.Object({ at: Maybe(Instant), reserved: Type.Integer() }),
    errors: ['campaigns.missing'],
  },
})

const Slowness = { p50Ms: Maybe(Type.Integer()), p99Ms: Maybe(Type.Integer()) }
export const consoleFlashRoutes = defineRoutes({
  'GET /console/v1/campaigns/:campaignId/monitor': {
    summary:
      'A sale as it goes on: the funnel, refusals by reason, and how long answers took, minute by minute over all servers',
    access: 'console',
    permission: 'campaigns.read',
    params: ByCampaign,
    ok: Type.Object({
      asOf: Instant,
      /** Members, each once: reserved, came, asked to be let in, ordered, paid. */
      funnel: Type.Object({
        reserved: Type.Integer(),
        came: Type.Integer(),
        tried: Type.Integer(),
        got: Type.Integer(),
        paid: Type.Integer(),
      }),
      /** Ordered and not paid, and when the first of them goes back. */
      waiting: Type.Integer(),
      nextBackAt: Maybe(Instant),
      asked: Type.Integer({ description: 'questions at the gate and orders, all of them' }),
      /** By problem code. */
      refused: Type.Record(Type.String(), Type.Integer()),
      /** The upper bound of the class that the percentile lies in, over all servers. */
      ...Slowness,
      minutes: Type.Array(
        Type.Object({
          at: Instant,
          asked: Type.Integer(),
          passes: Type.Integer(),
          placed: Type.Integer(),
          refused: Type.Integer(),
          ...Slowness,
        }),
      ),
    }),
    errors: ['campaigns.missing', 'staff.out_of_scope'],
  },
})
