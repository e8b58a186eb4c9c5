import type { Ctx } from '#kernel/ctx'
import type { Campaigns } from '#room/campaigns'
import type { Catalog } from '#room/catalog'
import type { Coupons } from '#room/coupons'
import type { Members } from '#room/members'
import type { Messages } from '#room/messages'
import type { Shares } from '#room/shares'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Person } from './helping.ts'

export interface RalliesDeps {
  stores: Pick<Stores, 'require'>
  staff: Pick<Staff, 'scopeOf'>
  members: Pick<Members, 'cards' | 'phoneHashes'>
  messages: Pick<Messages, 'tell'>
  catalog: Pick<Catalog, 'sellable' | 'picture'>
  coupons: Pick<Coupons, 'reward' | 'rewards' | 'takeBack'>
  shares: Pick<Shares, 'describe'>
  campaigns: Pick<Campaigns, 'enter' | 'holdRunning' | 'find' | 'lockPieces' | 'movePieces' | 'inScope'>
}
export interface Room extends RalliesDeps {
  ctx: Ctx
}

/** Somebody and the telephone in their hand, as keyed hashes. */
export async function personOf(
  { ctx: { secrets }, members }: Room,
  memberId: string,
  device: string,
): Promise<Person> {
  return {
    memberId,
    device: secrets.hash(`device:${device}`).toString('hex'),
    phone: (await members.phoneHashes([memberId])).get(memberId) ?? null,
  }
}
/** What a person is locked by. */
export const keysOf = ({ memberId, device, phone }: Person): string[] =>
  [memberId, device, phone].filter((key) => key !== null)
