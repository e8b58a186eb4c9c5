import { useMemo } from 'react'
import { createOrderKey, randomKey } from '../../../models/order-key'
import type { Coupon, Offer } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { usePlace, useStores } from '../../../services/place'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'

/** What may be had in the chosen store, and how it is fetched: a tap that is sent again fetches nothing more. */
export function useOffers() {
  const member = useCell(memberSession)
  const place = usePlace()
  const storeId = place?.storeId
  const owner = member?.who.id
  const offers = useLoad(owner && storeId ? `offers.${owner}.${storeId}` : null, () =>
    api('GET /v1/coupon-offers', { query: { storeId: storeId ?? '' } }),
  )
  const stores = useStores()
  const storeName = (id: string) => stores.data?.find((each) => each.id === id)?.name ?? id
  const keyOf = useMemo(() => createOrderKey(() => randomKey(Date.now())), [])

  /** Sends it, says what came of it, and shows what is there now. */
  const fetch = async (send: () => Promise<Coupon>, done: string): Promise<boolean> => {
    try {
      await send()
      say(done)
      return true
    } catch (error) {
      say(troubleFrom(error).text)
      return false
    } finally {
      await offers.reload()
    }
  }
  const claim = ({ id, had }: Offer) =>
    fetch(
      () =>
        api('POST /v1/coupon-offers/:templateId/claims', {
          params: { templateId: id },
          body: { idempotencyKey: keyOf(['claim', id, had]) },
        }),
      '领到了，结算时自动用上',
    )
  const buy = ({ id, had, label }: Offer) =>
    fetch(
      () =>
        api('POST /v1/coupon-offers/:templateId/purchases', {
          params: { templateId: id },
          body: { idempotencyKey: keyOf(['buy', id, had]) },
        }),
      `换到了「${label}」，在我的优惠券里`,
    )
  const sayCode = (code: string) =>
    fetch(
      () => api('POST /v1/coupon-codes', { body: { code, idempotencyKey: keyOf(['code', code]) } }),
      '领到了，在我的优惠券里',
    )
  return { member, offers, storeName, claim, buy, sayCode }
}
