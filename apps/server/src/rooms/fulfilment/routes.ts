import { fulfilmentRoutes } from '@linli/contract/fulfilment'
import { type Http, mount } from '#kernel/http'
import { listSlots, type Room } from './pickups.ts'

const SLOTS = 'GET /v1/stores/:storeId/pickup-slots'

/** The routes about an order's code and about handing over are mounted by orders, which knows whose order it is. */
export function mountFulfilment(http: Http, room: Room): void {
  mount(
    http,
    { [SLOTS]: fulfilmentRoutes[SLOTS] },
    {
      [SLOTS]: async ({ params }) => {
        const { required, items } = await listSlots(room, params.storeId)
        return {
          required,
          items: items.map((slot) => ({
            ...slot,
            startsAt: slot.startsAt.toISOString(),
            endsAt: slot.endsAt.toISOString(),
          })),
        }
      },
    },
  )
}
