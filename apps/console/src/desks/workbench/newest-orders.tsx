import { useQuery } from '@tanstack/react-query'
import { Volume2, VolumeX } from 'lucide-react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { chime } from '../../shell/chime.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useLive } from '../../shell/live.ts'
import { newestLimit } from '../../shell/news.ts'
import { useScope } from '../../shell/scope.ts'
import { useSetting, writeSetting } from '../../shell/settings.ts'
import { Card } from '../../ui/card.tsx'
import { FeedDot } from '../../ui/freshness.tsx'
import { Money } from '../../ui/money.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { hourMinute, when } from '../../ui/time.ts'
import { stateTag, type OrderRow } from '../orders/model.ts'

const fulfilmentWords = (order: OrderRow): string => {
  if (order.fulfilment.kind === 'delivery') return '配送'
  return order.fulfilment.slotStart ? `自提 ${hourMinute(order.fulfilment.slotStart)}` : '自提'
}

const OrderLine = ({ order, fresh }: { order: OrderRow; fresh: boolean }) => {
  const now = useNow()
  const { path } = useScope()
  const state = stateTag(order.state)
  return (
    <li className={fresh ? 'newest newest-fresh' : 'newest'}>
      <Link to={path(`/orders/${order.id}`)}>
        <span className="newest-thumbs">
          {order.pictures.slice(0, 2).map((each) => (
            <Thumb key={each.name} src={each.picture?.s} size={28} />
          ))}
        </span>
        <span className="newest-words">
          <b className="clip">
            {order.storeName}
            <small>{order.phoneTail ? ` 手机尾号 ${order.phoneTail}` : ` ${order.memberName}`}</small>
            {fresh && <em>刚刚</em>}
          </b>
          <small className="clip">
            {when(order.placedAt, now, true)} · {order.pieces} 件 · {fulfilmentWords(order)}
          </small>
        </span>
        {order.payState === 'UNPAID' ? (
          <StateTag tone={state.tone}>{state.word}</StateTag>
        ) : (
          <Money fen={order.totalFen} size="row" />
        )}
      </Link>
    </li>
  )
}

const SoundSwitch = () => {
  const sound = useSetting('sound')
  const flip = () => {
    writeSetting('sound', sound === 'on' ? 'off' : 'on')
    if (sound === 'off') chime()
  }
  useKeys([{ keys: 'm', label: '提示音开关', run: flip }])
  const Icon = sound === 'on' ? Volume2 : VolumeX
  return (
    <button type="button" className="bare sound" onClick={flip} aria-pressed={sound === 'on'}>
      <Icon size={15} aria-hidden="true" />
      {sound === 'on' ? '提示音开' : '提示音关'}
    </button>
  )
}

/** The newest orders. The live line brings them as they come; the first page is the orders desk's own list. */
export const NewestOrders = ({ storeId }: { storeId: string | undefined }) => {
  const now = useNow()
  const { state, newest } = useLive()
  const orders = useQuery({
    queryKey: ['newest-orders', storeId],
    queryFn: () =>
      api('GET /console/v1/orders', { query: { limit: newestLimit, ...(storeId ? { storeId } : {}) } }),
    // Without the live line the list still moves, only slower.
    refetchInterval: state === 'live' ? false : 15_000,
  })
  const fresh = newest && now - newest.at < 60_000 ? newest.orderId : undefined
  const feed = (
    <>
      <FeedDot feed={state === 'live' ? 'live' : 'stale'} />
      {state === 'live' ? '实时' : '每 15 秒看一次'}
    </>
  )
  return (
    <Card title="新订单" note={feed} extra={<SoundSwitch />} className="newest-card">
      {orders.isPending && <Bones lines={7} />}
      {orders.isError && (
        <ErrorState title="新订单没取回来" error={orders.error} retry={() => void orders.refetch()} />
      )}
      {orders.data?.items.length === 0 && (
        <p className="card-empty quiet">还没有订单。顾客下第一单时，这里会自己出现，不用刷新。</p>
      )}
      <ul>
        {orders.data?.items.map((order) => (
          <OrderLine key={order.id} order={order} fresh={order.id === fresh} />
        ))}
      </ul>
    </Card>
  )
}
