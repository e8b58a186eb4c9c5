import type { ReactNode } from 'react'
import { Carousel } from '../../../components/carousel'
import { Box, Picture, Press, Words } from '../../../components/elements'
import { Thumb } from '../../../components/goods'
import { Icon } from '../../../components/icon'
import type { IconName } from '../../../components/icon-names'
import { NavBar } from '../../../components/nav-bar'
import { Price } from '../../../components/price'
import { Tag } from '../../../components/tag'
import { yuanText } from '../../../models/money'
import { distanceText } from '../../../models/places'
import { firstFree } from '../../../models/slots'
import { agoOf, momentOf } from '../../../models/times'
import type { Product } from '../../../models/wire'
import { api, mediaUrl } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { moveTo } from '../../../services/place'
import { say } from '../../../services/toast'

/** Pictures, with 返回 over them. */
export function Gallery({ product }: { product: Product }) {
  const slides = product.pictures.map((picture, i) => ({
    key: picture.id,
    content: <Picture src={mediaUrl(picture.l)} alt={`${product.name}，第 ${i + 1} 张图`} eager={i === 0} />,
  }))
  return (
    <Box className={`product-gallery ll-zone-${product.zone.code}`}>
      <Box className="product-nav">
        <NavBar tone="clear" />
      </Box>
      {slides.length > 0 ? (
        <Carousel
          className="product-carousel"
          label={`${product.name}的图片`}
          slides={slides}
          marks={(at, of) => <Words className="ll-count">{`${at + 1} / ${of}`}</Words>}
        />
      ) : (
        <Thumb product={product} size="l" eager />
      )}
    </Box>
  )
}

/** The price and how it came about, the name, what it is. */
export function PriceBlock({ product }: { product: Product }) {
  const { priceFen, basePriceFen } = product
  const off = basePriceFen !== null && basePriceFen > priceFen ? basePriceFen - priceFen : 0
  return (
    <Box className="product-block product-head">
      <Price fen={priceFen} size="x" unit={product.unit} />
      {off > 0 && basePriceFen !== null && (
        <Box className="product-why">
          <Words>门店价 </Words>
          <Words className="product-was">{yuanText(basePriceFen)}</Words>
          <Words className="product-off">
            {' '}
            − {product.onlineOnlyPrice ? '线上专享' : '优惠'} {yuanText(off)}
          </Words>
        </Box>
      )}
      <Box as="h1" className="product-name">
        {product.name}
      </Box>
      {product.subtitle !== '' && <Box className="product-subtitle">{product.subtitle}</Box>}
      <Box className="ll-tags">
        {product.onlineOnlyPrice && <Tag tone="brand">线上专享</Tag>}
        {product.speciality && <Tag tone="leaf">本地特产</Tag>}
        {product.weighed && <Tag>按实称多退少补</Tag>}
      </Box>
    </Box>
  )
}

function Fact({
  icon,
  children,
  note,
  tone = '',
}: {
  icon: IconName
  children: ReactNode
  note: string
  tone?: string
}) {
  return (
    <Box className="product-fact">
      <Icon name={icon} size={22} className={tone} />
      <Box className="product-fact-words">
        <Box>{children}</Box>
        <Box className="product-fact-note">{note}</Box>
      </Box>
    </Box>
  )
}

/** Stock of this store and when it was looked at, the first slot, the nearest other store that has it. */
export function StockBlock({ product }: { product: Product }) {
  const now = Date.now()
  const params = { storeId: product.storeId }
  const store = useLoad(`store.${product.storeId}`, () => api('GET /v1/stores/:storeId', { params }), true)
  const slots = useLoad(`slots.${product.storeId}`, () =>
    api('GET /v1/stores/:storeId/pickup-slots', { params }),
  )
  const slot = firstFree(slots.data?.items ?? [])
  const other = product.elsewhere.find((each) => each.available > 0)
  const has = product.available > 0
  return (
    <Box as="section" className="product-block">
      <Fact icon="shop" tone={has ? 'product-green' : ''} note={`${agoOf(product.stockAt, now)}核对`}>
        <Words className={has ? 'product-green ll-strong' : 'll-strong'}>
          {store.data?.name ?? '本店'}
          {has ? '有货' : '卖完了'}
        </Words>
        {has && (
          <Words className="ll-strong">
            ，还剩 {product.available} {product.unit}
          </Words>
        )}
      </Fact>
      {has && slot && (
        <Fact icon="clock" note={store.data ? `营业到 ${store.data.closesAt}，过了时段也能取` : ''}>
          现在下单，<Words className="ll-strong">{momentOf(slot.startsAt, now)}</Words> 起可到店自提
        </Fact>
      )}
      {other && (
        <Press
          className="product-elsewhere"
          label={`${other.name}也有，还剩 ${other.available} ${product.unit}，换到这家店`}
          onPress={() => {
            moveTo({ id: other.storeId, name: other.name })
            say(`已换到${other.name}`)
          }}
        >
          <Fact icon="swap" note={`还剩 ${other.available} ${product.unit}，点一下换到这家店`}>
            {other.name}也有{other.distanceM === null ? '' : `，${distanceText(other.distanceM)}`}
          </Fact>
          <Icon name="right" size={18} className="ll-quiet" />
        </Press>
      )}
    </Box>
  )
}
