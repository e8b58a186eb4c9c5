import { useCallback, useEffect, useRef, useState } from 'react'
import { darkPauseBefore, pauseBefore } from '../../../models/waiting'
import type { OpenedPayment, Order, Provider } from '../../../models/wire'
import { useAgain } from '../../../services/again'
import { api, codeOf, troubleFrom } from '../../../services/api'
import type { Loaded } from '../../../services/load'
import { leaveFor, useOffers, wasAway } from '../../../services/offers'
import { say } from '../../../services/toast'
import { openCashier, type PaySheetResult } from '../../../services/wechat'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * `opening` the cashier, `checking` with the server, `unknown` while the server does not say, `unpaid` only after it did (or before anything was
 * chosen). Once the order is no longer waiting for money, it speaks for itself.
 */
export type Phase = 'opening' | 'checking' | 'unknown' | 'unpaid'

interface Paying {
  phase: Phase
  /** What this page was opened for is not paid yet, as far as the order says. */
  waits: boolean
  /** The ways of paying there are. */
  offers: readonly Provider[]
  by: Provider
  choose: (by: Provider) => void
  pay: () => Promise<void>
  check: () => Promise<void>
}

interface Arrival {
  /** Chosen on the page before; null when nobody chose. */
  by: Provider | null
  /** Sent back by Alipay's page after paying: a hint, as good as a sheet that says ok. */
  returned: boolean
}

/** Opens what the server opened. What comes back is a hint at most. */
const goThrough = async (opened: OpenedPayment, orderId: string): Promise<PaySheetResult> => {
  if (opened.provider === 'wechat') return openCashier(opened.params)
  await leaveFor(opened.payUrl, orderId)
  return 'cancelled'
}

/** Pays an order and finds out what became of it. What the cashier says is never believed. */
export function usePaying(
  orderId: string,
  { data, reload }: Loaded<Order>,
  { by: chosen, returned }: Arrival,
): Paying {
  const before = useRef<Order['payState'] | null>(null)
  if (before.current === null && data) before.current = data.payState
  const waits = data !== null && data.dueFen > 0 && data.payState === before.current
  const [phase, setPhase] = useState<Phase>('opening')
  const [by, choose] = useState<Provider>(chosen ?? (returned ? 'alipay' : 'wechat'))
  const offers = useOffers()
  const gone = useRef(false)
  useEffect(() => () => void (gone.current = true), [])

  /** Asks the server once; null when it does not say. */
  const isUnpaid = useCallback(async (): Promise<boolean | null> => {
    try {
      const { state } = await api('GET /v1/orders/:orderId/payment', { params: { orderId } })
      // A balance is asked for while the deposit is paid.
      return state === before.current
    } catch {
      return null
    }
  }, [orderId])

  /** Shows what an answer means. A paid order must be read again before it can say so. */
  const conclude = useCallback(
    async (unpaid: boolean | null) => {
      if (unpaid === null) setPhase('unknown')
      await reload()
      setPhase(unpaid ? 'unpaid' : 'unknown')
    },
    [reload],
  )

  /** Asks until the server knows the money, or until waiting longer helps nobody. */
  const check = useCallback(async () => {
    setPhase('checking')
    let unpaid: boolean | null = null
    for (let n = 0; !gone.current; n++) {
      unpaid = await isUnpaid()
      const wait = pauseBefore(n)
      if (unpaid !== true || wait === null) break
      await pause(wait)
    }
    await conclude(unpaid)
  }, [conclude, isUnpaid])

  const pay = useCallback(async () => {
    try {
      const opened = await api('POST /v1/orders/:orderId/payments', {
        params: { orderId },
        body: { provider: by },
      })
      const result = await goThrough(opened, orderId)
      if (result === 'ok') return await check()
      // The sheet may be closed, or call it a failure, after the money moved: ask once, quietly.
      const unpaid = await isUnpaid()
      if (result === 'failed' && unpaid) say('没有付成，可以再试一次')
      await conclude(unpaid)
    } catch (error) {
      if (codeOf(error) !== 'payments.already_paid') say(troubleFrom(error).text)
      await conclude(await isUnpaid())
    }
  }, [by, check, conclude, isUnpaid, orderId])

  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || !waits || offers === null) return
    opened.current = true
    const away = wasAway(orderId)
    if (away) choose('alipay')
    if (returned) void check()
    else if (away) void isUnpaid().then(conclude)
    else if (chosen !== null || offers.length === 1) void pay()
    else setPhase('unpaid')
  }, [check, chosen, conclude, isUnpaid, offers, orderId, pay, returned, waits])

  useAgain({
    on: phase === 'unknown' && waits,
    work: async () => conclude(await isUnpaid()),
    restBefore: darkPauseBefore,
  })
  return { phase, waits, offers: offers ?? [], by, choose, pay, check }
}
