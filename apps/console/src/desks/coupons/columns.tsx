import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Label, StateTag } from '../../ui/state-tag.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { useNow } from '../../ui/now.ts'
import { until, when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { useCategories } from '../goods/page-data.ts'
import { fundingWords, goodsWords } from '../rules/model.ts'
import {
  couponStates,
  type Granted,
  kindWords,
  placeWords,
  standing,
  type Template,
  valueWords,
  wayWords,
} from './model.ts'

const NameCell = ({ row }: { row: Template }) => {
  const { path } = useScope()
  return (
    <Link to={path(`/coupons/${row.id}`)} className="two-lines">
      <span>
        <b>{row.label}</b> <Label>{kindWords[row.kind]}</Label>
      </span>
      <small>
        {row.way !== 'grant' && `${wayWords[row.way]} · `}
        {valueWords(row)}
      </small>
    </Link>
  )
}

const GoodsCell = ({ row }: { row: Template }) => {
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  return (
    <span className="two-lines">
      <span className="clip">{goodsWords(row, nameOf)}</span>
      <small>
        {placeWords(row)} · {fundingWords[row.funding]}
      </small>
    </span>
  )
}

const MadeCell = ({ at, by }: { at: string; by: string }) => {
  const now = useNow()
  return (
    <span className="two-lines">
      <span className="nowrap">{when(at, now)}</span>
      <small>{whoWords(by)}</small>
    </span>
  )
}

/** How many are out of how many: the number and a bar beside it. */
const GivenCell = ({ row: { granted, most } }: { row: Template }) => (
  <span className="two-lines coupon-given">
    <span>
      <b className="strong">{granted.toLocaleString('en-US')}</b>
      <span className="quiet"> / {most.toLocaleString('en-US')}</span>
    </span>
    <i className="coupon-bar" aria-hidden="true">
      <i style={{ width: `${Math.min(100, (granted / most) * 100)}%` }} />
    </i>
  </span>
)

const counted = (key: string, title: string, count: (row: Template) => number): Column<Template> => ({
  key,
  title,
  width: 66,
  align: 'right',
  bone: 'short',
  cell: (row) => {
    const n = count(row)
    return n === 0 ? <span className="quiet">0</span> : n.toLocaleString('en-US')
  },
})

/** The list's columns. */
export const templateColumns: Column<Template>[] = [
  { key: 'name', title: '券', width: 226, bone: 'text', cell: (row) => <NameCell row={row} /> },
  { key: 'goods', title: '用在哪', cell: (row) => <GoodsCell row={row} /> },
  {
    key: 'valid',
    title: '有效期',
    width: 82,
    bone: 'short',
    cell: (row) => (
      <span className="two-lines">
        <span className="nowrap">{row.validDays} 天</span>
        <small>每人 {row.mostEach} 张</small>
      </span>
    ),
  },
  { key: 'given', title: '已发', width: 104, bone: 'short', cell: (row) => <GivenCell row={row} /> },
  counted('unused', '可用', ({ counts }) => counts.UNUSED),
  counted('locked', '占用中', ({ counts }) => counts.LOCKED),
  counted('used', '已用', ({ counts }) => counts.USED),
  counted('expired', '过期', ({ counts }) => counts.EXPIRED),
  {
    key: 'state',
    title: '状态',
    width: 104,
    bone: 'short',
    cell: (row) => {
      const { word, tone } = standing(row)
      return <StateTag tone={tone}>{word}</StateTag>
    },
  },
  {
    key: 'made',
    title: '做的人',
    width: 110,
    bone: 'short',
    cell: (row) => <MadeCell at={row.createdAt} by={row.createdBy} />,
  },
]

const OrderCell = ({ orderId }: { orderId: string | null }) => {
  const { path } = useScope()
  return orderId ? (
    <Link className="go" to={path(`/orders/${orderId}`)}>
      看订单
    </Link>
  ) : (
    <span className="quiet">—</span>
  )
}
const AtCell = ({ at }: { at: string }) => <span className="quiet nowrap">{when(at, useNow())}</span>

const UntilCell = ({ at }: { at: string }) => <span className="nowrap">{until(at, useNow())}</span>

/** Coupons in members' hands. */
export const grantedColumns: Column<Granted>[] = [
  {
    key: 'member',
    title: '顾客',
    bone: 'text',
    cell: ({ member }) => (
      <span className="two-lines">
        <b>{member.name}</b>
        <small>{member.phoneTail ? `手机尾号 ${member.phoneTail}` : '没留手机'}</small>
      </span>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 140,
    bone: 'short',
    cell: ({ state }) => <StateTag tone={couponStates[state].tone}>{couponStates[state].word}</StateTag>,
  },
  { key: 'granted', title: '发的时间', width: 120, cell: ({ grantedAt }) => <AtCell at={grantedAt} /> },
  { key: 'expires', title: '到期', width: 120, cell: ({ expiresAt }) => <UntilCell at={expiresAt} /> },
  {
    key: 'order',
    title: '用在',
    width: 96,
    bone: 'short',
    // A coupon that has no order and is held or used all the same was shown at a till.
    cell: ({ orderId, state }) =>
      orderId === null && (state === 'USED' || state === 'LOCKED') ? (
        '收银台'
      ) : (
        <OrderCell orderId={orderId} />
      ),
  },
]
