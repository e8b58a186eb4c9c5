import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { Copy, OctagonX, Send } from 'lucide-react'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { CountTabs } from '../../ui/count-tabs.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterRow } from '../../ui/filter-chips.tsx'
import { useListTools } from '../../ui/list-tools.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { usePagedList } from '../../ui/paged-list.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { Bones, EmptyState, ErrorState, NoMatch, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { useCategories } from '../goods/page-data.ts'
import { fundingWords } from '../rules/model.ts'
import { CodesCard } from './codes-card.tsx'
import { grantedColumns } from './columns.tsx'
import { CouponPanel, WithdrawForm } from './coupon-panel.tsx'
import { GrantPanel } from './grant-panel.tsx'
import {
  couponStates,
  type CouponState,
  exposureWords,
  type Granted,
  grantedFilters,
  grantedTabs,
  pageSize,
  promiseWords,
  standing,
  type Template,
  valueWords,
} from './model.ts'
import { CouponTicket } from './ticket.tsx'
import './coupons.css'

/** The ticket, the promise in words, and where its coupons are now. */
const Standing = ({ template }: { template: Template }) => {
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  const exposure = exposureWords(template)
  return (
    <section className="card coupon-standing">
      <CouponTicket
        label={template.label}
        value={valueWords(template)}
        note={`${template.validDays} 天内有效`}
      />
      <ul className="small">
        {promiseWords(template, nameOf).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          {fundingWords[template.funding]}
          {exposure && template.counts.UNUSED > 0 && `；还在顾客手里的${exposure}`}
        </li>
      </ul>
      <dl className="coupon-figures">
        <div>
          <dt>已发 / 最多</dt>
          <dd>
            {template.granted.toLocaleString('en-US')}
            <small> / {template.most.toLocaleString('en-US')}</small>
          </dd>
        </div>
        {(Object.keys(couponStates) as CouponState[]).map((state) => (
          <div key={state}>
            <dt>{couponStates[state].word}</dt>
            <dd>{template.counts[state].toLocaleString('en-US')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const Ending = ({ template }: { template: Template }) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const end = useMutation({
    mutationFn: () =>
      api('POST /console/v1/coupon-templates/:templateId/ending', { params: { templateId: template.id } }),
    onSuccess: () => {
      notice.success(`「${template.label}」停发了，发出去的照样能用`)
      void queries.invalidateQueries({ queryKey: ['coupon-templates'] })
    },
  })
  return (
    <>
      <Refusal error={end.error} />
      <Popconfirm
        title={`停发「${template.label}」？`}
        description="以后不能再发，也不能重新打开；顾客手里的照样能用到过期。"
        okText="停发"
        cancelText="不停"
        placement="bottomRight"
        onConfirm={() => end.mutate()}
      >
        <Button icon={<OctagonX size={15} />} loading={end.isPending}>
          停发
        </Button>
      </Popconfirm>
    </>
  )
}

interface ListProps {
  template: Template
  current: string | undefined
  open: (id: string | undefined) => void
}
const GrantedList = ({ template, current, open }: ListProps) => {
  const mayWithdraw = useMay('coupons.write')
  const [selected, setSelected] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const { result, filters, page, change } = usePagedList({
    name: 'coupon-templates',
    size: pageSize,
    parse: (params) => ({ templateId: template.id, ...grantedFilters(params) }),
    // A template belongs to its stores already: the one chosen above narrows nothing here.
    fetch: ({ templateId, state, q, page: at, limit }) =>
      api('GET /console/v1/coupon-templates/:templateId/coupons', {
        params: { templateId },
        query: { page: at, limit, ...(state ? { state } : {}), ...(q ? { q } : {}) },
      }),
  })
  const tools = useListTools('granted-coupons', grantedColumns)
  const stop = () => {
    setSelected([])
    setAsking(false)
  }
  const filtered = filters.q !== undefined || filters.state !== undefined
  return (
    <section className="card list-card">
      <CountTabs label="这种券" tabs={grantedTabs(template.counts, filters.state)} tools={tools} />
      <FilterRow chips={[]} onRemove={() => undefined} onClear={() => undefined}>
        <SearchField value={filters.q ?? ''} change={(q) => change({ q })} placeholder="手机尾号、名字" />
      </FilterRow>
      <DataTable<Granted>
        label="发出去的券"
        result={result}
        columns={tools.shown}
        dense={tools.look.dense}
        rowKey={(row) => row.id}
        rowLabel={(row) => `${row.member.name}，${couponStates[row.state].word}`}
        open={(row) => open(row.id === current ? undefined : row.id)}
        current={current}
        selection={mayWithdraw ? { keys: selected, change: (keys) => setSelected(keys) } : undefined}
        page={page}
        foot={
          selected.length > 0 && (
            <div className="bulk-bar" role="toolbar" aria-label="对选中的券">
              已选 <b>{selected.length}</b> 张
              <button type="button" onClick={() => setAsking(true)}>
                撤回
              </button>
              <small>用上的、过期的不会动</small>
              <button type="button" onClick={stop} aria-label="不选了">
                <kbd>Esc</kbd>
              </button>
            </div>
          )
        }
        empty={
          filtered ? (
            <NoMatch title="没有这样的券" text="换个状态或去掉搜索再看。">
              <Button type="primary" onClick={() => change({ q: undefined, state: undefined })}>
                全清
              </Button>
            </NoMatch>
          ) : (
            <EmptyState title="还没发给任何人" text="点右上角「发券」，找顾客或贴一列手机号。" />
          )
        }
      />
      {asking && selected.length > 0 && (
        <div className="withdraw-many">
          <WithdrawForm couponIds={selected} done={stop} />
        </div>
      )}
    </section>
  )
}

const Page = ({ template }: { template: Template }) => {
  const mayWrite = useMay('coupons.write')
  const maySee = useMay('members.read')
  const { path, go } = useScope()
  const [params] = useSearchParams()
  const [granting, setGranting] = useState(params.get('grant') === '1')
  const [coupon, setCoupon] = useState<string>()
  const { word, tone } = standing(template)
  const showCoupon = (id: string | undefined) => {
    setGranting(false)
    setCoupon(id)
  }
  const mayGrant = mayWrite && template.endedAt === null
  const panel = granting && mayGrant ? 'grant' : coupon ? 'coupon' : undefined
  return (
    <div className={panel ? 'coupon-page coupon-page-open' : 'coupon-page'}>
      <div className="list-page">
        <PageHead
          title={template.label}
          back={{ to: path('/coupons'), label: '回优惠券' }}
          tags={<StateTag tone={tone}>{word}</StateTag>}
        >
          {mayWrite && (
            <Button icon={<Copy size={15} />} onClick={() => go(`/coupons/new?from=${template.id}`)}>
              照着再做
            </Button>
          )}
          {mayGrant && <Ending template={template} />}
          {mayGrant && (
            <Button type="primary" icon={<Send size={15} />} onClick={() => setGranting(true)}>
              发券
            </Button>
          )}
        </PageHead>
        <Standing template={template} />
        {template.way === 'code' && (
          <div className="code-card">
            <CodesCard template={template} />
          </div>
        )}
        {maySee && (
          <GrantedList
            template={template}
            current={panel === 'coupon' ? coupon : undefined}
            open={showCoupon}
          />
        )}
      </div>
      {panel === 'grant' && <GrantPanel template={template} close={() => setGranting(false)} />}
      {panel === 'coupon' && coupon && (
        <CouponPanel key={coupon} couponId={coupon} close={() => showCoupon(undefined)} />
      )}
    </div>
  )
}

/** One kind of coupon: what it promises, who holds it, and what became of each. */
export default function CouponTemplatePage() {
  const { templateId = '' } = useParams()
  const template = useQuery({
    queryKey: ['coupon-templates', 'one', templateId],
    queryFn: () => api('GET /console/v1/coupon-templates/:templateId', { params: { templateId } }),
    refetchInterval: 60_000,
  })
  if (template.isPending) return <Bones lines={9} />
  if (template.isError)
    return <ErrorState title="这种券没取回来" error={template.error} retry={() => void template.refetch()} />
  return <Page key={templateId} template={template.data} />
}
