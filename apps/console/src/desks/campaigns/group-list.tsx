import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import {
  type DeskGroup,
  groupStates,
  leaderWords,
  peopleWords,
  priceWords,
  seatStates,
} from './group-list-model.ts'
import type { Campaign } from './model.ts'

type State = DeskGroup['state'] | 'ALL'
const SIZE = 10
const EVERY_MS = 10_000

const TwoLines = ({ first, second }: { first: string; second: string }) => (
  <span className="two-lines">
    <b className="nowrap">{first}</b>
    {second !== '' && <small className="quiet">{second}</small>}
  </span>
)
const At = ({ at }: { at: string }) => <span className="quiet nowrap">{when(at, useNow())}</span>

const columns: readonly Column<DeskGroup>[] = [
  {
    key: 'leader',
    title: '团长',
    cell: (group) => <TwoLines first={leaderWords(group)} second={group.goods ?? ''} />,
  },
  { key: 'store', title: '门店', width: 72, cell: ({ storeId }) => storeId },
  {
    key: 'state',
    title: '状态',
    width: 96,
    cell: ({ state }) => <StateTag tone={groupStates[state].tone}>{groupStates[state].word}</StateTag>,
  },
  {
    key: 'people',
    title: '付了款 / 座位',
    width: 136,
    cell: (group) => {
      const { count, note } = peopleWords(group)
      return <TwoLines first={count} second={note} />
    },
  },
  {
    key: 'price',
    title: '现在的价',
    width: 156,
    cell: (group) => {
      const { price, note } = priceWords(group)
      return <TwoLines first={price} second={note} />
    },
  },
  { key: 'opened', title: '开团', width: 104, cell: ({ openedAt }) => <At at={openedAt} /> },
  {
    key: 'ends',
    title: '截止，或拼完',
    width: 112,
    cell: ({ endedAt, expiresAt }) => <At at={endedAt ?? expiresAt} />,
  },
]

/** Every group of a 拼团, a page at a time; a press shows whose orders are in it. */
export const GroupList = ({ campaign }: { campaign: Campaign }) => {
  const { storeId } = useScope()
  const [chosen, choose] = useState<string>()
  const [state, setState] = useState<State>('ALL')
  const [page, setPage] = useState(1)
  const query = {
    ...(state === 'ALL' ? {} : { state }),
    ...(storeId ? { storeId } : {}),
    page,
    limit: SIZE,
  }
  const result = useQuery({
    queryKey: ['campaigns', 'group-list', campaign.id, query],
    queryFn: () =>
      api('GET /console/v1/campaigns/:campaignId/group-list', { params: { campaignId: campaign.id }, query }),
    placeholderData: keepPreviousData,
    refetchInterval: campaign.state === 'LIVE' ? EVERY_MS : false,
  })
  const counts = result.data?.counts
  const current = result.data?.items.find(({ id }) => id === chosen)
  const all = counts && counts.OPEN + counts.SUCCESS + counts.FAILED
  const choice = (value: State, word: string, count: number | undefined) => ({
    value,
    label: count === undefined ? word : `${word} ${count}`,
  })
  return (
    <Card
      className="list-card campaign-groups"
      title="每个团"
      note="点一行看团里的订单"
      extra={
        <Segmented<State>
          aria-label="看哪些团"
          size="small"
          value={state}
          options={[
            choice('ALL', '全部', all),
            choice('OPEN', groupStates.OPEN.word, counts?.OPEN),
            choice('SUCCESS', groupStates.SUCCESS.word, counts?.SUCCESS),
            choice('FAILED', groupStates.FAILED.word, counts?.FAILED),
          ]}
          onChange={(next) => {
            setState(next)
            setPage(1)
          }}
        />
      }
    >
      <DataTable<DeskGroup>
        label="每个团"
        result={result}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={(group) => `${leaderWords(group)}的团`}
        open={({ id }) => choose(id)}
        current={current?.id}
        page={{ at: page, size: SIZE, total: result.data?.total ?? 0, change: setPage }}
        empty={
          <EmptyState
            title={state === 'ALL' ? '还没有人开团' : '没有这样的团'}
            text={state === 'ALL' ? '有人下单开了团，就列在这里。' : '换一个状态看看。'}
          />
        }
      />
      {current && (
        <section className="campaign-seats" aria-label={`${leaderWords(current)}的团`}>
          <header className="card-head">
            <h2>{leaderWords(current)} 的团</h2>
            <span className="quiet small">谁下的单，按坐下的先后</span>
          </header>
          <Seats key={current.id} group={current} />
        </section>
      )}
    </Card>
  )
}

/** Who ordered in one group, with the way to each order. */
const Seats = ({ group }: { group: DeskGroup }) => {
  const { path } = useScope()
  const now = useNow()
  const mayOrders = useMay('orders.read')
  const seats = useQuery({
    queryKey: ['campaigns', 'seats', group.id],
    queryFn: () => api('GET /console/v1/groups/:groupId/seats', { params: { groupId: group.id } }),
    refetchInterval: group.state === 'OPEN' ? EVERY_MS : false,
  })
  if (seats.error)
    return <ErrorState title="订单没取回来" error={seats.error} retry={() => void seats.refetch()} />
  if (!seats.data) return <Bones lines={3} />
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>顾客</th>
          <th>订单</th>
          <th>座位</th>
          <th>坐下</th>
          <th className="num">付了</th>
          <th className="num">退了</th>
        </tr>
      </thead>
      <tbody>
        {seats.data.items.map((seat) => (
          <tr key={seat.orderId}>
            <td>
              {seat.customer}{' '}
              <small className="quiet">
                {seat.phoneTail && `尾号 ${seat.phoneTail}`} {seat.leader && '团长'}
              </small>
            </td>
            <td>
              {mayOrders ? (
                <Link className="go" to={path(`/orders/${seat.orderId}`)}>
                  <OrderNo no={seat.orderNo} />
                </Link>
              ) : (
                <OrderNo no={seat.orderNo} />
              )}
            </td>
            <td>{seatStates[seat.state]}</td>
            <td className="quiet">{when(seat.takenAt, now)}</td>
            <td className="num">{formatFen(seat.paidFen)}</td>
            <td className="num">{seat.refundedFen > 0 ? formatFen(seat.refundedFen) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
