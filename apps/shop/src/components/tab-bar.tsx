import { cart } from '../services/cart'
import { elderFace } from '../services/faces'
import { openTab, type TabName } from '../services/routes'
import { useCell } from '../services/watch'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'
import type { IconName } from './icon-names'

const TABS: { tab: TabName; icon: IconName; name: string; elderName: string }[] = [
  { tab: 'home', icon: 'home', name: '首页', elderName: '首页' },
  { tab: 'category', icon: 'grid', name: '分类', elderName: '找菜' },
  { tab: 'cart', icon: 'cart', name: '购物车', elderName: '菜篮子' },
  { tab: 'mine', icon: 'user', name: '我的', elderName: '我的' },
]
const BADGE_MAX = 99

/** Our own tab bar on every target: the system's does not grow with the elder face. */
export function TabBar({ current }: { current: TabName }) {
  const elder = useCell(elderFace)
  const pieces = useCell(cart)?.count ?? 0
  return (
    <Box as="nav" className="ll-tabs-bar" label="主导航">
      {TABS.map(({ tab, icon, name, elderName }) => {
        const shown = elder ? elderName : name
        const badge = tab === 'cart' && pieces > 0
        return (
          <Press
            key={tab}
            className={`ll-tab ${tab === current ? 'll-tab-on' : ''}`}
            label={badge ? `${shown}，${pieces} 件` : shown}
            current={tab === current}
            onPress={() => tab !== current && openTab(tab)}
          >
            <Box className="ll-tab-icon">
              <Icon name={icon} />
              {badge && <Words className="ll-badge">{pieces > BADGE_MAX ? `${BADGE_MAX}+` : pieces}</Words>}
            </Box>
            <Words className="ll-tab-name">{shown}</Words>
          </Press>
        )
      })}
    </Box>
  )
}
