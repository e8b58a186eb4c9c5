import type { Ctx } from '#kernel/ctx'
import type { Campaigns } from '#room/campaigns'
import type { Catalog } from '#room/catalog'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Orders } from '#room/orders'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'

export interface BoxesDeps {
  stores: Pick<Stores, 'find' | 'require'>
  staff: Pick<Staff, 'requireScope' | 'scopeOf'>
  members: Pick<Members, 'cards'>
  messages: Pick<Messages, 'follow'>
  catalog: Pick<Catalog, 'sellable' | 'picture'>
  campaigns: Pick<Campaigns, 'enter' | 'holdRunning' | 'find' | 'inScope'>
  orders: Pick<Orders, 'placeFor' | 'placedFor'>
}
export interface Room extends BoxesDeps {
  ctx: Ctx
}
