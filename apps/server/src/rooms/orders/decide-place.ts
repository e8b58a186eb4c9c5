import { slotKey } from '#room/fulfilment'
import { stockShort } from '#room/inventory'
import { SYSTEM } from '#kernel/actor'
import { type Answer, type Place, type Placed, refused } from './commands.ts'
import { becomePaid } from './decide-pay.ts'
import { benefitsGone, holdBenefits } from './decide-benefits.ts'
import { campaignGone, takeFromCampaign } from './decide-campaign.ts'
import { groupGone, sitDown } from './decide-group.ts'
import { agreePresale } from './decide-presale.ts'
import { holdStored, storedGone } from './decide-stored.ts'
import { keyReused, slotFull } from './problems.ts'
import { shortOf, stockOf } from './stock-lines.ts'
import { countSlot, freeAt, moveStock } from './holds.ts'
import { type DeskLine, type DeskOrder, type Fold, memberKey, type PlacedRow } from './view.ts'

/** A repeat comes before every other question: it gets the first answer though all be sold since. */
export function answerRepeat(
  { view }: Fold,
  memberId: string,
  key: string,
  bodyHash: string,
): Answer | undefined {
  const known = view.keys.get(memberKey(memberId, key))
  if (!known) return undefined
  return known.bodyHash === bodyHash ? { kind: 'placed', order: known.order } : refused(keyReused)
}

/** Takes stock, the slot, coupons, points and stored value for an order, or refuses and leaves no trace for those behind. */
export function place(fold: Fold, command: Place): Answer {
  const { view, writes } = fold
  const repeat = answerRepeat(fold, command.memberId, command.key, command.bodyHash)
  if (repeat) return repeat
  const { orderId, storeId, slot } = command
  const offered = slot && view.slots.get(slotKey(slot))
  if (offered && offered.taken >= offered.capacity) return refused(slotFull, { slotStart: slot.startsAt })
  const gone = goodsGone(fold, command) ?? benefitsGone(fold, command) ?? storedGone(fold, command)
  if (gone) return gone

  const kept = command.campaign !== null
  if (!command.campaign?.presale)
    moveStock(fold, 'RESERVE', { orderId, storeId, lines: stockOf(command.lines), kept }, command)
  const placed = newLines(command)
  holdBenefits(fold, command, placed)
  holdStored(fold, command)
  takeFromCampaign(fold, command)
  sitDown(fold, command)
  agreePresale(fold, command)
  if (slot) countSlot(fold, slot, 1)
  const order: Placed = {
    id: orderId,
    no: command.no,
    totalFen: command.totalFen,
    expiresAt: nothingDue(command) ? null : command.expiresAt,
  }
  view.keys.set(memberKey(command.memberId, command.key), { order, bodyHash: command.bodyHash })
  const made = newOrder({ ...command, expiresAt: order.expiresAt })
  view.orders.set(orderId, made)
  view.lines.set(orderId, placed)
  writes.placed.push({ ...command, expiresAt: order.expiresAt })
  writes.events.push({
    orderId,
    verb: 'place',
    from: null,
    to: 'PENDING_PAY',
    by: command.by,
    at: command.at,
    data: null,
  })
  if (nothingDue(command)) payNothing(fold, made, command)
  return { kind: 'placed', order }
}

/** Why the goods cannot be had: sold out, or a campaign that is over for this member. Undefined when they can. */
function goodsGone(fold: Fold, command: Place): Answer | undefined {
  const { storeId, lines, campaign } = command
  if (campaign) return groupGone(fold, command) ?? campaignGone(fold, command, campaign)
  const short = shortOf(lines, (skuId) => freeAt(fold, { storeId, skuId }))
  return short && refused(stockShort, { ...short })
}

/** Does it move points? What it spends it holds; what it earns is there at once when nothing is left to pay. */
export const placesPoints = (command: Pick<Place, 'totalFen' | 'stored' | 'usedPoints' | 'lines'>): boolean =>
  command.usedPoints > 0 ||
  (nothingDue(command) && command.lines.some(({ earnedPoints }) => earnedPoints > 0))

const nothingDue = ({ totalFen, stored }: Pick<Place, 'totalFen' | 'stored'>): boolean =>
  totalFen === (stored?.fen ?? 0)

/** It costs nothing, or stored value pays all of it: no waiting, but the same way into being paid. */
function payNothing(fold: Fold, order: DeskOrder, { pickup, stored, at }: Place): void {
  if (!pickup) throw new Error(`nothing is due for order ${order.no} and it has no pickup code`)
  becomePaid(fold, order, { pickup, attemptId: stored?.attemptId ?? null, paidAt: at, by: SYSTEM, at })
}

/** The lines of an order that was just placed. */
export const newLines = ({ lines }: Pick<Place, 'lines'>): DeskLine[] =>
  lines.map(
    ({ skuId, quantity, payFen, pieceGrams, toleranceBp, components, discounts, earnedPoints }, i) => ({
      lineNo: i + 1,
      skuId,
      quantity,
      payFen,
      withdrawnQuantity: 0,
      promisedQuantity: 0,
      pieceGrams,
      toleranceBp,
      finalGrams: null,
      weightBackFen: null,
      groupBackFen: 0,
      components: components && components.map((each) => ({ skuId: each.skuId, quantity: each.quantity })),
      usedPoints: discounts.reduce((sum, { points }) => sum + points, 0),
      earnedPoints,
    }),
  )

export const newOrder = ({
  orderId,
  no,
  storeId,
  memberId,
  slot,
  totalFen,
  stored,
  campaign,
  depositFen,
  expiresAt,
}: PlacedRow): DeskOrder => ({
  id: orderId,
  no,
  storeId,
  memberId,
  state: 'PENDING_PAY',
  payState: 'UNPAID',
  refundState: 'NONE',
  slotStart: slot?.startsAt ?? null,
  campaignId: campaign?.campaignId ?? null,
  goodsBy: campaign?.presale?.promisedBy ?? null,
  depositFen,
  totalFen,
  storedValueFen: stored?.fen ?? 0,
  paidFen: 0,
  refundedFen: 0,
  expiresAt,
  paidAt: null,
  packableAt: null,
  completedAt: null,
  cancelledAt: null,
  cancelReason: null,
})
