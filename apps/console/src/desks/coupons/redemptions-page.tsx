import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EmptyState, Refusal } from '../../ui/states.tsx'
import type { Column } from '../../ui/table-parts.tsx'
import { when } from '../../ui/time.ts'
import { pageOf, useUrlFilters } from '../../ui/url-filters.ts'
import { givenName } from '../../ui/who.ts'
import { WordsField } from '../../ui/words-field.tsx'
import { WorkPanel } from '../../ui/work.tsx'
import { fundingWords } from '../rules/model.ts'
import { couponWords, goodsWords, offFenOf, type Redemption } from './redemptions.ts'
import './coupons.css'

const pageSize = 30

const columnsFor = (now: number): Column<Redemption>[] => [
  {
    key: 'coupons',
    title: '用了什么券',
    bone: 'text',
    cell: (row) => (
      <span className="two-lines">
        {couponWords(row)}
        <small>{goodsWords(row)}</small>
      </span>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 90,
    bone: 'short',
    cell: ({ reversed }) => (
      <StateTag tone={reversed ? 'over' : 'done'}>{reversed ? '撤销了' : '已核销'}</StateTag>
    ),
  },
  {
    key: 'pay',
    title: '应收',
    width: 100,
    align: 'right',
    bone: 'short',
    cell: (row) => <span className="num">{formatFen(row.payFen)}</span>,
  },
  {
    key: 'member',
    title: '顾客',
    width: 130,
    bone: 'short',
    cell: ({ member }) => (
      <span className="two-lines">
        {member.name}
        <small>{member.phoneTail ? `手机尾号 ${member.phoneTail}` : '没绑手机'}</small>
      </span>
    ),
  },
  { key: 'store', title: '门店', width: 70, bone: 'short', cell: (row) => row.storeId },
  { key: 'by', title: '谁核销的', width: 100, bone: 'short', cell: (row) => givenName(row.by) },
  {
    key: 'at',
    title: '什么时候',
    width: 110,
    bone: 'short',
    cell: (row) => <span className="quiet small nowrap">{when(row.at, now)}</span>,
  },
]

/** Why a redemption is taken back; the coupons go back to their holder. */
const ReverseForm = ({ redemption: { id } }: { redemption: Redemption }) => {
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const reverse = useMutation({
    mutationFn: () =>
      api('POST /console/v1/coupon-redemptions/:redemptionId/reversal', {
        params: { redemptionId: id },
        body: { reason: reason.trim() },
      }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['coupon-redemptions'] }),
  })
  return (
    <form
      className="redemption-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim()) reverse.mutate()
      }}
    >
      <WordsField
        id="redemption-reason"
        label="为什么撤销"
        most={120}
        usual={['扫错了券', '顾客不买了', '商品扫错了']}
        placeholder="写一句，会留在记录里"
        value={reason}
        change={setReason}
      />
      <Refusal error={reverse.error} />
      <Button danger htmlType="submit" block disabled={!reason.trim()} loading={reverse.isPending}>
        撤销，券退回顾客
      </Button>
    </form>
  )
}

const Panel = ({ redemption, close }: { redemption: Redemption; close: () => void }) => {
  const mayReverse = useMay('tills.resolve')
  const now = useNow()
  const { path } = useScope()
  const { member, reversed, reversible } = redemption
  useKeys([{ keys: 'Escape', label: '关掉这一条', run: close }])
  return (
    <WorkPanel label="这一次核销" title="这一次核销" close={close}>
      <div className="work-scroll">
        <p className="redemption-facts">
          {`${givenName(redemption.by)} 在 ${redemption.storeId} 核销，${when(redemption.at, now)}。顾客 `}
          <Link className="go" to={path(`/members/${member.id}`)}>
            {member.name}
          </Link>
        </p>
        <ul className="redemption-lines" aria-label="柜台上的商品">
          {redemption.lines.map((line, i) => (
            <li key={`${line.barcode} ${i}`}>
              <span>
                {line.name} <small className="quiet">{line.barcode}</small>
              </span>
              <span className="num">×{line.quantity}</span>
              <span className="num">{formatFen(line.quantity * line.unitFen)}</span>
            </li>
          ))}
          {redemption.coupons.map((each) => (
            <li key={each.label} className="quiet">
              <span>
                {each.label} <small>{fundingWords[each.funding]}</small>
              </span>
              <span />
              <span className="num">−{formatFen(each.offFen)}</span>
            </li>
          ))}
          <li className="strong">
            <span>应收</span>
            <span />
            <span className="num">{formatFen(redemption.payFen)}</span>
          </li>
        </ul>
        {reversed && (
          <p className="redemption-over">
            {`${givenName(reversed.by)} 撤销了，${when(reversed.at, now)}：${reversed.reason}。券退回了顾客。`}
          </p>
        )}
        {reversible && mayReverse && <ReverseForm redemption={redemption} />}
        {!reversible && !reversed && <p className="redemption-facts quiet">过了当天，不能撤销了。</p>}
      </div>
    </WorkPanel>
  )
}

/** 柜台核销: coupons that staff redeemed where no till speaks with us. */
export default function CouponRedemptionsPage() {
  const { path, storeId } = useScope()
  const { params, change } = useUrlFilters()
  const now = useNow()
  const at = pageOf(params)
  const query = { page: at, limit: pageSize, ...(storeId ? { storeId } : {}) }
  const result = useQuery({
    queryKey: ['coupon-redemptions', query],
    queryFn: () => api('GET /console/v1/coupon-redemptions', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const { data } = result
  const open = data?.items.find(({ id }) => id === params.get('redemption'))
  const show = (id: string | undefined) => change({ redemption: id, page: String(at) })
  const columns = columnsFor(now)
  return (
    <div className="list-page">
      <PageHead
        title="柜台核销"
        note="店员在收银机没连上系统的门店核销的券；商品和实收由收银机记"
        back={{ to: path('/coupons'), label: '回优惠券' }}
      />
      <div className={open ? 'redemptions-body redemptions-open' : 'redemptions-body'}>
        <section className="card list-card">
          <DataTable<Redemption>
            label="柜台核销"
            result={result}
            columns={open ? columns.slice(0, 2) : columns}
            rowKey={(row) => row.id}
            rowLabel={(row) => `${row.member.name}，减 ${formatFen(offFenOf(row))}`}
            open={(row) => show(row.id === open?.id ? undefined : row.id)}
            current={open?.id}
            page={{
              at,
              size: pageSize,
              total: data?.total ?? 0,
              change: (to) => change({ page: String(to) }),
            }}
            empty={
              <EmptyState
                title="还没有在柜台核销过券"
                text="店员在店员页点「核销券」，扫顾客的券和商品，核销的就记在这里。"
              />
            }
          />
        </section>
        {open && <Panel key={open.id} redemption={open} close={() => show(undefined)} />}
      </div>
    </div>
  )
}
