import { cart } from '../services/cart'
import { useUnread } from '../services/messages'
import { openTab, type TabName } from '../services/routes'
import { useCell } from '../services/watch'
import { Box, Press, Words } from './elements'
import { Icon } from './icon'
import type { IconName } from './icon-names'

const TABS: { tab: TabName; icon: IconName; name: string }[] = [
  { tab: 'home', icon: 'home', name: '首页' },
  { tab: 'category', icon: 'grid', name: '分类' },
  { tab: 'cart', icon: 'cart', name: '购物车' },
  { tab: 'mine', icon: 'user', name: '我的' },
]
const BADGE_MAX = 99

/** Our own tab bar on every target: the system's does not grow with the elder face. */
export function TabBar({ current }: { current: TabName }) {
  const pieces = useCell(cart)?.count ?? 0
  const unreadMessages = useUnread()
  return (
    <Box as="nav" className="ll-tabs-bar" label="主导航">
      {TABS.map(({ tab, icon, name }) => {
        const badge = tab === 'cart' && pieces > 0
        const news = tab === 'mine' && unreadMessages > 0
        return (
          <Press
            key={tab}
            className={`ll-tab ${tab === current ? 'll-tab-on' : ''}`}
            label={badge ? `${name}，${pieces} 件` : news ? `${name}，有新消息` : name}
            current={tab === current}
            onPress={() => tab !== current && openTab(tab)}
          >
            <Box className="ll-tab-icon">
              <Icon name={icon} />
              {news && <Box className="ll-dot" hidden />}
              {badge && <Words className="ll-badge">{pieces > BADGE_MAX ? `${BADGE_MAX}+` : pieces}</Words>}
            </Box>
            <Words className="ll-tab-name">{name}</Words>
          </Press>
        )
      })}
    </Box>
  )
}
