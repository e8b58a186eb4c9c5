import { useShareAppMessage } from '@tarojs/taro'
import { useEffect } from 'react'
import { Screen } from '../../components/screen'
import { isGuideScene } from '../../models/guide'
import { api } from '../../services/api'
import { elderFace } from '../../services/faces'
import { noteScene } from '../../services/guide'
import { useInStore, usePlace, useStores } from '../../services/place'
import { PAGES, useParam } from '../../services/routes'
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
  useEffect(() => {
    if (isGuideScene(scene)) void noteScene(scene)
  }, [scene])
  useShareAppMessage(() => ({ title: `${chosen?.name ?? '邻里'}：线上下单，到店自提`, path: PAGES.home }))

  const Face = elder ? ElderHome : NormalHome
  return (
    <Screen title={chosen?.name ?? '首页'} tab="home" className="home">
      <Face home={home} stores={stores.data} place={chosen} />
    </Screen>
  )
}
