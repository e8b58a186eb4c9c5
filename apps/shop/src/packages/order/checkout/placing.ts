import { useMemo } from 'react'
import { createOrderKey, randomKey } from '../../../models/order-key'
import { lostCouponText, shortText } from '../../../models/problem-words'
import type { CouponOption, Provider, Quote, ShortageChoice, Store } from '../../../models/wire'
import { api, codeOf, factsOf, troubleFrom } from '../../../services/api'
import { clearFromCart } from '../../../services/cart'
import type { Loaded } from '../../../services/load'
import { goBack, openTab, replacePage } from '../../../services/routes'
import { say } from '../../../services/toast'
import type { Single } from './basket'
import type { PickupSlot } from './pickup-slot'

/** What an order is made of besides its goods. */
export interface Wish {
  ifShort: ShortageChoice
  remark: string
  /** Fen of stored value that pay a part of it. */
  storedFen?: number
}

interface Placing {
  storeId: string
  /** Bought at once from its page, not out of the cart. */
  single: boolean
  campaign: Single['campaign']
  quote: Quote | null
  coupons: readonly CouponOption[]
  pickup: PickupSlot
  stores: Loaded<Store[]>
  reload: () => Promise<void>
}

/** What the shopper saw is not what it costs any more: somebody, or another phone of theirs, was quicker. */
const STALE = [
  'orders.price_changed',
  'coupons.unusable',
  'points.unusable',
  'stored_value.short',
  'stored_value.off',
]

/** Places the order and leads on to the payment; or says why not, and brings what was refused up to date. */
export function usePlacing({ storeId, single, campaign, quote, coupons, pickup, stores, reload }: Placing) {
  const keyOf = useMemo(() => createOrderKey(() => randomKey(Date.now())), [])

  const explain = async (error: unknown, lines: Quote['lines']) => {
    const code = codeOf(error) ?? ''
    const short =
      code === 'inventory.stock_short'
        ? shortText(factsOf(error), lines)
        : code === 'coupons.unusable'
          ? lostCouponText(factsOf(error), coupons)
          : null
    const isGone = code === 'catalog.sku_missing'
    // The page itself says so, with the way back.
    if (isGone && single) return reload()
    say(short ?? troubleFrom(error).text)
    if (STALE.includes(code)) await reload()
    // Sold meanwhile, or the pass ran out: the hall knows how it stands.
    if (code.startsWith('campaigns.') && single) return goBack()
    if (code === 'stores.closed') await stores.reload()
    if (code.startsWith('fulfilment.slot')) await pickup.refused()
    if (code === 'inventory.stock_short' || isGone)
      if (single) goBack()
      else openTab('cart')
  }

  /** `by` null: there is only one way to pay. */
  return async ({ ifShort, remark, storedFen = 0 }: Wish, by: Provider | null): Promise<void> => {
    if (!quote) return
    const { slot } = pickup.choice
    const body = {
      storeId,
      fulfilment: { kind: 'pickup' as const, ...(slot ? { slotStart: slot.startsAt } : {}) },
      lines: quote.lines.map(({ skuId, quantity }) => ({ skuId, quantity })),
      ...(quote.couponIds.length > 0 ? { couponIds: quote.couponIds } : {}),
      ...(quote.pointsUsed > 0 ? { usePoints: quote.pointsUsed } : {}),
      ...(campaign ? { campaign } : {}),
      expectFen: quote.totalFen,
      ifShort,
      ...(storedFen > 0 ? { useStoredValue: storedFen } : {}),
      ...(remark.trim() === '' ? {} : { remark: remark.trim() }),
    }
    try {
      const order = await api('POST /v1/orders', { body: { idempotencyKey: keyOf(body), ...body } })
      // What was ordered leaves the cart; a cart that could not be told so is no reason to hold up the payment.
      if (!single) void clearFromCart(body.lines.map(({ skuId }) => skuId)).catch(() => undefined)
      replacePage('pay', { id: order.id, ...(by ? { by } : {}) })
    } catch (error) {
      await explain(error, quote.lines)
    }
  }
}
