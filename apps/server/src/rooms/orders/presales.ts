import type { OrderPresale } from '@linli/contract/order-presale'
import type { Static } from 'typebox'
import { momentWords, secondsAfter } from '#kernel/clock'
import { inTx } from '#kernel/db'
import type { Sweep } from '#kernel/jobs'
import { yuan } from '#kernel/money'
import { refuse } from '#kernel/problem'
import { balanceOpen, takingBack } from '#room/campaigns'
import type { Source } from '#room/messages'
import type { OrderRow } from './orders.sql.ts'
import { balanceNotYet } from './problems.ts'
import { listReminders, presaleOf, remindBalances } from './presales.sql.ts'
import type { Room } from './room.ts'
import { AWAITS_GOODS } from './states.ts'

type Shown = Static<typeof OrderPresale>

/** A balance is not taken before its time: the goods are not there, and the shopper was told so. */
export async function requireBalanceOpen(
  { ctx }: Room,
  { id, state }: Pick<OrderRow, 'id' | 'state'>,
  now: Date,
): Promise<void> {
  if (state !== 'WAIT_BALANCE') return
  const presale = await presaleOf(ctx.db, id)
  if (!presale || !balanceOpen(presale, now))
    refuse(balanceNotYet, { balanceFrom: presale?.balanceFrom ?? null })
}

/** What was agreed about the goods of an order, and what a shopper can do about it now; null where they were in the store. */
export async function presaleShown({ ctx, campaigns }: Room, order: OrderRow): Promise<Shown | null> {
  if (order.goodsBy === null) return null
  const presale = await presaleOf(ctx.db, order.id)
  if (!presale) throw new Error(`nothing is agreed about the goods of order ${order.no}`)
  const now = ctx.clock.now()
  const awaited = AWAITS_GOODS.includes(order.state)
  const { depositFen } = order
  return {
    campaignId: presale.campaignId,
    ofBox: (await campaigns.find(presale.campaignId))?.terms.kind === 'box',
    called: presale.called,
    depositFen,
    balanceFen: depositFen === null ? null : order.totalFen - depositFen,
    balanceFrom: presale.balanceFrom?.toISOString() ?? null,
    balanceUntil: presale.balanceUntil?.toISOString() ?? null,
    cutoff: presale.cutoff.toISOString(),
    pickupFrom: presale.pickupFrom.toISOString(),
    promisedBy: presale.promisedBy.toISOString(),
    arrivedAt: presale.arrivedAt?.toISOString() ?? null,
    balanceOpen: order.state === 'WAIT_BALANCE' && balanceOpen(presale, now),
    takeBackFen: awaited && takingBack(presale, now) ? order.paidFen - order.refundedFen : null,
    owedFen: presale.owedFen,
    owedPaidAt: presale.owedPaidAt?.toISOString() ?? null,
  }
}

const ENDING_SECONDS = 24 * 3600
const AT_ONCE = 1000

/** The sweep: who may pay a balance now, or not much longer, is written down once, and told. */
export const remindSweep = ({ ctx }: Pick<Room, 'ctx'>): Sweep => ({
  name: 'orders.presale_reminders',
  seconds: 60,
  run: async () => {
    const now = ctx.clock.now()
    await inTx(ctx.db, (tx) => remindBalances(tx, now, secondsAfter(now, ENDING_SECONDS), AT_ONCE))
  },
})

const KINDS = { balance_open: 'presale.balance', balance_ending: 'presale.ending' } as const

/** What members are told of their balances. */
export const presaleNews: Source = {
  name: 'presales',
  book: 'presale_reminder',
  notices: async (db, span) =>
    (await listReminders(db, span)).map(
      ({ id, kind, at, orderId, orderNo, memberId, dueFen, balanceUntil }) => ({
        memberId,
        at,
        pageId: orderId,
        kind: KINDS[kind],
        ref: String(id),
        fields: { orderNo, amount: `¥${yuan(dueFen)}`, until: momentWords(balanceUntil) },
      }),
    ),
}
