import { Icon } from '../../components/icon'
import { Box, Press, Words } from '../../components/elements'
import { NavBar } from '../../components/nav-bar'
import { Gate } from '../../components/states'
import { SearchBar } from '../../components/search-bar'
import { CampaignStrips } from '../../components/campaign-strips'
import { GoodsCard } from '../../components/goods'
import { NotOrdering } from '../../components/advice'
import { hoursText } from '../../models/ordering'
import { distanceText } from '../../models/places'
import type { Home, Store } from '../../models/wire'
import { elderFace } from '../../services/faces'
import type { Loaded } from '../../services/load'
import { openCategory } from '../../services/open-category'
import type { Place } from '../../services/place'
import { openPage } from '../../services/routes'
import { Banners, Feed, HomeBones, Zones } from './parts'

export interface FaceProps {
  home: Loaded<Home>
  /** Null until they are known. */
  stores: Store[] | null
  place: Place | null
}

/** The store that the home page stands in. */
export const storeOf = ({ stores, place }: FaceProps): Store | null =>
  stores?.find(({ id }) => id === place?.storeId) ?? null

/** The normal face of 首页. */
export function NormalHome(props: FaceProps) {
  const { home, stores, place } = props
  return (
    <>
      <Box className="home-head">
        <NavBar back={false} tone="clear">
          <StoreBar store={storeOf(props)} storeName={place?.name ?? ''} />
        </NavBar>
        <Box className="home-search-row">
          <SearchBar hint="搜菜名，或首字母 xhs" />
          <Press className="home-elder" onPress={() => elderFace.set(true)}>
            <Icon name="text" size={22} />
            <Words className="home-elder-name">长辈模式</Words>
          </Press>
        </Box>
      </Box>
      {place && <NotOrdering storeId={place.storeId} stores={stores} />}
      <Gate loaded={home} skeleton={<HomeBones />} safe="购物车里的东西都在">
        {(data) => (
          <>
            <Banners banners={data.banners} />
            <Zones categories={data.categories} />
            <CampaignStrips />
            <Press className="home-offers" role="link" onPress={() => openPage('offers')}>
              <Icon name="coupon" size={20} />
              <Words className="home-offers-name">领券中心</Words>
              <Words className="home-offers-note">先领券再下单，结算自动选最省的</Words>
              <Icon name="right" size={16} />
            </Press>
            {data.specialities.length > 0 && <Specialities goods={data.specialities} />}
            <Box className="home-title">
              <Box as="h2" className="home-title-words">
                本店好货
              </Box>
              <Words className="ll-quiet">{data.store.name}</Words>
            </Box>
            <Feed goods={data.goods} />
            <Press className="home-more" role="link" onPress={() => openCategory(null)}>
              <Words>去分类看全部 {data.categories.reduce((sum, each) => sum + each.count, 0)} 样</Words>
              <Icon name="right" size={16} />
            </Press>
          </>
        )}
      </Gate>
    </>
  )
}

function StoreBar({ store, storeName }: { store: Store | null; storeName: string }) {
  const words = store && [
    store.distanceM !== null && `距您 ${distanceText(store.distanceM)}`,
    hoursText(store),
  ]
  return (
    <Press className="home-store" label={`自提门店 ${storeName}，换一家`} onPress={() => openPage('stores')}>
      <Box className="ll-mark home-mark" hidden />
      <Box className="home-store-words">
        <Box className="home-store-name">
          <Words>{storeName}</Words>
          <Icon name="down" size={18} />
        </Box>
        <Box className="home-store-note">{words ? words.filter(Boolean).join(' · ') : '\u00a0'}</Box>
      </Box>
    </Press>
  )
}

function Specialities({ goods }: { goods: Home['specialities'] }) {
  return (
    <Box as="section" className="home-local">
      <Box className="home-title">
        <Box as="h2" className="home-title-words">
          本地特产
        </Box>
        <Words className="ll-quiet">附近出产</Words>
      </Box>
      <Box className="home-local-row">
        {goods.map((product) => (
          <Box key={product.id} className="home-local-card">
            <GoodsCard product={product} tall={false} local />
          </Box>
        ))}
      </Box>
    </Box>
  )
}
