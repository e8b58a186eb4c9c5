import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { stateWords } from '../orders/model.ts'
import { Arrival } from './arrival.tsx'
import { Debts } from './debts.tsx'
import { isLate, keyOf, type PresaleGoods } from './model.ts'
import './presales.css'

/** 预售到货: what orders wait for, who waits, and what came. */
export default function PresalesPage() {
  const [picked, setPicked] = useState<string | null>(null)
  const presales = useQuery({
    queryKey: ['presales', 'goods'],
    queryFn: () => api('GET /console/v1/presales'),
    refetchInterval: 30_000,
  })
  const items = presales.data?.items
  const goods = items?.find((each) => keyOf(each) === picked) ?? items?.[0]
  return (
    <div className="list-page presale-page">
      <PageHead
        title="预售到货"
        note="预售和周期购等货的订单；货到了按付清的先后留给他们，店员在手机上也能收"
      />
      {presales.error ? (
        <ErrorState title="预售没取回来" error={presales.error} retry={() => void presales.refetch()} />
      ) : !items ? (
        <Bones lines={6} />
      ) : items.length === 0 ? (
        <EmptyState title="没有人在等货">预售和周期购有人付款以后，货没到的会列在这里</EmptyState>
      ) : (
        <Card title="等的货" note="点一行看谁在等">
          <Goods items={items} current={goods} pick={setPicked} />
        </Card>
      )}
      {goods && <Waiting key={keyOf(goods)} goods={goods} />}
      <Debts />
    </div>
  )
}

interface GoodsProps {
  items: readonly PresaleGoods[]
  current: PresaleGoods | undefined
  pick: (key: string) => void
}

const Goods = ({ items, current, pick }: GoodsProps) => {
  const { storeWords } = useScope()
  const now = useNow()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>商品</th>
          <th>门店</th>
          <th>最晚到货</th>
          <th className="num">付清在等</th>
          <th className="num">还没付尾款</th>
          <th className="num">已到</th>
          <th className="num">现在可留</th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={keyOf(each)} aria-current={each === current ? 'true' : undefined}>
            <td>
              <button type="button" className="bare go" onClick={() => pick(keyOf(each))}>
                {each.name}
              </button>{' '}
              <small className="quiet">
                {each.ofBox ? '周期购' : '预售'} · {each.campaign}
              </small>
            </td>
            <td className="nowrap">{storeWords(each.storeId)}</td>
            <td className={isLate(each, now) ? 'presale-late' : ''}>
              {when(each.promisedBy, now)}
              {isLate(each, now) && '，已过'}
            </td>
            <td className="num">
              {each.waitingOrders} 单 {each.waitingPieces} {each.unit}
            </td>
            <td className="num">
              {each.balanceOrders} 单 {each.balancePieces} {each.unit}
            </td>
            <td className="num">{each.arrivedPieces}</td>
            <td className="num">{each.freePieces}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Who waits for these goods, first paid first, with the way to each order; and what came. */
const Waiting = ({ goods }: { goods: PresaleGoods }) => {
  const { path } = useScope()
  const now = useNow()
  const { campaignId, storeId, skuId } = goods
  const orders = useQuery({
    queryKey: ['presales', 'orders', campaignId, storeId, skuId],
    queryFn: () => api('GET /console/v1/presale-orders', { query: { campaignId, storeId, skuId } }),
  })
  return (
    <Card title={`谁在等 ${goods.name}`} note="按付清的先后；没货可退的，进订单选“商家责任”全额退款">
      <Arrival goods={goods} />
      {orders.error ? (
        <ErrorState title="订单没取回来" error={orders.error} retry={() => void orders.refetch()} />
      ) : !orders.data ? (
        <Bones lines={3} />
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>订单</th>
              <th>顾客</th>
              <th>状态</th>
              <th>付清</th>
              <th className="num">件数</th>
              <th className="num">已付</th>
            </tr>
          </thead>
          <tbody>
            {orders.data.items.map((order) => (
              <tr key={order.orderId}>
                <td>
                  <Link className="go" to={path(`/orders/${order.orderId}`)}>
                    <OrderNo no={order.no} />
                  </Link>
                </td>
                <td>
                  {order.customer}{' '}
                  {order.phoneTail && <small className="quiet">尾号 {order.phoneTail}</small>}
                </td>
                <td>{stateWords[order.state].word}</td>
                <td>{order.paidAt ? when(order.paidAt, now) : '–'}</td>
                <td className="num">{order.pieces}</td>
                <td className="num">
                  {formatFen(order.paidFen)} / {formatFen(order.totalFen)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
