import { Segmented } from 'antd'
import { MapPin } from 'lucide-react'
import { useState } from 'react'

import { useScope } from '../../shell/scope.ts'
import { fenParts, formatFen, parseFen } from '../../ui/fen.ts'
import { Thumb } from '../../ui/thumb.tsx'
import { type GoodsForm, type ListingForm, perWeightWords } from './form.ts'
import './phone.css'

type Look = 'normal' | 'elder'

const Price = ({ fen, unit }: { fen: number | undefined; unit: string }) => {
  if (fen === undefined) return <p className="phone-price quiet">价格还没填好</p>
  const { yuan, cents } = fenParts(fen)
  return (
    <p className="phone-price" aria-label={`${formatFen(fen)}，每${unit}`}>
      <small>¥</small>
      {yuan}
      <small>.{cents}</small>
      <span>/{unit}</span>
    </p>
  )
}

const PhoneHead = ({
  form,
  price,
  online,
}: {
  form: GoodsForm
  price: number | undefined
  online: number | undefined
}) => (
  <section>
    <Price fen={online ?? price} unit={form.unit} />
    {online !== undefined && price !== undefined && online < price && (
      <p className="phone-derived">
        门店价 {formatFen(price)} − 线上专享 {formatFen(price - online)}
      </p>
    )}
    {perWeightWords(form, online ?? price) && (
      <p className="phone-derived">{perWeightWords(form, online ?? price)}，多退少不补</p>
    )}
    <h3>{form.name || '还没有名称'}</h3>
    {form.subtitle && <p className="quiet">{form.subtitle}</p>}
    {form.speciality && <span className="phone-tag">本地特产</span>}
  </section>
)

const PhonePlace = ({
  listing,
  storeName,
}: {
  listing: ListingForm | undefined
  storeName: string | undefined
}) => (
  <section className="phone-place">
    <MapPin size={16} aria-hidden="true" />
    <p>
      <b>
        {storeName ?? '门店'} · {listing?.onShelf ? '在架' : '没上架，顾客看不到'}
      </b>
      <small>{listing?.shelf ? `货位 ${listing.shelf}` : '货位还没填'}</small>
    </p>
  </section>
)

const PhoneFacts = ({ form }: { form: GoodsForm }) => {
  const facts = [
    ['产地', form.origin],
    ['储存', form.storage],
    ['保质期', form.shelfLife],
  ] as const
  return (
    <section>
      <b>食品标签</b>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value.trim() || <em>还没填</em>}</dd>
          </div>
        ))}
        {form.allergens.length > 0 && (
          <div>
            <dt>致敏提示</dt>
            <dd className="phone-allergens">含{form.allergens.join('、')}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}

const PhonePicture = ({ pictures }: { pictures: GoodsForm['pictures'] }) => (
  <div className="phone-picture">
    {pictures[0] ? <img src={pictures[0].l} alt="" /> : <Thumb src={null} size={120} />}
    {pictures.length > 1 && <span>1 / {pictures.length}</span>}
  </div>
)

const looks: { value: Look; label: string }[] = [
  { value: 'normal', label: '普通' },
  { value: 'elder', label: '长辈' },
]

/** The product page as the shopper will see it with what is typed now, in the normal and the large type. */
export const PhonePreview = ({ form }: { form: GoodsForm }) => {
  const { storeId, stores } = useScope()
  const [look, setLook] = useState<Look>('normal')
  const listing =
    form.listings.find((each) => each.storeId === storeId) ??
    form.listings.find((each) => each.onShelf) ??
    form.listings[0]
  const storeName = stores?.find((store) => store.id === listing?.storeId)?.name
  return (
    <aside className="phone-side" aria-label="顾客看到的">
      <header>
        <b>顾客看到的</b>
        <Segmented<Look> size="small" value={look} options={looks} onChange={setLook} />
      </header>
      <div className={`phone phone-${look}`}>
        <PhonePicture pictures={form.pictures} />
        <PhoneHead
          form={form}
          price={parseFen(listing?.price ?? '')}
          online={parseFen(listing?.online ?? '')}
        />
        <PhonePlace listing={listing} storeName={storeName} />
        <PhoneFacts form={form} />
        {form.description && (
          <section>
            <b>介绍</b>
            <p className="phone-description">{form.description}</p>
          </section>
        )}
        <footer aria-hidden="true">
          <span>加入购物车</span>
          <span>立即购买</span>
        </footer>
      </div>
    </aside>
  )
}
