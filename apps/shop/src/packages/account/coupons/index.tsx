import { useState } from 'react'
import { Button } from '../../../components/button'
import { Ticket, TicketTerms } from '../../../components/coupon'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { pastText } from '../../../models/coupons'
import type { Coupon } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { usePaged } from '../../../services/paged'
import { useStores } from '../../../services/place'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import './index.scss'

const TABS = { usable: '可用', used: '已使用', over: '已过期' } as const
type Tab = keyof typeof TABS
const PAGE_SIZE = 30

const EMPTY: Record<Tab, { title: string; note: string }> = {
  usable: { title: '没有可用的券', note: '门店送的券会出现在这里，结算时自动选最省的' },
  used: { title: '还没有用过券', note: '用掉的券和用在哪一单，都记在这里' },
  over: { title: '没有过期的券', note: '快到期的券会提前标出来' },
}

/** 我的优惠券: what can be used, what was, and what is over. */
export default function CouponsPage() {
  const member = useCell(memberSession)
  const [tab, setTab] = useState<Tab>('usable')
  const { list, more } = usePaged(member ? `coupons.${member.who.id}.${tab}` : null, (cursor) =>
    api('GET /v1/coupons', { query: { which: tab, limit: PAGE_SIZE, ...(cursor && { cursor }) } }),
  )
  const stores = useStores()
  const nameOf = (storeId: string) => stores.data?.find(({ id }) => id === storeId)?.name ?? storeId
  return (
    <Screen title="我的优惠券" className="coupons">
      <NavBar title="我的优惠券" />
      {member ? (
        <>
          <Tabs label="优惠券" tabs={TABS} chosen={tab} onChoose={setTab} />
          <Gate loaded={list} skeleton={<RowBones count={4} />} safe="您的券都在，不会丢">
            {({ items, nextCursor }) =>
              items.length === 0 ? (
                <Empty tab={tab} />
              ) : (
                <>
                  <Box as="ul" className="coupons-list">
                    {items.map((coupon) => (
                      <Row key={coupon.id} coupon={coupon} storeName={nameOf} />
                    ))}
                  </Box>
                  {nextCursor !== null && (
                    <Box className="coupons-end">
                      <Button look="line" size="small" busyText="正在取" onPress={more}>
                        再看一些
                      </Button>
                    </Box>
                  )}
                </>
              )
            }
          </Gate>
        </>
      ) : (
        <Notice drawing="bags" title="登录后看优惠券">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

function Empty({ tab }: { tab: Tab }) {
  const { title, note } = EMPTY[tab]
  return (
    <Notice drawing="bags" title={title} note={note}>
      <Button onPress={() => (tab === 'usable' ? openPage('offers') : openTab('category'))}>
        {tab === 'usable' ? '去领券中心' : '去逛逛'}
      </Button>
    </Notice>
  )
}

function Row({ coupon, storeName }: { coupon: Coupon; storeName: (id: string) => string }) {
  const { state, orderId, receiptId, label } = coupon
  const usable = state === 'UNUSED'
  return (
    <Box as="li" className="coupons-ticket">
      <Ticket coupon={coupon} off={!usable} when={pastText(coupon, Date.now())}>
        {usable && (coupon.channels === null || coupon.channels.includes('online')) && (
          <Box className="coupons-go">
            <Button size="small" label={`去用${label}`} onPress={() => openTab('category')}>
              去用
            </Button>
          </Box>
        )}
        {orderId !== null && (
          <Box className="coupons-go">
            <Button
              size="small"
              look="line"
              label={`看用${label}的订单`}
              onPress={() => openPage('order', { id: orderId })}
            >
              看订单
            </Button>
          </Box>
        )}
        {state === 'USED' && receiptId !== null && (
          <Box className="coupons-go">
            <Button
              size="small"
              look="line"
              label={`看用${label}的小票`}
              onPress={() => openPage('receipt', { id: receiptId })}
            >
              看小票
            </Button>
          </Box>
        )}
      </Ticket>
      <Box className="coupons-foot">
        <Box className="coupons-terms">
          <TicketTerms held coupon={coupon} storeName={storeName} />
        </Box>
        {usable && coupon.atTill && (
          <Press
            className="coupons-till"
            label={`到店使用${label}`}
            onPress={() => openPage('coupon', { id: coupon.id })}
          >
            <Words>到店使用</Words>
            <Icon name="right" size={16} />
          </Press>
        )}
      </Box>
    </Box>
  )
}
