import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { TableFoot } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import './alarms.css'

type Alarm = Out<'GET /console/v1/payment-alarms'>['items'][number]

const kinds: Record<Alarm['kind'], string> = {
  amount_mismatch: '金额对不上',
  merchant_mismatch: '商户号对不上',
  unknown_trade: '找不到这笔单',
  double_payment: '付了两次',
  late_payment: '关单后才到账',
  refund_failed: '退款没成',
  unreadable: '通知读不懂',
  bill_failed: '对账没成',
}

/** What to do about each kind; said only while nobody has done it. */
const advice: Record<Alarm['kind'], string> = {
  amount_mismatch: '钱扣在微信，没有记成已付。去商户平台核对后退回或补差',
  merchant_mismatch: '不是我们的商户号收的钱，没有记成已付。找支付同事查配置',
  unknown_trade: '微信有这笔钱，我们没有这笔单。去商户平台查来路',
  double_payment: '同一单付了两次，多的一次已自动退。看看到账没有',
  late_payment: '关单以后钱才到，已自动退。看看到账没有',
  refund_failed: '去商户平台看原因，改退到顾客别的卡，或联系顾客',
  unreadable: '签名对，内容读不懂，没有记成已付。找技术同事',
  bill_failed: '那天的账单没有对成，系统会接着试。去财务对账看原因',
}

const perPage = 20

const ResolveForm = ({ alarm }: { alarm: Alarm }) => {
  const [note, setNote] = useState('')
  const queries = useQueryClient()
  const resolve = useMutation({
    mutationFn: () =>
      api('POST /console/v1/payment-alarms/:alarmId/resolution', {
        params: { alarmId: alarm.id },
        body: { note: note.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['alarms'] }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (note.trim()) resolve.mutate()
      }}
    >
      <div className="alarm-form">
        <Input
          value={note}
          maxLength={200}
          placeholder="怎么处理的，写一句"
          aria-label="怎么处理的"
          onChange={(event) => setNote(event.target.value)}
        />
        <Button htmlType="submit" disabled={!note.trim()} loading={resolve.isPending}>
          处理好了
        </Button>
      </div>
      <Refusal error={resolve.error} />
    </form>
  )
}

const AlarmRow = ({ alarm }: { alarm: Alarm }) => {
  const mayResolve = useMay('payments.resolve')
  const { path } = useScope()
  const now = useNow()
  return (
    <li className="alarm">
      <StateTag tone={alarm.resolvedAt ? 'done' : 'alarm'}>{kinds[alarm.kind]}</StateTag>
      <div>
        <p>
          {alarm.detail}{' '}
          {alarm.orderId && (
            <Link className="go" to={path(`/orders/${alarm.orderId}`)}>
              <OrderNo no={alarm.orderNo ?? '看订单'} />
            </Link>
          )}
        </p>
        <p className="quiet small">
          {when(alarm.at, now, true)}
          {!alarm.resolvedAt && ` · ${advice[alarm.kind]}`}
        </p>
      </div>
      {alarm.resolvedAt && (
        <p className="small">
          {alarm.resolution}
          <br />
          <span className="quiet">{when(alarm.resolvedAt, now)} 处理</span>
        </p>
      )}
      {!alarm.resolvedAt && mayResolve && <ResolveForm alarm={alarm} />}
    </li>
  )
}

const tabsOf = (all: boolean, total: number | undefined) => [
  { key: 'open', label: '等处理', count: all ? undefined : total, change: { all: undefined }, on: !all },
  { key: 'all', label: '全部', count: all ? total : undefined, change: { all: '1' }, on: all },
]

/** 收付款核对: money that did not fit. What does not fit is never booked as paid; a person says how it was settled. */
export default function AlarmsPage() {
  const { params, change } = useUrlFilters()
  const all = params.get('all') === '1'
  const page = pageOf(params)
  const query = { page, limit: perPage, ...(all ? {} : { open: true }) }
  const alarms = useQuery({
    queryKey: ['alarms', query],
    queryFn: () => api('GET /console/v1/payment-alarms', { query }),
    placeholderData: keepPreviousData,
  })
  const { data } = alarms
  const pager = {
    at: page,
    size: perPage,
    total: data?.total ?? 0,
    change: (to: number) => change({ page: String(to) }),
  }
  return (
    <div className="list-page">
      <PageHead title="收付款核对" note="对不上的钱先扣下，不当作已付" />
      <Card className="list-card">
        <CountTabs label="处理没有" tabs={tabsOf(all, data?.total)} />
        {alarms.isPending && <Bones lines={6} />}
        {alarms.isError && !data && (
          <ErrorState title="没取回来" error={alarms.error} retry={() => void alarms.refetch()} />
        )}
        {data?.items.length === 0 && (
          <EmptyState
            title={all ? '从来没有对不上的钱' : '收付款都对得上'}
            text="金额、商户号、签名三项每一笔都查；对不上的会出现在这里。"
          />
        )}
        <ul className="alarms">
          {data?.items.map((alarm) => (
            <AlarmRow key={alarm.id} alarm={alarm} />
          ))}
        </ul>
        {data && data.total > perPage && <TableFoot page={pager} />}
      </Card>
    </div>
  )
}
