import { useDidShow } from '@tarojs/taro'
import { useEffect, type ReactNode } from 'react'
import { inkStatusBar, topBar } from '../services/device'
import { goBack } from '../services/routes'
import { Box, Press } from './elements'
import { Icon } from './icon'

interface NavBarProps {
  title?: string
  /** Tab pages have nowhere to go back to. */
  back?: boolean
  /** Paint behind the bar, for pages with a coloured head. */
  tone?: 'plain' | 'clear' | 'light'
  right?: ReactNode
  children?: ReactNode
}

/** The top bar: under the status bar and left of WeChat's capsule in the mini-program, 48 high in a browser. */
export function NavBar({ title, back = true, tone = 'plain', right, children }: NavBarProps) {
  const bar = topBar()
  const ink = tone === 'light' ? 'white' : 'black'
  useEffect(() => inkStatusBar(ink), [ink])
  useDidShow(() => inkStatusBar(ink))
  return (
    <Box
      as="header"
      className={`ll-nav ll-nav-${tone}`}
      style={{ paddingTop: `${bar.above}px`, paddingRight: `${bar.capsule + 12}px` }}
    >
      <Box className="ll-nav-row" style={{ minHeight: `${bar.height}px` }}>
        {back && (
          <Press className="ll-nav-back" label="返回" onPress={goBack}>
            <Icon name="left" size={24} />
          </Press>
        )}
        {title !== undefined && (
          <Box as="h1" className="ll-nav-title">
            {title}
          </Box>
        )}
        {children}
        {right && <Box className="ll-nav-right">{right}</Box>}
      </Box>
    </Box>
  )
}
