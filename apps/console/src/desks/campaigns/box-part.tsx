import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { stateWords } from '../orders/model.ts'
import { boxStateWords, comingWeeks, dayWords, packingText } from './box-model.ts'
import type { Campaign } from './model.ts'

type Weeks = Out<'GET /console/v1/campaigns/:campaignId/box-weeks'>['items']
type Picked = Pick<Weeks[number], 'week' | 'storeId'>
const SOME = 20

/** 周期购: every week by store, the list to pack by, and who subscribed. */
export const BoxPart = ({ campaign }: { campaign: Campaign }) => {
  const { id: campaignId, state } = campaign
  const [picked, setPicked] = useState<Picked | null>(null)
  const weeks = useQuery({
    queryKey: ['campaigns', 'box-weeks', campaignId],
    queryFn: () => api('GET /console/v1/campaigns/:campaignId/box-weeks', { params: { campaignId } }),
    refetchInterval: state === 'LIVE' ? 30_000 : false,
  })
  return (
    <div className="live-parts live-parts-box">
      <section className="live-part">
        <header>
          <h3>每周几份</h3>
          {weeks.data && <Freshness at={weeks.data.asOf} />}
        </header>
        {weeks.error ? (
          <ErrorState title="数字没取回来" error={weeks.error} retry={() => void weeks.refetch()} />
        ) : !weeks.data ? (
          <Bones lines={5} />
        ) : (
          <WeekTable items={weeks.data.items} picked={picked} pick={setPicked} />
        )}
      </section>
      <section className="live-part">
        {picked && <Packing campaignId={campaignId} {...picked} />}
        <Subscribers campaignId={campaignId} />
      </section>
    </div>
  )
}

interface WeekTableProps {
  items: Weeks
  picked: Picked | null
  pick: (picked: Picked) => void
}
const WeekTable = ({ items, picked, pick }: WeekTableProps) => {
  const { storeWords } = useScope()
  const now = useNow()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>哪天取</th>
          <th>门店</th>
          <th>付款截止</th>
          <th className="num">还没下单</th>
          <th className="num">等付款</th>
          <th className="num">付了</th>
          <th className="num">跳过</th>
          <th className="num">没付</th>
          <th className="num">没订上</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {comingWeeks(items, now).map((each) => (
          <tr
            key={`${each.week} ${each.storeId}`}
            aria-current={each.week === picked?.week && each.storeId === picked.storeId ? 'true' : undefined}
          >
            <td className="nowrap">{dayWords(each.week)}</td>
            <td className="nowrap">{storeWords(each.storeId)}</td>
            <td className="nowrap">{when(each.payUntil, now)}</td>
            <td className="num">{each.planned}</td>
            <td className="num">{each.ordered}</td>
            <td className="num">{each.paid}</td>
            <td className="num">{each.skipped}</td>
            <td className="num">{each.lapsed}</td>
            <td className="num">{each.short}</td>
            <td className="nowrap">
              <button type="button" className="bare go" onClick={() => pick(each)}>
                备货清单
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Packing = ({ campaignId, week, storeId }: { campaignId: string } & Picked) => {
  const { path, storeWords } = useScope()
  const mayOrders = useMay('orders.read')
  const packing = useQuery({
    queryKey: ['campaigns', 'box-packing', campaignId, week, storeId],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/box-packing', {
        params: { campaignId },
        query: { week, storeId },
      }),
  })
  if (packing.error)
    return <ErrorState title="清单没取回来" error={packing.error} retry={() => void packing.refetch()} />
  if (!packing.data) return <Bones lines={3} />
  const { name, contents, items } = packing.data
  const boxes = items.filter(({ state }) => state !== 'PENDING_PAY')
  const count = boxes.reduce((sum, { quantity }) => sum + quantity, 0)
  return (
    <>
      <header>
        <h3>
          {dayWords(week)} {storeWords(storeId)}：{name} {count} 份
        </h3>
        <CsvButton
          name={`周期购备货 ${storeId} ${week}`}
          rows={() => Promise.resolve({ rows: boxes, total: boxes.length })}
          text={packingText}
        />
      </header>
      {contents.length > 0 && count > 0 && (
        <p className="live-note small">
          一共要：{contents.map((each) => `${each.name} ${each.quantity * count} ${each.unit}`).join('、')}
        </p>
      )}
      {boxes.length === 0 ? (
        <p className="live-note quiet small">还没有人付款。付了的才备货。</p>
      ) : (
        <ul className="live-people">
          {boxes.map(({ orderId, no, customer, phoneTail, quantity, state }) => (
            <li key={orderId}>
              <span>
                {mayOrders ? <Link to={path(`/orders/${orderId}`)}>{no}</Link> : no} {customer}{' '}
                {phoneTail ?? ''}
              </span>
              <span className="quiet">{stateWords[state].word}</span>
              <b>{quantity} 份</b>
            </li>
          ))}
        </ul>
      )}
      <p className="live-note small">
        <Link className="go" to={path('/presales')}>
          货到了去「预售到货」留给他们
        </Link>
      </p>
    </>
  )
}

const Subscribers = ({ campaignId }: { campaignId: string }) => {
  const boxes = useQuery({
    queryKey: ['campaigns', 'boxes', campaignId],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/boxes', { params: { campaignId }, query: { limit: SOME } }),
  })
  if (boxes.error)
    return <ErrorState title="名单没取回来" error={boxes.error} retry={() => void boxes.refetch()} />
  if (!boxes.data) return <Bones lines={3} />
  const { items, total } = boxes.data
  return (
    <>
      <header>
        <h3>谁订了</h3>
        <span className="quiet small">
          {total > items.length ? `最近 ${items.length} 位，共 ${total} 位` : `${total} 位`}
        </span>
      </header>
      {items.length === 0 && (
        <p className="live-note quiet small">还没有人订。订了也不先收钱，每周下单再付。</p>
      )}
      <ul className="live-people">
        {items.map((each) => (
          <li key={each.id}>
            <span>
              {each.customer} {each.phoneTail ?? ''} · {each.storeId}
            </span>
            <span className="quiet">{boxStateWords(each)}</span>
            <b>{each.quantity} 份</b>
          </li>
        ))}
      </ul>
    </>
  )
}
