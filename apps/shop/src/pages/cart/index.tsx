import { useState } from 'react'
import { NotOrdering, orderingHurdle } from '../../components/advice'
import { Button } from '../../components/button'
import { Check } from '../../components/check'
import { Box, Press, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { NavBar } from '../../components/nav-bar'
import { Price } from '../../components/price'
import { Screen } from '../../components/screen'
import { Gate, Notice, RowBones } from '../../components/states'
import { sortBasket, type Basket } from '../../models/basket'
import { nextStep } from '../../models/price-hints'
import type { Cart } from '../../models/wire'
import { memberSession, troubleFrom } from '../../services/api'
import { cart, clearFromCart, loadCart, putInCart } from '../../services/cart'
import { useLoad, type Loaded } from '../../services/load'
import { usePlace, useStores } from '../../services/place'
import { openPage, openTab } from '../../services/routes'
import { ensureMember } from '../../services/sign-in'
import { say } from '../../services/toast'
import { useCell } from '../../services/watch'
import { EmptyCart, GoodHere, Lines, OutOfStock } from './parts'
import './index.scss'

/** 购物车, for the store that is open. The sum is the server's, the same as in 结算 to the fen. */
export default function CartPage() {
  const member = useCell(memberSession)
  const chosen = usePlace()
  const now = useCell(cart)
  const [managing, setManaging] = useState(false)
  const loading = useLoad(member && chosen ? `cart.${member.who.id}.${chosen.storeId}` : null, loadCart)
  // The cell is what every page agrees on; the load only says whether it could be asked for.
  const shown: Loaded<Cart> = { ...loading, data: now, keptAt: null, put: cart.set }
  const basket = now ? sortBasket(now) : null
  const isEmpty = now?.lines.length === 0
  const stores = useStores()
  const hurdle = chosen ? orderingHurdle(chosen.storeId, stores.data) : null
  return (
    <Screen
      title="购物车"
      tab="cart"
      className="cart"
      bar={
        now && basket && !isEmpty ? (
          <TotalBar cart={now} basket={basket} managing={managing} hurdle={hurdle} />
        ) : undefined
      }
    >
      <NavBar
        title="购物车"
        back={false}
        right={
          now && !isEmpty ? (
            <Press className="cart-manage" on={managing} onPress={() => setManaging(!managing)}>
              {managing ? '完成' : '管理'}
            </Press>
          ) : undefined
        }
      />
      {chosen && <NotOrdering storeId={chosen.storeId} stores={stores.data} />}
      {member ? (
        <Gate loaded={shown} skeleton={<RowBones count={4} />} safe="购物车存在店里的系统，不会丢">
          {(data) =>
            data.lines.length === 0 ? (
              <EmptyCart />
            ) : (
              <Filled cart={data} storeName={chosen?.name ?? ''} managing={managing} />
            )
          }
        </Gate>
      ) : (
        <Notice drawing="basket" title="登录后看您的购物车" note="逛店不用登录，买东西时才要">
          <Button look="line" onPress={() => openTab('home')}>
            去逛逛
          </Button>
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
      {(!member || isEmpty) && <GoodHere />}
    </Screen>
  )
}

function Filled({ cart: data, storeName, managing }: { cart: Cart; storeName: string; managing: boolean }) {
  const basket = sortBasket(data)
  return (
    <>
      <Press
        className="cart-store"
        label={`${storeName}，到店自提，换一家`}
        onPress={() => openPage('stores')}
      >
        <Icon name="shop" size={22} />
        <Box className="cart-store-words">
          <Box className="ll-strong">{storeName}</Box>
          <Box className="cart-store-note">到店自提 · 每家店的购物车分开放</Box>
        </Box>
        <Icon name="right" size={18} className="ll-quiet" />
      </Press>
      {data.quote && <NextStrip quote={data.quote} />}
      <Box className="cart-lines">
        <Lines lines={basket.buyable} managing={managing} />
        {basket.troubled.length > 0 && <OutOfStock lines={basket.troubled} />}
      </Box>
    </>
  )
}

/** How far the next discount is, with the way to more goods. Nothing where there is none ahead. */
function NextStrip({ quote }: { quote: NonNullable<Cart['quote']> }) {
  const next = nextStep(quote)
  if (!next) return null
  return (
    <Press
      className="cart-next"
      label={`${next.label}，${next.words}，去凑单`}
      onPress={() => openTab('category')}
    >
      <Icon name="coupon" size={20} />
      <Box className="cart-next-words">
        <Box className="ll-strong">{next.words}</Box>
        <Box className="cart-next-label">{next.label}</Box>
        {next.reached !== null && (
          <Box className="cart-next-track" hidden>
            <Box className="cart-next-bar" style={{ width: `${next.reached}%` }} />
          </Box>
        )}
      </Box>
      <Words className="cart-next-go">去凑单</Words>
      <Icon name="right" size={16} />
    </Press>
  )
}

interface TotalBarProps {
  cart: Cart
  basket: Basket
  managing: boolean
  /** Why nothing can be ordered now; null when it can. */
  hurdle: string | null
}

/** 全选, the sum and the way on. In 管理 it removes instead. */
function TotalBar({ cart: data, basket, managing, hurdle }: TotalBarProps) {
  const selectAll = async (selected: boolean) => {
    for (const line of basket.buyable.filter((each) => each.selected !== selected))
      await putInCart(line, line.quantity, selected)
  }
  const removeChosen = async () => {
    try {
      await clearFromCart(basket.buyable.filter((line) => line.selected).map((line) => line.skuId))
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  const picked = basket.buyable.filter((line) => line.selected).length
  return (
    <>
      <Check on={basket.allChosen} label="全选" text="全选" onCheck={(on) => void selectAll(on)} />
      {managing ? (
        <Button
          className="cart-remove"
          look="line"
          icon="trash"
          disabled={picked === 0}
          onPress={removeChosen}
        >
          {`删掉 ${picked} 样`}
        </Button>
      ) : (
        <>
          <Box className="cart-sum">
            {data.quote ? (
              <Box className="cart-sum-line">
                <Words className="cart-sum-word">合计</Words>
                <Price fen={data.quote.totalFen} />
              </Box>
            ) : (
              <Words className="ll-quiet">还没选商品</Words>
            )}
            {data.quote && (
              <Box className="cart-sum-note">
                {data.quote.discountFen > 0 && (
                  <Words className="cart-sum-part">
                    {data.quote.couponIds.length > 0 ? '最省的券已算在内，' : '优惠已算在内，'}
                  </Words>
                )}
                <Words className="cart-sum-part">和结算页一分不差</Words>
              </Box>
            )}
          </Box>
          <Button
            disabled={hurdle !== null || basket.chosen.length === 0}
            onPress={() => openPage('checkout')}
          >
            {hurdle ?? `去结算 ${basket.chosenPieces} 件`}
          </Button>
        </>
      )}
    </>
  )
}
