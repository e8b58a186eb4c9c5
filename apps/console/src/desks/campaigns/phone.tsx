import { Segmented } from 'antd'
import { useState } from 'react'

import { useScope } from '../../shell/scope.ts'
import { formatFen } from '../../ui/fen.ts'
import { Thumb } from '../../ui/thumb.tsx'
import { deskOf } from './kinds/index.ts'
import type { ShopCampaign } from './model.ts'
import { spanWords } from './times.ts'
import '../goods/phone.css'

type Look = 'normal' | 'elder'
const looks: { value: Look; label: string }[] = [
  { value: 'normal', label: '普通' },
  { value: 'elder', label: '长辈' },
]

const Item = ({ item }: { item: ShopCampaign['items'][number] }) => (
  <section className="campaign-phone-item">
    <Thumb src={item.picture?.s} size={64} />
    <div>
      <h3>{item.name}</h3>
      <p className="phone-price">
        {formatFen(item.priceFen)}
        <span>/{item.unit}</span>
      </p>
      <p className="quiet">
        本店 {item.quota} {item.unit}，单独买 {formatFen(item.aloneFen)}
      </p>
    </div>
  </section>
)

/** The campaign as a shopper of one store will read it, from the server's own trial, in the normal and the large type. */
export const PhonePreview = ({ shop }: { shop: readonly ShopCampaign[] }) => {
  const { storeWords } = useScope()
  const [look, setLook] = useState<Look>('normal')
  const [chosen, setChosen] = useState<string>()
  const shown = shop.find(({ storeId }) => storeId === chosen) ?? shop[0]
  return (
    <aside className="phone-side" aria-label="顾客看到的">
      <header>
        <b>顾客看到的</b>
        <Segmented<Look> size="small" value={look} options={looks} onChange={setLook} />
      </header>
      {shown && shop.length > 1 && (
        <div className="reason-chips">
          {shop.map(({ storeId }) => (
            <button
              key={storeId}
              type="button"
              className={storeId === shown.storeId ? 'chip chip-on' : 'chip'}
              aria-pressed={storeId === shown.storeId}
              title={storeWords(storeId)}
              onClick={() => setChosen(storeId)}
            >
              {storeId}
            </button>
          ))}
        </div>
      )}
      <div className={`phone phone-${look}`}>
        {!shown && (
          <section>
            <p className="quiet">商品、价格、数量填好，这里就是顾客看到的样子。</p>
          </section>
        )}
        {shown && (
          <>
            <section className="campaign-phone-count">
              <b>
                {deskOf(shown.kind).word} · {shown.name}
              </b>
              <small>{deskOf(shown.kind).summary(shown.terms)}</small>
              <small>{spanWords(shown.startsAt, shown.endsAt)}</small>
            </section>
            {shown.items.map((item) => (
              <Item key={item.skuId} item={item} />
            ))}
            <section>
              <b>规则</b>
              <dl>
                {shown.rules.map(({ title, words }) => (
                  <div key={title}>
                    <dt>{title}</dt>
                    <dd>{words}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </>
        )}
      </div>
    </aside>
  )
}
