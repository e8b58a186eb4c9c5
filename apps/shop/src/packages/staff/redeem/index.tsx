import { useEffect, useState } from 'react'
import { Button } from '../../../components/button'
import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Notice } from '../../../components/states'
import { yuanText } from '../../../models/money'
import { readCouponShown } from '../../../models/redeeming'
import type { CouponHolder, Redemption } from '../../../models/wire'
import { codeOf, floorApi, staffSession, troubleFrom } from '../../../services/api'
import { goBack, replacePage } from '../../../services/routes'
import { useCell } from '../../../services/watch'
import { CodeEntry } from '../code-entry'
import { staffStore } from '../staff-store'
import { Basket } from './basket'
import './index.scss'

/** 核销优惠券, where no till speaks with us: who has which coupons, what lies on the counter, what comes off, one button. Nothing changes before it. */
export default function RedeemPage() {
  const staff = useCell(staffSession)
  const store = useCell(staffStore)
  const [holder, setHolder] = useState<CouponHolder | null>(null)
  const [done, setDone] = useState<Redemption | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (!staff) replacePage('staffSignIn')
  }, [staff])
  if (!staff) return <Screen title="核销优惠券">{null}</Screen>
  if (!store)
    return (
      <Screen title="核销优惠券">
        <NavBar title="核销优惠券" />
        <Notice drawing="box" title="先看清在哪家店" note="回店员页选好门店，再来核销">
          <Button onPress={() => replacePage('staffDesk')}>回店员页</Button>
        </Notice>
      </Screen>
    )
  const storeId = store.id
  const find = async (text: string) => {
    const shown = readCouponShown(text)
    if (!shown) return setFault('扫顾客的券码或会员卡，或者输手机尾四位加六位会员码')
    setFault(null)
    try {
      setHolder(await floorApi('POST /staff/v1/coupon-holders', { body: { storeId, shown } }))
    } catch (error) {
      const gone = codeOf(error) === 'coupons.unusable'
      setFault(gone ? '这张券用过了、过期了，或者不能在柜台用' : troubleFrom(error).text)
    }
  }
  const next = () => {
    setHolder(null)
    setDone(null)
    setFault(null)
  }
  return (
    <Screen title="核销优惠券" className="redeem">
      <NavBar title={`核销优惠券 · ${store.name}`} />
      {!holder && (
        <CodeEntry
          title="扫顾客的券码"
          note="或者他的会员卡"
          name="券码或会员码"
          verb="看他的券"
          fault={fault}
          onFault={setFault}
          onCode={find}
        />
      )}
      {holder && !done && (
        <>
          <Who holder={holder} />
          {holder.coupons.length === 0 ? (
            <Notice
              drawing="bags"
              title="他没有能在柜台用的券"
              note="线上才能用、送货才能用、翻倍积分的券，柜台用不了"
            >
              <Button onPress={next}>下一位</Button>
            </Notice>
          ) : (
            <Basket storeId={storeId} holder={holder} onDone={setDone} onAgain={next} />
          )}
        </>
      )}
      {done && <Done done={done} onNext={next} />}
    </Screen>
  )
}

const Who = ({ holder: { member, coupons } }: { holder: CouponHolder }) => (
  <Panel className="redeem-who">
    <SumLine name="顾客" value={member.name} strong />
    <SumLine name="手机尾号" value={member.phoneTail ?? '没绑手机'} />
    <SumLine name="柜台能用的券" value={`${coupons.length} 张`} />
  </Panel>
)

function Done({ done, onNext }: { done: Redemption; onNext: () => void }) {
  return (
    <>
      <Box className="redeem-done" role="status">
        <Icon name="check" size={28} />
        <Box>
          <Box className="redeem-done-title">核销好了</Box>
          <Words>收银台照这个数收，券已经用掉</Words>
        </Box>
      </Box>
      <Panel title="这一笔">
        <SumLine name="商品合计" value={yuanText(done.goodsFen)} />
        <SumLine name="券减" value={`−${yuanText(done.discountFen)}`} />
        <SumLine strong name="应收" value={yuanText(done.payFen)} />
        <Box className="redeem-note">扫错了，请店长当天在管理台「优惠券 · 柜台核销」里撤销，券退回顾客</Box>
      </Panel>
      <Box className="redeem-actions">
        <Button size="full" onPress={onNext}>
          下一位
        </Button>
        <Button size="full" look="line" onPress={goBack}>
          回到店员页
        </Button>
      </Box>
    </>
  )
}
