import type { ReactNode } from 'react'
import { NotOrdering } from '../../../components/advice'
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
import { firstFree, type Slots } from '../../../models/slots'
import { agoOf, momentOf } from '../../../models/times'
import { gramsText, perWeightText, weightRule } from '../../../models/weight'
import type { Product, Store, StoreDetail } from '../../../models/wire'
import { api, mediaUrl } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { moveTo } from '../../../services/place'
import { openPage } from '../../../services/routes'
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
export function PriceBlock({ product, onShare }: { product: Product; onShare: () => Promise<void> }) {
  const { priceFen, basePriceFen } = product
  const off = basePriceFen !== null && basePriceFen > priceFen ? basePriceFen - priceFen : 0
  return (
    <Box className="product-block product-head">
      <Box className="product-price">
        <Price fen={priceFen} size="x" unit={product.unit} />
        <Press className="product-share" onPress={() => void onShare()}>
          <Icon name="share" size={20} />
          <Words>分享</Words>
        </Press>
      </Box>
      {off > 0 && basePriceFen !== null && (
        <Box className="product-why">
          <Words>前 7 天最低价 </Words>
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
        {product.weight && <Tag>{`约 ${gramsText(product.weight.pieceGrams)} 一${product.unit}`}</Tag>}
      </Box>
      {product.weight && (
        <Box className="product-weight">
          <Icon name="weigh" size={18} />
          <Words>
            <Words className="ll-strong">{`${perWeightText(product.weight)}，多退少不补`}</Words>
            {` · ${weightRule(product.weight)}`}
          </Words>
        </Box>
      )}
    </Box>
  )
}

/** What is in a bundle, each with what it costs alone, and what the bundle costs less. */
export function BundleBlock({ product }: { product: Product }) {
  const { components, priceFen } = product
  if (components.length === 0) return null
  const apartFen = components.reduce((sum, each) => sum + each.priceFen * each.quantity, 0)
  const pieces = components.reduce((sum, each) => sum + each.quantity, 0)
  return (
    <Box as="section" className="product-block">
      <Box as="h2" className="product-bundle-title">
        一{product.unit}里有 {components.length} 样，{pieces} 件
      </Box>
      <Box as="ul">
        {components.map((each) => (
          <Box as="li" key={each.skuId} className="product-part">
            <Press
              className="product-part-press"
              role="link"
              label={`${each.name}，${each.quantity} ${each.unit}，单买 ${yuanText(each.priceFen)}`}
              onPress={() => openPage('product', { id: each.productId })}
            >
              <Box className="product-part-picture">
                <Thumb product={{ ...each, shelf: null }} size="s" />
              </Box>
              <Box className="product-part-words">
                <Box>{each.name}</Box>
                <Box className="product-fact-note">单买 {yuanText(each.priceFen)}</Box>
              </Box>
              <Words className="ll-strong">
                ×{each.quantity} {each.unit}
              </Words>
            </Press>
          </Box>
        ))}
      </Box>
      {apartFen > priceFen && (
        <Box className="product-bundle-sum">
          <Words>{`分开买 ${yuanText(apartFen)}，`}</Words>
          <Words className="product-off">{`一起买省 ${yuanText(apartFen - priceFen)}`}</Words>
        </Box>
      )}
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

/** When it can be collected, if it is ordered now. */
function WhenFact({ slots, store }: { slots: Slots; store: StoreDetail }) {
  const hours = `营业 ${store.opensAt} 到 ${store.closesAt}`
  const slot = firstFree(slots.items)
  if (!slots.required)
    return (
      <Fact icon="clock" note={hours}>
        现在下单，营业时间内都能到店取
      </Fact>
    )
  if (!slot)
    return (
      <Fact icon="clock" note="有人取消就会空出来，也可以换一家店">
        <Words className="ll-strong">今天明天的取货时段都约满了</Words>
      </Fact>
    )
  return (
    <Fact icon="clock" note={`${hours}，过了时段也能取`}>
      现在下单，<Words className="ll-strong">{momentOf(slot.startsAt, Date.now())}</Words> 起到店取
    </Fact>
  )
}

/** Stock of this store and when it was looked at, the first slot, the nearest other store that has it. */
export function StockBlock({ product, stores }: { product: Product; stores: Store[] | null }) {
  const now = Date.now()
  const params = { storeId: product.storeId }
  const store = useLoad(`store.${product.storeId}`, () => api('GET /v1/stores/:storeId', { params }), true)
  const slots = useLoad(`slots.${product.storeId}`, () =>
    api('GET /v1/stores/:storeId/pickup-slots', { params }),
  )
  const other = product.elsewhere.find((each) => each.available > 0)
  const has = product.available > 0
  return (
    <Box as="section" className="product-block">
      <Box className="product-advice">
        <NotOrdering storeId={product.storeId} stores={stores} />
      </Box>
      <Fact
        icon="shop"
        tone={has ? 'product-green' : ''}
        note={product.stockDoubt ? '库存仅供参考，以门店实物为准' : `库存${agoOf(product.stockAt, now)}更新`}
      >
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
      {has && store.data?.ordering === 'open' && slots.data && (
        <WhenFact slots={slots.data} store={store.data} />
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
