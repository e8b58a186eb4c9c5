import { useCallback, useEffect, useRef, useState } from 'react'
import { darkPauseBefore, pauseBefore } from '../../../models/waiting'
import type { Order } from '../../../models/wire'
import { useAgain } from '../../../services/again'
import { api, codeOf, troubleFrom } from '../../../services/api'
import type { Loaded } from '../../../services/load'
import { say } from '../../../services/toast'
import { openCashier } from '../../../services/wechat'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * `opening` the cashier, `checking` with the server, `unknown` while the server does not say, `unpaid` only after it did.
 * Once the order is no longer waiting for money, it speaks for itself.
 */
export type Phase = 'opening' | 'checking' | 'unknown' | 'unpaid'

interface Paying {
  phase: Phase
  pay: () => Promise<void>
  check: () => Promise<void>
}

/** Pays an order and finds out what became of it. What the cashier says is never believed. */
export function usePaying(orderId: string, { data, reload }: Loaded<Order>): Paying {
  const [phase, setPhase] = useState<Phase>('opening')
  const gone = useRef(false)
  useEffect(() => () => void (gone.current = true), [])

  /** Asks the server once; null when it does not say. */
  const isUnpaid = useCallback(async (): Promise<boolean | null> => {
    try {
      const { state } = await api('GET /v1/orders/:orderId/payment', { params: { orderId } })
      return state === 'UNPAID'
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
        body: { provider: 'wechat' },
      })
      const result = opened.provider === 'wechat' ? await openCashier(opened.params) : 'failed'
      if (result === 'ok') return await check()
      // The sheet may be closed, or call it a failure, after the money moved: ask once, quietly.
      const unpaid = await isUnpaid()
      if (result === 'failed' && unpaid) say('没有付成，可以再试一次')
      await conclude(unpaid)
    } catch (error) {
      if (codeOf(error) !== 'payments.already_paid') say(troubleFrom(error).text)
      await conclude(await isUnpaid())
    }
  }, [check, conclude, isUnpaid])

  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || data?.state !== 'PENDING_PAY') return
    opened.current = true
    void pay()
  }, [data, pay])

  useAgain({
    on: phase === 'unknown' && data?.state === 'PENDING_PAY',
    work: async () => conclude(await isUnpaid()),
    restBefore: darkPauseBefore,
  })
  return { phase, pay, check }
}
