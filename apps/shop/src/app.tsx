import { useDidShow } from '@tarojs/taro'
import { useEffect, type PropsWithChildren } from 'react'
import { watchBrowser } from './browser'
import { memberSession } from './services/api'
import { loadCart } from './services/cart'
import { sayGuide } from './services/guide'
import { sayPromoter } from './services/promoter'
import { place } from './services/place'
import { sayShares } from './services/share'
import { forgetKept } from './services/storage'
import './app.scss'

watchBrowser()

const refreshCart = () => void loadCart().catch(() => undefined)

/** Keeps the cart in step with who is signed in and which store is open; everything else belongs to pages. */
export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    const leaveMember = memberSession.subscribe(() => {
      // What was kept for a visit without a network is the member's own; the next person on this phone must not see it.
      if (!memberSession.get()) forgetKept('ll.kept.order', 'll.code.')
      refreshCart()
      void sayGuide()
      void sayShares()
      void sayPromoter()
    })
    const leavePlace = place.subscribe(refreshCart)
    return () => {
      leaveMember()
      leavePlace()
    }
  }, [])
  useDidShow(refreshCart)
  return children
}
