import Taro, { useDidHide, useDidShow } from '@tarojs/taro'
import { useState, type ReactNode } from 'react'
import { elderFace } from '../services/faces'
import { useCell } from '../services/watch'
import { Box } from './elements'
import { Overlay } from './overlay'
import { TabBar } from './tab-bar'
import { Toasts } from './toasts'
import type { TabName } from '../services/routes'

interface ScreenProps {
  /** What the browser's tab and a screen reader call this page. */
  title: string
  tab?: TabName
  /** A bar fixed at the bottom. */
  bar?: ReactNode
  className?: string
  children: ReactNode
}

/** The ground of every page: the face (normal or elder), the tab bar, and what may lie over the page. */
export function Screen({ title, tab, bar, className = '', children }: ScreenProps) {
  const elder = useCell(elderFace)
  const [shown, setShown] = useState(true)
  useDidShow(() => {
    setShown(true)
    if (process.env.TARO_ENV === 'h5') void Taro.setNavigationBarTitle({ title })
  })
  useDidHide(() => setShown(false))
  const below = tab ? 'll-above-tabs' : bar ? 'll-above-bar' : ''
  return (
    <Box className={`ll-root ${elder ? 'll-elder' : ''} ${className}`}>
      <Box as="main" className={`ll-screen ${below}`}>
        {children}
      </Box>
      {bar && <Box className={`ll-bar ${tab ? 'll-bar-over-tabs' : ''}`}>{bar}</Box>}
      {tab && <TabBar current={tab} />}
      {shown && <Toasts lifted={tab !== undefined || bar !== undefined} />}
      {shown && <Overlay />}
    </Box>
  )
}
