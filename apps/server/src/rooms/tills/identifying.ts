import type { Input, Output } from '@linli/contract'
import type { tillRoutes } from '@linli/contract/tills'
import type { PartnerActor } from '#kernel/actor'
import { maskName } from '#kernel/mask'
import { memberRef } from './member-ref.ts'
import type { Room } from './room.ts'

type Routes = typeof tillRoutes
type Asked = Input<Routes['POST /partner/v1/till/members']>['body']

/** Who stands at this till. Guessing locks the till that guesses, not the others of its partner. */
export async function identifyAtTill(
  room: Room,
  { partnerId, code }: PartnerActor,
  { storeId, terminal, shown }: Asked,
): Promise<Output<Routes['POST /partner/v1/till/members']>> {
  room.stores.require(storeId)
  const device = `partner:${code}:${storeId}:${terminal}`
  const memberId = await room.members.identify(shown, { device, storeId })
  const [cards, points] = await Promise.all([
    room.members.cards([memberId]),
    room.ledgers.usablePoints(memberId),
  ])
  const card = cards.get(memberId)
  return {
    memberRef: memberRef(room.ctx, partnerId, memberId),
    name: maskName(card?.nickname ?? ''),
    phoneTail: card?.phoneTail ?? null,
    points,
  }
}
