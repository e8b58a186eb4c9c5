import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef } from 'react'
import { brighten } from './device'

/** A till reads a bright screen better: for as long as the page is in front. */
export function useBright(): void {
  const undo = useRef<(() => void) | null>(null)
  useDidShow(() => {
    undo.current ??= brighten()
  })
  useDidHide(() => {
    undo.current?.()
    undo.current = null
  })
}
