import { useState } from 'react'
import { Button } from '../../../components/button'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tag } from '../../../components/tag'
import { whyNot } from '../../../models/ordering'
import { distanceText } from '../../../models/places'
import type { Store } from '../../../models/wire'
import { callPhone, positionNow } from '../../../services/device'
import { moveTo, place, position, useStores } from '../../../services/place'
import { goBack } from '../../../services/routes'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import './index.scss'

/** 选择门店, nearest first once the shopper says where they are. */
export default function StoresPage() {
  const chosen = useCell(place)
  const here = useCell(position)
  const [refused, setRefused] = useState(false)
  const stores = useStores()
  const locate = async () => {
    const found = await positionNow()
    setRefused(found === null)
    if (found) position.set(found)
  }
  const choose = (store: Store) => {
    moveTo(store)
    say(`已换到${store.name}`)
    goBack()
  }
  return (
    <Screen title="选择门店" className="stores">
      <NavBar title="选择门店" />
      {!here && (
        <Notice
          drawing="compass"
          title={refused ? '没开定位也行' : '看看哪家离您近'}
          note={refused ? '自己选一家店，下次不用再选' : '定位只用来排先后，不会存到店里'}
        >
          {!refused && (
            <Button look="soft" icon="pin" busyText="正在定位" onPress={locate}>
              用我的位置
            </Button>
          )}
        </Notice>
      )}
      <Gate loaded={stores} skeleton={<RowBones count={4} />} safe="购物车里的东西都在">
        {(list) =>
          list.map((store) => (
            <StoreCard
              key={store.id}
              store={store}
              on={store.id === chosen?.storeId}
              onChoose={() => choose(store)}
            />
          ))
        }
      </Gate>
    </Screen>
  )
}

function StoreCard({ store, on, onChoose }: { store: Store; on: boolean; onChoose: () => void }) {
  const { phone } = store
  const word = stateOf(store)
  return (
    <Box as="section" className={`stores-card ${on ? 'stores-card-on' : ''}`}>
      <Press
        className="stores-main"
        role="radio"
        on={on}
        label={`${store.name}，${word.text}，选这家`}
        onPress={onChoose}
      >
        <Box className="stores-name">
          <Words>{store.name}</Words>
          <Tag tone={word.tone}>{word.text}</Tag>
        </Box>
        <Box className="stores-line">{store.address}</Box>
        <Box className="stores-line">
          {store.opensAt}–{store.closesAt}
          {store.distanceM === null ? '' : ` · 距您 ${distanceText(store.distanceM)}`}
        </Box>
        <Box className={`stores-pick ${on ? 'stores-pick-on' : ''}`}>
          {on && <Icon name="check" size={18} />}
          <Words>{on ? '正在这家逛' : '选这家'}</Words>
        </Box>
      </Press>
      {phone !== null && (
        <Press className="stores-call" label={`打电话给${store.name}`} onPress={() => callPhone(phone)}>
          <Box className="stores-call-disc">
            <Icon name="phone" size={20} />
          </Box>
        </Press>
      )}
    </Box>
  )
}

function stateOf(store: Store): { text: string; tone: 'leaf' | 'amber' | 'plain' } {
  const why = whyNot(store)
  if (why) return { text: why.tag, tone: 'amber' }
  return store.openNow ? { text: '营业中', tone: 'leaf' } : { text: '已打烊，可先下单', tone: 'plain' }
}
