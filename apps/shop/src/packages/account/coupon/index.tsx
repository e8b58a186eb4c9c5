import { useCallback } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Ticket } from '../../../components/coupon'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { couponNumber, pastText, termsOf } from '../../../models/coupons'
import { SHOWN_COUPON_MS } from '../../../models/till-code'
import type { Coupon } from '../../../models/wire'
import { useAgain } from '../../../services/again'
import { api, memberSession } from '../../../services/api'
import { useBright } from '../../../services/bright'
import { useLoad } from '../../../services/load'
import { useStores } from '../../../services/place'
import { openPage, openTab, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import { TillCode } from './till-code'
import './index.scss'

/** One coupon: what to show at the till, what it is good for, where and until when. */
export default function CouponPage() {
  const couponId = useParam('id') ?? ''
  const owner = useCell(memberSession)?.who.id
  const coupon = useLoad(owner ? `coupon.${couponId}` : null, () =>
    api('GET /v1/coupons/:couponId', { params: { couponId } }),
  )
  const { data, reload } = coupon
  useAgain({
    on: data?.state === 'UNUSED' || data?.state === 'LOCKED',
    work: reload,
    restBefore: () => SHOWN_COUPON_MS,
  })
  useBright()
  const gone = useCallback(() => void reload(), [reload])
  return (
    <Screen title="优惠券" className="coupon">
      <NavBar title="优惠券" />
      {owner ? (
        <Gate loaded={coupon} skeleton={<RowBones count={4} />} safe="您的券都在，不会丢">
          {(shown) => (
            <>
              <Box as="section" label={shown.label} className="coupon-card">
                <Ticket coupon={shown} off={shown.state !== 'UNUSED'} when={pastText(shown, Date.now())} />
                <Use coupon={shown} onGone={gone} />
              </Box>
              <Terms coupon={shown} />
            </>
          )}
        </Gate>
      ) : (
        <Notice drawing="bags" title="登录后出示优惠券">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

/** What can be done with it now. */
function Use({ coupon, onGone }: { coupon: Coupon; onGone: () => void }) {
  const { id, state, atTill, channels } = coupon
  const online = channels === null || channels.includes('online')
  if (state === 'USED') return <Done coupon={coupon} />
  if (state === 'LOCKED') return <Taken coupon={coupon} />
  if (state !== 'UNUSED') return null
  return (
    <>
      {atTill ? (
        <TillCode couponId={id} label={coupon.label} onGone={onGone} />
      ) : (
        <Box className="coupon-note">这张券在线上下单时用，结算时自动选上</Box>
      )}
      {online && (
        <Button size="full" look={atTill ? 'line' : 'filled'} onPress={() => openTab('category')}>
          {atTill ? '不到店，线上用' : '去用'}
        </Button>
      )}
    </>
  )
}

function Done({ coupon: { orderId, receiptId } }: { coupon: Coupon }) {
  return (
    <Box className="coupon-done" role="status">
      <Icon name="check" size={28} />
      <Box className="coupon-done-words">
        <Box className="coupon-done-title">已使用</Box>
        <Words>{orderId === null ? '收银台已经减了' : '用在线上的一单里'}</Words>
      </Box>
      {receiptId !== null && (
        <Button look="line" size="small" onPress={() => openPage('receipt', { id: receiptId })}>
          看小票
        </Button>
      )}
      {orderId !== null && (
        <Button look="line" size="small" onPress={() => openPage('order', { id: orderId })}>
          看订单
        </Button>
      )}
    </Box>
  )
}

function Taken({ coupon: { orderId } }: { coupon: Coupon }) {
  return (
    <Box className="coupon-taken" role="status">
      <Words>
        {orderId === null
          ? '收银台正在用这张券，付了款就用掉，没付会退回来'
          : '一张没付款的订单占着它，付了款就用掉，取消会退回来'}
      </Words>
      {orderId !== null && (
        <Button look="line" size="small" onPress={() => openPage('order', { id: orderId })}>
          看订单
        </Button>
      )}
    </Box>
  )
}

function Terms({ coupon }: { coupon: Coupon }) {
  const stores = useStores()
  const nameOf = (storeId: string) => stores.data?.find(({ id }) => id === storeId)?.name ?? storeId
  return (
    <Panel title="使用说明">
      <Box as="ul" className="coupon-terms">
        {termsOf(coupon, nameOf).map((each) => (
          <Box as="li" key={each}>
            {each}
          </Box>
        ))}
        <Box as="li">{`券号 ${couponNumber(coupon)}`}</Box>
      </Box>
    </Panel>
  )
}
