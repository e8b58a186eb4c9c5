import { useQuery } from '@tanstack/react-query'

import { api, type Out } from '../api.ts'
import { stateTag } from '../desks/orders/model.ts'
import { Money } from '../ui/money.tsx'
import { OrderNo } from '../ui/order-no.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { Bones } from '../ui/states.tsx'
import { Thumb } from '../ui/thumb.tsx'
import { when } from '../ui/time.ts'
import { useScope } from './scope.ts'

type Search = Out<'GET /console/v1/search'>
export type Found =
  | { kind: 'order'; order: Search['orders'][number] }
  | { kind: 'product'; product: Search['products'][number] }

/** What is known about the row under the cursor, so that most searches end without opening a page. */
export const SearchPreview = ({ row }: { row: Found | undefined }) => (
  <aside className="search-preview" aria-live="polite">
    {row?.kind === 'order' && <OrderPreview key={row.order.id} id={row.order.id} no={row.order.no} />}
    {row?.kind === 'product' && (
      <ProductPreview key={row.product.id} id={row.product.id} name={row.product.name} />
    )}
    <p className="quiet small search-privacy">手机号只显示尾号。</p>
  </aside>
)

const OrderPreview = ({ id, no }: { id: string; no: string }) => {
  const order = useQuery({
    queryKey: ['order', id],
    queryFn: () => api('GET /console/v1/orders/:orderId', { params: { orderId: id } }),
    staleTime: 10_000,
  }).data
  if (!order) return <Bones lines={6} />
  return (
    <>
      <h3>
        <OrderNo no={no} />{' '}
        <StateTag tone={stateTag(order.state).tone}>{stateTag(order.state).word}</StateTag>
      </h3>
      <p className="quiet small">
        {order.memberName}
        {order.phoneTail && ` 手机尾号 ${order.phoneTail}`} · {order.storeName}
      </p>
      <div className="preview-thumbs">
        {order.lines.slice(0, 5).map((line) => (
          <span key={line.lineNo}>
            <Thumb src={line.picture?.s} size={52} name={line.name} />
            <i>{line.quantity}</i>
          </span>
        ))}
      </div>
      <dl className="sums sums-boxed">
        <div>
          <dt>商品</dt>
          <dd>
            <Money fen={order.goodsFen} />
          </dd>
        </div>
        <div>
          <dt>优惠</dt>
          <dd>
            <Money fen={-order.discountFen} />
          </dd>
        </div>
        <div>
          <dt>实付</dt>
          <dd className="strong">
            <Money fen={order.totalFen} />
          </dd>
        </div>
      </dl>
      <p className="quiet small">下单 {when(order.placedAt, Date.now(), true)}</p>
    </>
  )
}

const ProductPreview = ({ id, name }: { id: string; name: string }) => {
  const { stores } = useScope()
  const product = useQuery({
    queryKey: ['product', id],
    queryFn: () => api('GET /console/v1/products/:productId', { params: { productId: id } }),
    staleTime: 10_000,
  }).data
  if (!product) return <Bones lines={6} />
  return (
    <>
      <div className="preview-product">
        <Thumb src={product.pictures[0]?.s} size={64} name={name} />
        <div>
          <h3>{name}</h3>
          <p className="quiet small">{product.barcode}</p>
        </div>
      </div>
      <dl className="sums sums-boxed">
        {product.listings.map((listing) => (
          <div key={listing.storeId}>
            <dt>
              {stores?.find((store) => store.id === listing.storeId)?.name ?? listing.storeId}
              <small className="quiet"> {listing.shelf ?? '没有货位'}</small>
            </dt>
            <dd>{listing.onShelf ? <Money fen={listing.onlinePriceFen ?? listing.priceFen} /> : '下架'}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
