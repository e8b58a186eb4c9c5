import { useEffect, useState } from 'react'
import type { Provider } from '../models/wire'
import { api } from './api'

const WECHAT: readonly Provider[] = ['wechat']
let known: readonly Provider[] | null = null

/** The ways of paying to choose from; null while that is being asked. When no answer comes there is WeChat, as ever. */
export function useOffers(): readonly Provider[] | null {
  const [offers, setOffers] = useState(known)
  useEffect(() => {
    if (known) return
    void api('GET /v1/payment-providers')
      .then(({ items }) => (known = items))
      .catch(() => WECHAT)
      .then(setOffers)
  }, [])
  return offers
}

const keyOf = (orderId: string): string => `ll.away.${orderId}`

/** Sends the browser to a page where the shopper pays. Settles when they come back to this very page, by the browser's own 返回. */
export function leaveFor(address: string, orderId: string): Promise<void> {
  mark(orderId)
  return new Promise((resolve) => {
    const back = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      removeEventListener('pageshow', back)
      wasAway(orderId)
      resolve()
    }
    addEventListener('pageshow', back)
    location.assign(address)
  })
}

/** Was the browser sent away from here to pay this order? Answers once: whoever comes back is asked about, not sent away again. */
export function wasAway(orderId: string): boolean {
  try {
    const away = sessionStorage.getItem(keyOf(orderId)) !== null
    sessionStorage.removeItem(keyOf(orderId))
    return away
  } catch {
    return false
  }
}

// A browser that keeps nothing must not stop a purchase.
function mark(orderId: string): void {
  try {
    sessionStorage.setItem(keyOf(orderId), '1')
  } catch {
    // see above
  }
}
