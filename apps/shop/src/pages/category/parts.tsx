import { Box, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { Price } from '../../components/price'
import { aisleSpan } from '../../models/shelf'
import type { Category } from '../../models/wire'
import { cart } from '../../services/cart'
import { topBar } from '../../services/device'
import { wantedCategory } from '../../services/open-category'
import { openTab } from '../../services/routes'
import { useCell } from '../../services/watch'

interface RailProps {
  categories: Category[]
  current: string
  /** Pieces in the cart, by zone. */
  pieces: Record<string, number>
}

/** The ten letters down the left side. */
export function Rail({ categories, current, pieces }: RailProps) {
  // Under the bar of the page, above the tab bar: the height of both differs between phones.
  const { above, height } = topBar()
  const top = `${above + height + 5}px`
  const room = `calc(100vh - ${top} - var(--ll-tab-bar) - env(safe-area-inset-bottom))`
  return (
    <Box className="category-rail-ground">
      <Box as="nav" className="category-rail" style={{ top, maxHeight: room }} label="分类">
        {categories.map((category) => {
          const on = category.id === current
          const count = pieces[category.zone] ?? 0
          return (
            <Press
              key={category.id}
              className={`category-rail-item ll-zone-${category.zone} ${on ? 'category-rail-on' : ''}`}
              label={count > 0 ? `${category.name}，购物车里有 ${count} 件` : category.name}
              current={on}
              onPress={() => wantedCategory.set(category.id)}
            >
              <Box className="category-letter">
                <Words>{category.zone}</Words>
                {count > 0 && <Words className="ll-badge category-badge">{count}</Words>}
              </Box>
              <Words className="category-rail-name">{category.name}</Words>
            </Press>
          )
        })}
      </Box>
    </Box>
  )
}

interface ZoneSignProps {
  category: Category
  aisles: readonly number[]
  onMap: (() => void) | null
}

/** The sign that hangs over the aisle, in its colour. */
export function ZoneSign({ category, aisles, onMap }: ZoneSignProps) {
  return (
    <Box className={`category-sign ll-zone-${category.zone}`}>
      <Words className="category-sign-letter" hidden>
        {category.zone}
      </Words>
      <Box className="category-sign-words">
        <Box className="ll-strong">{category.name}</Box>
        <Box className="category-sign-note">
          {aisles.length > 0 ? `${aisleSpan(category.zone, aisles)} 货架 · ` : ''}
          {category.count} 种
        </Box>
      </Box>
      {onMap && (
        <Press className="category-sign-map" onPress={onMap}>
          <Words>看地图</Words>
          <Icon name="right" size={14} />
        </Press>
      )}
    </Box>
  )
}

/** What is in the cart so far, floating above the tab bar; gone while it is empty. */
export function FloatingCart() {
  const now = useCell(cart)
  if (!now || now.count === 0) return null
  return (
    <Box className="category-cart">
      <Box className="category-cart-icon">
        <Icon name="cart" />
        <Words className="ll-badge category-cart-badge">{now.count}</Words>
      </Box>
      <Box className="category-cart-sum">
        {now.quote ? <Price fen={now.quote.totalFen} size="m" /> : <Words>已选 {now.count} 件</Words>}
      </Box>
      <Press className="category-cart-go" onPress={() => openTab('cart')}>
        去结算
      </Press>
    </Box>
  )
}
