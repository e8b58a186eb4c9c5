import type { Ctx } from '#kernel/ctx'
import type { Catalog } from '#room/catalog'
import type { Coupons } from '#room/coupons'
import type { Inventory } from '#room/inventory'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Tiers } from '#room/tiers'
import type { Messages } from '#room/messages'
import type { Shares } from '#room/shares'
import type { Book } from './book.ts'
import type { Gate } from './gate.ts'
import type { Watch } from './monitor.ts'
import type { AtTheDoor } from './reservations.sql.ts'

export interface CampaignsDeps {
  stores: Pick<Stores, 'require'>
  staff: Staff
  catalog: Pick<Catalog, 'sellable' | 'card' | 'picture'>
  inventory: Pick<Inventory, 'carve' | 'available'>
  tiers: Pick<Tiers, 'tierOf' | 'codes'>
  coupons: Pick<Coupons, 'rewards'>
  messages: Pick<Messages, 'follow' | 'tell'>
  shares: Pick<Shares, 'describe'>
}
/** What the verbs of this room work with. */
export interface Room extends CampaignsDeps {
  ctx: Ctx
  book: Book
  /** The door of this process, and what it saw. */
  gate: Gate
  watch: Watch
  /** What the table knows of somebody at the door; asked for all who stand there together. */
  atTheDoor(of: { campaignId: string; memberId: string }): Promise<AtTheDoor>
}
