import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { until, when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { WordsField } from '../../ui/words-field.tsx'
import { WorkPanel } from '../../ui/work.tsx'
import { memberWords } from './grant.ts'
import { type CouponDetail, couponStates, eventWords } from './model.ts'

const usual = ['发错了人', '活动取消，已和顾客说过', '顾客要求收回']

/** Takes coupons away that nobody has used; the answer tells of those that an order has meanwhile. */
export const useWithdrawal = (done: () => void) => {
  const queries = useQueryClient()
  const notice = useNotice()
  return useMutation({
    mutationFn: (body: { couponIds: string[]; reason: string }) =>
      api('POST /console/v1/coupon-withdrawals', { body }),
    onSuccess: ({ withdrawn, kept }) => {
      if (kept.length > 0)
        notice.warn(`撤回了 ${withdrawn.length} 张；${kept.length} 张已经用上或过期，没有动`)
      else notice.success(`撤回了 ${withdrawn.length} 张`)
      void queries.invalidateQueries({ queryKey: ['coupon-templates'] })
      void queries.invalidateQueries({ queryKey: ['coupon'] })
      done()
    },
  })
}

/** Why it is taken away, before it is. */
export const WithdrawForm = ({ couponIds, done }: { couponIds: readonly string[]; done: () => void }) => {
  const [reason, setReason] = useState('')
  const withdraw = useWithdrawal(done)
  const said = reason.trim()
  return (
    <footer className="withdraw-form">
      <WordsField
        id="withdraw-reason"
        label="为什么撤回"
        usual={usual}
        most={60}
        placeholder="留在操作记录里"
        value={reason}
        change={setReason}
      />
      <Refusal error={withdraw.error} />
      <Button
        danger
        block
        disabled={!said}
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ couponIds: [...couponIds], reason: said })}
      >
        {said ? `撤回 ${couponIds.length} 张，不能再恢复` : '先写为什么'}
      </Button>
    </footer>
  )
}

const Events = ({ coupon }: { coupon: CouponDetail }) => {
  const now = useNow()
  const { path } = useScope()
  return (
    <ol className="work-history" aria-label="经过">
      {coupon.events.toReversed().map((event) => (
        <li key={`${event.round} ${event.verb}`}>
          <time>{when(event.at, now)}</time> {whoWords(event.by)} {eventWords(event)}{' '}
          {event.orderId && (
            <Link className="go" to={path(`/orders/${event.orderId}`)}>
              看订单
            </Link>
          )}
        </li>
      ))}
    </ol>
  )
}

/** One coupon: whose it is, what became of it, and the way to take it away while nobody has used it. */
export const CouponPanel = ({ couponId, close }: { couponId: string; close: () => void }) => {
  const mayWithdraw = useMay('coupons.write')
  const now = useNow()
  const coupon = useQuery({
    queryKey: ['coupon', couponId],
    queryFn: () => api('GET /console/v1/coupons/:couponId', { params: { couponId } }),
  })
  const { data } = coupon
  return (
    <WorkPanel
      title={data ? memberWords(data.member) : '这张券'}
      note={data && <StateTag tone={couponStates[data.state].tone}>{couponStates[data.state].word}</StateTag>}
      label="一张券"
      close={close}
    >
      <div className="work-scroll">
        {coupon.isPending && <Bones lines={5} />}
        {coupon.isError && (
          <ErrorState title="没取回来" error={coupon.error} retry={() => void coupon.refetch()} />
        )}
        {data && (
          <>
            <dl className="sums coupon-facts">
              <div>
                <dt>券</dt>
                <dd>{data.label}</dd>
              </div>
              <div>
                <dt>到期</dt>
                <dd>{until(data.expiresAt, now)}</dd>
              </div>
            </dl>
            <Events coupon={data} />
          </>
        )}
      </div>
      {data?.state === 'UNUSED' && mayWithdraw && (
        <WithdrawForm couponIds={[couponId]} done={() => undefined} />
      )}
    </WorkPanel>
  )
}
