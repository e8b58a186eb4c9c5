import { Icon } from '../../components/icon'
import { Box, Press, Words } from '../../components/elements'
import { NavBar } from '../../components/nav-bar'
import { Gate } from '../../components/states'
import { GoodsCard } from '../../components/goods'
import { distanceText } from '../../models/places'
import type { Home, Store } from '../../models/wire'
import { elderFace } from '../../services/faces'
import type { Loaded } from '../../services/load'
import { openCategory } from '../../services/open-category'
import { openPage } from '../../services/routes'
import { Banners, Feed, HomeBones, Zones } from './parts'

export interface FaceProps {
  home: Loaded<Home>
  store: Store | null
  storeName: string
}

/** The normal face of 首页. */
export function NormalHome({ home, store, storeName }: FaceProps) {
  return (
    <>
      <Box className="home-head">
        <NavBar back={false} tone="clear">
          <StoreBar store={store} storeName={storeName} />
        </NavBar>
        <Box className="home-search-row">
          <Press className="home-search" role="link" label="搜索商品" onPress={() => openPage('search')}>
            <Icon name="search" size={20} className="ll-quiet" />
            <Words className="ll-quiet">搜菜名，或首字母 xhs</Words>
          </Press>
          <Press className="home-elder" onPress={() => elderFace.set(true)}>
            <Icon name="text" size={22} />
            <Words className="home-elder-name">大字版</Words>
          </Press>
        </Box>
      </Box>
      <Gate loaded={home} skeleton={<HomeBones />} safe="购物车里的东西都在">
        {(data) => (
          <>
            <Banners banners={data.banners} />
            <Zones categories={data.categories} />
            {data.specialities.length > 0 && <Specialities goods={data.specialities} />}
            <Box className="home-title">
              <Box as="h2" className="home-title-words">
                本店好货
              </Box>
              <Words className="ll-quiet">{data.store.name}现在有货的</Words>
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
    store.openNow ? `今天营业到 ${store.closesAt}` : `已打烊，${store.opensAt} 开门，现在可以先下单`,
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
        <Words className="ll-quiet">附近产的，路上时间短</Words>
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
