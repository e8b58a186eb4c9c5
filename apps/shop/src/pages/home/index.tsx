import { useShareAppMessage } from '@tarojs/taro'
import { useEffect } from 'react'
import { Screen } from '../../components/screen'
import { isGuideScene } from '../../models/guide'
import { addressWith, shareKeyOf, shareKeyOfScene } from '../../models/share'
import { api, mediaUrl, memberSession } from '../../services/api'
import { elderFace } from '../../services/faces'
import { keyOfPromoter } from '../../models/promoter'
import { noteScene } from '../../services/guide'
import { notePromoter } from '../../services/promoter'
import { useInStore, usePlace, useStores } from '../../services/place'
import { PAGES, useParam } from '../../services/routes'
import { openShared, passOn } from '../../services/share'
import { useCell } from '../../services/watch'
import { ElderHome } from './elder'
import { NormalHome } from './normal'
import './index.scss'

/** 首页: what this store has today. The elder face has a home of its own. */
export default function HomePage() {
  const elder = useCell(elderFace)
  const chosen = usePlace()
  const home = useInStore(
    'home',
    (storeId) => api('GET /v1/stores/:storeId/home', { params: { storeId } }),
    true,
  )
  const stores = useStores()
  const scene = useParam('scene')
  const shared = useParam('s')
  useEffect(() => {
    if (isGuideScene(scene)) void noteScene(scene)
    const promoter = keyOfPromoter(scene)
    if (promoter !== null) void notePromoter(promoter)
    const key = shareKeyOfScene(scene) ?? shareKeyOf(shared)
    if (key !== null) void openShared(key)
  }, [scene, shared])
  useShareAppMessage(() => {
    const title = `${chosen?.name ?? '邻里'}：线上下单，到店自提`
    const plain = { title, path: PAGES.home }
    if (!chosen || !memberSession.get()) return plain
    const mine = passOn({ kind: 'store', id: chosen.storeId }).then(
      ({ key, card }) => ({ title, path: addressWith(PAGES.home, {}, key), imageUrl: mediaUrl(card) }),
      () => plain,
    )
    return { ...plain, promise: mine }
  })

  const Face = elder ? ElderHome : NormalHome
  return (
    <Screen title={chosen?.name ?? '首页'} tab="home" className="home">
      <Face home={home} stores={stores.data} place={chosen} />
    </Screen>
  )
}
