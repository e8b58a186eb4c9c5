import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { whenOnline } from './device'

interface Again {
  /** False stops it. */
  on: boolean
  work: () => Promise<void>
  /** How long to rest before the call `n`, from 0. */
  restBefore: (n: number) => number
}

/** Calls again and again while the page is in front: from the first rest on when it is shown again, at once when the network is back. */
export function useAgain({ on, work, restBefore }: Again): void {
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  const latest = useRef({ work, restBefore })
  latest.current = { work, restBefore }

  useEffect(() => {
    if (!on || !shown) return undefined
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    // Only the newest round goes on: one that the network's return overtook ends with its answer.
    let newest = 0
    const round = async (n: number, mine: number): Promise<void> => {
      await latest.current.work()
      if (!over && mine === newest) rest(n + 1, mine)
    }
    const rest = (n: number, mine: number) => {
      timer = setTimeout(() => void round(n, mine), latest.current.restBefore(n))
    }
    const atOnce = () => {
      clearTimeout(timer)
      void round(0, ++newest)
    }
    rest(0, newest)
    const deafen = whenOnline(atOnce)
    return () => {
      over = true
      clearTimeout(timer)
      deafen()
    }
  }, [on, shown])
}
