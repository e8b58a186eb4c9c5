import { useState } from 'react'
import { orderingHurdle } from '../../../components/advice'
import { Button } from '../../../components/button'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { PosterSheet } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Bone, Gate } from '../../../components/states'
import { usePieces } from '../../../components/goods'
import { yuanText } from '../../../models/money'
import type { Product } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { addToCart, cart } from '../../../services/cart'
import { usePassingOn } from '../../../services/passing-on'
import { useInStore, useStores } from '../../../services/place'
import { usePromoting } from '../../../services/promoter'
import { openPage, openTab, useParam } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { NoticeButton } from './notice-button'
import { Facts, ShelfBlock } from './label'
import { Offers } from './offers'
import { PromotingRow } from './promoting'
import { BundleBlock, Gallery, PriceBlock, StockBlock } from './parts'
import './index.scss'

const PROMOTER_NOTE = '朋友从这里打开、登录，就算您带来的顾客；价格随时会变，以打开时为准'

/** 商品, in the order of worry: the price, do you have it, when, where, what is in it. */
export default function ProductPage() {
  const productId = useParam('id') ?? ''
  const member = useCell(memberSession)
  const product = useInStore(`product.${productId}.${member?.who.id ?? ''}`, (storeId) =>
    api('GET /v1/stores/:storeId/products/:productId', { params: { storeId, productId } }),
  )
  const stores = useStores()
  const passing = usePassingOn({
    subject: { kind: 'product', id: productId },
    page: 'product',
    query: { id: productId },
    title: product.data ? `${product.data.name} ${yuanText(product.data.priceFen)}` : '邻里',
  })
  const promoter = usePromoting()
  const bar = product.data && (
    <Bar
      product={product.data}
      hurdle={orderingHurdle(product.data.storeId, stores.data)}
      onFavourite={(favourite) => product.data && product.put({ ...product.data, favourite })}
      onChanged={() => void product.reload()}
    />
  )
  return (
    <Screen title={product.data?.name ?? '商品'} className="product" bar={bar}>
      {product.trouble && !product.data && <NavBar title="商品" />}
      <Gate loaded={product} skeleton={<ProductBones />} safe="购物车里的东西都在">
        {(data) => (
          <>
            <Gallery product={data} />
            <Box className="product-body">
              <PriceBlock product={data} onShare={passing.open} />
              {promoter && <PromotingRow me={promoter} product={data} onShare={passing.open} />}
              <Offers skuId={data.skuId} storeId={data.storeId} />
              <BundleBlock product={data} />
              <StockBlock product={data} stores={stores.data} />
              <ShelfBlock product={data} />
              <Facts product={data} />
            </Box>
            <PosterSheet passing={passing} {...(promoter ? { note: PROMOTER_NOTE } : {})} />
          </>
        )}
      </Gate>
    </Screen>
  )
}

interface BarProps {
  product: Product
  /** Why nothing can be ordered here now; null when it can. */
  hurdle: string | null
  onFavourite: (favourite: boolean) => void
  /** Its stock is no longer what this page shows. */
  onChanged: () => void
}

function Bar({ product, hurdle, onFavourite, onChanged }: BarProps) {
  const pieces = useCell(cart)?.count ?? 0
  const here = usePieces(product.skuId)
  const [sending, setSending] = useState(false)
  const soldOut = product.available <= 0

  const favourite = async () => {
    if (sending || !(await ensureMember())) return
    setSending(true)
    try {
      const params = { productId: product.id }
      await (product.favourite
        ? api('DELETE /v1/me/favourites/:productId', { params })
        : api('PUT /v1/me/favourites/:productId', { params }))
      onFavourite(!product.favourite)
    } catch (error) {
      say(troubleFrom(error).text)
    } finally {
      setSending(false)
    }
  }
  const add = async () => {
    if (here >= product.available) return say(`本店只有 ${product.available} ${product.unit}`)
    if (await addToCart(product)) say(`已加 1 ${product.unit}${product.name}`)
  }
  const buyNow = async () => {
    if (await ensureMember()) openPage('checkout', { id: product.id, skuId: product.skuId, quantity: '1' })
  }
  return (
    <>
      <Press
        className={`product-bar-item ${product.favourite ? 'product-bar-on' : ''}`}
        on={product.favourite}
        onPress={() => void favourite()}
      >
        <Icon name="heart" size={22} />
        <Words>{product.favourite ? '已收藏' : '收藏'}</Words>
      </Press>
      <Press className="product-bar-item" label={`购物车，${pieces} 件`} onPress={() => openTab('cart')}>
        <Box className="product-bar-cart">
          <Icon name="cart" size={22} />
          {pieces > 0 && <Words className="ll-badge">{pieces}</Words>}
        </Box>
        <Words>购物车</Words>
      </Press>
      {soldOut && product.bundle ? (
        <Button className="product-bar-wide" disabled onPress={() => undefined}>
          里面有一样卖完了
        </Button>
      ) : soldOut ? (
        <NoticeButton product={product} onHere={onChanged} />
      ) : (
        <>
          <Button className="product-bar-wide" look="soft" onPress={add}>
            加入购物车
          </Button>
          <Button className="product-bar-wide" disabled={hurdle !== null} onPress={buyNow}>
            {hurdle ?? '立即购买'}
          </Button>
        </>
      )}
    </>
  )
}

function ProductBones() {
  return (
    <>
      <Bone height="292px" />
      <Box className="product-body">
        <Box className="product-block">
          <Bone width="40%" height="36px" />
          <Bone className="product-bone" width="70%" height="24px" />
          <Bone className="product-bone" width="90%" height="16px" />
        </Box>
        <Box className="product-block">
          <Bone width="80%" height="20px" />
          <Bone className="product-bone" width="60%" height="20px" />
        </Box>
      </Box>
    </>
  )
}
