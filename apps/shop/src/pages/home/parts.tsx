import { GoodsCard } from '../../components/goods'
import { Box, Picture, Press, Words } from '../../components/elements'
import { Bone } from '../../components/states'
import { Carousel } from '../../components/carousel'
import type { Card, Category, Home } from '../../models/wire'
import { mediaUrl } from '../../services/api'
import { openCategory } from '../../services/open-category'
import { openPage } from '../../services/routes'

const Dots = (at: number, of: number) => (
  <Box className="ll-dots" hidden>
    {Array.from({ length: of }, (_, i) => (
      <Box key={i} className={i === at ? 'll-dot ll-dot-on' : 'll-dot'} />
    ))}
  </Box>
)

/** What the season asks for. Turned by hand only. */
export function Banners({ banners }: { banners: Home['banners'] }) {
  if (banners.length === 0) return null
  const follow = ({ productId, categoryId }: Home['banners'][number]) => {
    if (productId) openPage('product', { id: productId })
    else openCategory(categoryId)
  }
  const slides = banners.map((banner, i) => ({
    key: banner.id,
    content: (
      <Press className="home-banner" role="link" label={banner.title} onPress={() => follow(banner)}>
        <Picture src={mediaUrl(banner.picture)} alt="" eager={i === 0} />
      </Press>
    ),
  }))
  return <Carousel className="home-banners" label="店里在忙什么" slides={slides} marks={Dots} />
}

/** The ten zones of the shop floor. */
export function Zones({ categories }: { categories: Category[] }) {
  return (
    <Box as="nav" className="home-zones" label="分类">
      {categories.map((category) => (
        <Press
          key={category.id}
          className={`home-zone ll-zone-${category.zone}`}
          role="link"
          onPress={() => openCategory(category.id)}
        >
          <Box className="home-zone-picture">
            {category.picture ? (
              <Picture src={mediaUrl(category.picture.s)} alt="" eager />
            ) : (
              <Words className="home-zone-letter">{category.zone}</Words>
            )}
          </Box>
          <Words className="home-zone-name">{category.name}</Words>
        </Press>
      ))}
    </Box>
  )
}

/** Two columns with staggered pictures. */
export function Feed({ goods }: { goods: Card[] }) {
  const columns = [0, 1].map((side) => goods.filter((_, i) => i % 2 === side))
  return (
    <Box className="home-feed">
      {columns.map((column, side) => (
        <Box key={side} className="home-feed-column">
          {column.map((product, i) => (
            <GoodsCard key={product.id} product={product} tall={(i + side) % 2 === 0} />
          ))}
        </Box>
      ))}
    </Box>
  )
}

export function HomeBones() {
  return (
    <Box className="home-bones">
      <Bone className="home-banners" />
      <Box className="home-zones">
        {Array.from({ length: 10 }, (_, i) => (
          <Box key={i} className="home-zone">
            <Bone className="home-zone-picture" />
            <Bone width="44px" height="12px" />
          </Box>
        ))}
      </Box>
      <Box className="home-feed">
        {[0, 1].map((side) => (
          <Box key={side} className="home-feed-column">
            <Bone height="240px" />
            <Bone height="220px" />
          </Box>
        ))}
      </Box>
    </Box>
  )
}
