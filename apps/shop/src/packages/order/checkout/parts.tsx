import { useEffect, useState } from 'react'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { Floor } from '../../../components/floor'
import { Thumb } from '../../../components/goods'
import { Icon } from '../../../components/icon'
import { Price } from '../../../components/price'
import { Sheet } from '../../../components/sheet'
import { Tag } from '../../../components/tag'
import { yuanText } from '../../../models/money'
import { capacityWord, firstFree, slotDays, type Slot } from '../../../models/slots'
import { clockOf } from '../../../models/times'
import type { Cart, Quote } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { openPage } from '../../../services/routes'
import { useCell } from '../../../services/watch'

interface PickupBlockProps {
  storeId: string
  /** Undefined until the first free slot is known; null for any time. */
  slot: Slot | null | undefined
  onSlot: (slot: Slot | null) => void
}

/** Where and when to collect. The first slot with room is chosen already. */
export function PickupBlock({ storeId, slot, onSlot }: PickupBlockProps) {
  const member = useCell(memberSession)
  const [mapOpen, setMapOpen] = useState(false)
  const [dayAt, setDayAt] = useState(0)
  const params = { storeId }
  const store = useLoad(`store.${storeId}`, () => api('GET /v1/stores/:storeId', { params }), true)
  const slots = useLoad(`slots.${storeId}`, () => api('GET /v1/stores/:storeId/pickup-slots', { params }))
  const days = slotDays(slots.data?.items ?? [], Date.now())
  const day = days[dayAt] ?? days[0]
  useEffect(() => {
    if (slot === undefined && slots.data) onSlot(firstFree(slots.data.items) ?? null)
  }, [slot, slots.data, onSlot])
  return (
    <Panel>
      <Box className="checkout-store">
        <Box className="checkout-store-words">
          <Press
            className="checkout-store-name"
            label={`${store.data?.name ?? ''}，换一家`}
            onPress={() => openPage('stores')}
          >
            <Words>{store.data?.name ?? ''}</Words>
            <Tag tone="leaf">到店自提</Tag>
          </Press>
          <Box className="ll-quiet checkout-small">
            {store.data ? [store.data.address, store.data.pickupHint].filter(Boolean).join(' · ') : ''}
          </Box>
        </Box>
        {store.data && (
          <Press className="checkout-map" label="看取货点在店里哪儿" onPress={() => setMapOpen(true)}>
            <Icon name="map" size={22} />
          </Press>
        )}
      </Box>
      {day && (
        <>
          <Box className="checkout-day">
            <Words>{day.title}</Words>
            {days.length > 1 && (
              <Press className="checkout-link" onPress={() => setDayAt((dayAt + 1) % days.length)}>
                <Words>换一天</Words>
                <Icon name="right" size={16} />
              </Press>
            )}
          </Box>
          <Box className="checkout-slots" role="radiogroup" label="取货时段">
            {day.slots.map((each) => (
              <SlotButton
                key={each.startsAt}
                slot={each}
                on={slot?.startsAt === each.startsAt}
                onChoose={() => onSlot(each)}
              />
            ))}
          </Box>
        </>
      )}
      {slots.data && !day && <Box className="checkout-day">营业时间内随时可取</Box>}
      {member && (
        <Box className="checkout-day">
          <Words className="ll-quiet">提货人</Words>
          <Words className="checkout-person">
            {member.who.nickname}
            {member.who.phone ? `　${member.who.phone}` : ''}
          </Words>
        </Box>
      )}
      {mapOpen && store.data && (
        <Sheet title="取货点在店里哪儿" onClose={() => setMapOpen(false)}>
          <Floor
            plan={store.data.floorPlan}
            zones={store.data.zones}
            target={{ kind: 'service' }}
            label={`店内地图：${store.data.pickupHint ?? '取货点在服务台'}`}
          />
          {store.data.pickupHint && <Box className="checkout-hint">{store.data.pickupHint}</Box>}
        </Sheet>
      )}
    </Panel>
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

/** What is bought, each line with what it saved. */
export function QuoteLines({ quote, cards }: { quote: Quote; cards: Cart['lines'] }) {
  return (
    <Panel
      title={`${quote.lines.length} 样商品`}
      note={quote.discountFen > 0 ? '每样省了多少都写在下面' : undefined}
    >
      {quote.lines.map((line) => {
        const card = cards.find((each) => each.skuId === line.skuId)?.product
        return (
          <Box key={line.skuId} className="checkout-line">
            {card && (
              <Box className="checkout-line-picture">
                <Thumb product={card} size="s" />
              </Box>
            )}
            <Box className="checkout-line-words">
              <Box className="checkout-line-name">
                <Words>{line.name}</Words>
                {card?.weighed && <Tag>称重</Tag>}
              </Box>
              <Box className="checkout-small checkout-green">
                {line.discounts.map(({ label, offFen }) => `${label} −${yuanText(offFen)}`).join('，')}
              </Box>
            </Box>
            <Box className="checkout-line-sums">
              <Box className="ll-strong">{yuanText(line.payFen)}</Box>
              <Box className="checkout-small ll-quiet">
                {yuanText(line.unitFen)} × {line.quantity}
              </Box>
            </Box>
          </Box>
        )
      })}
    </Panel>
  )
}

/** The arithmetic in the open. */
export function Sums({ quote }: { quote: Quote }) {
  return (
    <Panel>
      <SumLine name="商品金额" value={yuanText(quote.goodsFen)} />
      {quote.discounts.map(({ rule, label, offFen }) => (
        <SumLine
          key={rule}
          name={label}
          value={<Words className="checkout-off">−{yuanText(offFen)}</Words>}
        />
      ))}
      <SumLine name="自提费" value={yuanText(quote.freightFen)} />
      <Box className="checkout-total">
        <SumLine strong name="应付" value={<Price fen={quote.totalFen} />} />
      </Box>
    </Panel>
  )
}
