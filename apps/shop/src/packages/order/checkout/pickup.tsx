import { useState } from 'react'
import { Advice } from '../../../components/advice'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { Floor } from '../../../components/floor'
import { Icon } from '../../../components/icon'
import { Sheet } from '../../../components/sheet'
import { Tag } from '../../../components/tag'
import { capacityWord, fullDays, slotDays, type Slot, type Slots } from '../../../models/slots'
import { clockOf } from '../../../models/times'
import type { Store, StoreDetail } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage, openTab } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import type { PickupSlot } from './pickup-slot'

interface PickupBlockProps {
  storeId: string
  stores: Store[] | null
  pickup: PickupSlot
}

/** Where and when to collect, and by whom. */
export function PickupBlock({ storeId, stores, pickup }: PickupBlockProps) {
  const { slots } = pickup
  const member = useCell(memberSession)
  const store = useLoad(
    `store.${storeId}`,
    () => api('GET /v1/stores/:storeId', { params: { storeId } }),
    true,
  )
  return (
    <Panel>
      <StoreHead store={store.data} />
      {slots.data ? (
        <SlotPicker storeId={storeId} stores={stores} slots={slots.data} pickup={pickup} />
      ) : (
        slots.trouble && (
          <Box className="checkout-lost" role="alert">
            <Words>取货时段没有取到。</Words>
            <Button look="line" size="small" busyText="正在取" onPress={slots.reload}>
              再取一次
            </Button>
          </Box>
        )
      )}
      {member && (
        <Box className="checkout-day">
          <Words className="ll-quiet">提货人</Words>
          <Words className="checkout-person">
            {member.who.nickname}
            {member.who.phone ? `　${member.who.phone}` : ''}
          </Words>
        </Box>
      )}
    </Panel>
  )
}

function StoreHead({ store }: { store: StoreDetail | null }) {
  const [mapOpen, setMapOpen] = useState(false)
  return (
    <>
      <Box className="checkout-store">
        <Box className="checkout-store-words">
          <Press
            className="checkout-store-name"
            label={`${store?.name ?? ''}，换一家`}
            onPress={() => openPage('stores')}
          >
            <Words>{store?.name ?? ''}</Words>
            <Tag tone="leaf">到店自提</Tag>
          </Press>
          <Box className="ll-quiet checkout-small">
            {store ? [store.address, store.pickupHint].filter(Boolean).join(' · ') : ''}
          </Box>
        </Box>
        {store && (
          <Press className="checkout-map" label="看取货点在店里哪儿" onPress={() => setMapOpen(true)}>
            <Icon name="map" size={22} />
          </Press>
        )}
      </Box>
      {mapOpen && store && (
        <Sheet title="取货点在店里哪儿" onClose={() => setMapOpen(false)}>
          <Floor
            plan={store.floorPlan}
            zones={store.zones}
            target={{ kind: 'service' }}
            label={`店内地图：${store.pickupHint ?? '取货点在服务台'}`}
          />
          {store.pickupHint && <Box className="checkout-hint">{store.pickupHint}</Box>}
        </Sheet>
      )}
    </>
  )
}

type SlotPickerProps = PickupBlockProps & { slots: Slots }

/** One day of slots at a time: the day of the chosen one, until the shopper turns the page. */
function SlotPicker({ storeId, stores, slots, pickup }: SlotPickerProps) {
  const { choice, choose } = pickup
  const [turnedTo, setTurnedTo] = useState<string | null>(null)
  if (!slots.required) return <Box className="checkout-day">营业时间内随时可取</Box>
  const days = slotDays(slots.items, Date.now())
  const full = fullDays(days)
  if (full.length === days.length)
    return (
      <Box className="checkout-advice">
        <Advice
          title={days.length > 0 ? `${full.join('、')}的取货时段都约满了` : '现在没有能约的取货时段'}
          note="有人取消就会空出来；每家店的购物车分开放，换店要重新挑"
          storeId={storeId}
          stores={stores}
          onMoved={() => openTab('home')}
        />
      </Box>
    )
  const chosenDay = days.find((each) => each.slots.some(({ startsAt }) => startsAt === choice.slot?.startsAt))
  const day = days.find(({ key }) => key === turnedTo) ?? chosenDay ?? days[full.length]
  if (!day) return null
  const next = days[(days.indexOf(day) + 1) % days.length]
  return (
    <>
      <Box className="checkout-day">
        <Words>{day.title}</Words>
        {next && next !== day && (
          <Press className="checkout-link" onPress={() => setTurnedTo(next.key)}>
            <Words>看{next.name}</Words>
            <Icon name="right" size={16} />
          </Press>
        )}
      </Box>
      {full.length > 0 && <Box className="checkout-full">{full.join('、')}的时段都约满了</Box>}
      {choice.lost && (
        <Box className="checkout-lost" role="alert">
          <Icon name="info" size={18} />
          <Words>{choice.lost}</Words>
        </Box>
      )}
      <Box className="checkout-slots" role="radiogroup" label="取货时段">
        {day.slots.map((each) => (
          <SlotButton
            key={each.startsAt}
            slot={each}
            on={choice.slot?.startsAt === each.startsAt}
            onChoose={() => choose(each)}
          />
        ))}
      </Box>
    </>
  )
}

function SlotButton({ slot, on, onChoose }: { slot: Slot; on: boolean; onChoose: () => void }) {
  const room = capacityWord(slot)
  const span = `${clockOf(slot.startsAt)} 至 ${clockOf(slot.endsAt)}`
  return (
    <Press
      className={`checkout-slot ${on ? 'checkout-slot-on' : ''} checkout-slot-${room.tone}`}
      role="radio"
      on={on}
      label={`${span}，${room.text}`}
      disabled={room.tone === 'full'}
      onPress={onChoose}
    >
      <Words className="checkout-slot-start">{clockOf(slot.startsAt)}</Words>
      <Words className="checkout-slot-end">至 {clockOf(slot.endsAt)}</Words>
      <Words className="checkout-slot-room">{room.text}</Words>
    </Press>
  )
}
