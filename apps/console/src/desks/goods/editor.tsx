import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, ConfigProvider, Popconfirm } from 'antd'
import type { ReactNode } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useKeys } from '../../shell/keyboard.ts'
import { useScope } from '../../shell/scope.ts'
import { formTheme } from '../../theme.ts'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { hourMinuteSecond } from '../../ui/time.ts'
import { BundleCard } from './bundle-card.tsx'
import { Clashes } from './clashes.tsx'
import { Basics, Facts, Pictures } from './fields.tsx'
import {
  faultsOf,
  listingChanges,
  priceChangeWords,
  productChange,
  productChanged,
  sectionMarks,
  type GoodsForm,
  type Product,
} from './form.ts'
import { Listings } from './listings.tsx'
import { PhonePreview } from './phone-preview.tsx'
import { PriceHistory } from './price-history.tsx'
import { Rail } from './rail.tsx'
import { useDraft } from './use-draft.ts'

const saveProduct = async (product: Product, form: GoodsForm, mayWrite: boolean): Promise<Product> => {
  let saved = product
  if (mayWrite && productChanged(product, form))
    saved = await api('PUT /console/v1/products/:productId', {
      params: { productId: product.id },
      body: productChange(form, product.version),
    })
  for (const { storeId, body } of listingChanges(product, form))
    saved = await api('PUT /console/v1/products/:productId/listings/:storeId', {
      params: { productId: product.id, storeId },
      body,
    })
  return saved
}

type Drafting = ReturnType<typeof useDraft>

const useSave = ({ base, form, reset }: Drafting) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const mayWrite = useMay('goods.write')
  const key = ['product', base.id]
  return useMutation({
    mutationFn: () => saveProduct(base, form, mayWrite),
    onSuccess: (saved) => {
      queries.setQueryData(key, saved)
      void queries.invalidateQueries({ queryKey: ['goods'] })
      void queries.invalidateQueries({ queryKey: ['prices', base.id] })
      reset(saved)
      notice.success('存好了，顾客马上看到')
    },
    // Part of it may have been saved, or someone else came first: go on from what the server holds now.
    onError: () => queries.refetchQueries({ queryKey: key }),
  })
}

interface HeadProps {
  drafting: Drafting
  mayWrite: boolean
  children: ReactNode
}

const Head = ({ drafting: { base, changes, keptAt, reset }, mayWrite, children }: HeadProps) => {
  const { path } = useScope()
  const onShelf = base.listings.some((listing) => listing.onShelf)
  return (
    <PageHead
      title={base.name}
      note={!mayWrite && '商品信息由总部改，你能改本店的价和货位'}
      back={{ to: path('/goods'), label: '回商品列表' }}
      tags={<StateTag tone={onShelf ? 'done' : 'over'}>{onShelf ? '在架' : '已下架'}</StateTag>}
    >
      {changes > 0 && (
        <span className="quiet small">
          {keptAt && `草稿 ${hourMinuteSecond(keptAt)} 已存 · `}改了 {changes} 处
        </span>
      )}
      {changes > 0 && <Button onClick={() => reset(base)}>放弃</Button>}
      {children}
    </PageHead>
  )
}

/** The product in fields: rail at the left, what the shopper sees at the right, and one button that saves. */
export const Editor = ({ product }: { product: Product }) => {
  const drafting = useDraft(product)
  const { base, form, change, changes, clashes, takeTheirs, keepMine } = drafting
  const mayWrite = useMay('goods.write')
  const mayPrice = useMay('goods.price')
  const save = useSave(drafting)
  const faults = faultsOf(form)
  const ready = changes > 0 && Object.keys(faults).length === 0 && clashes.length === 0 && !save.isPending
  const prices = priceChangeWords(base, form)
  const section = { form, change, disabled: !mayWrite }
  // A changed price is confirmed by hand; the key saves everything else.
  useKeys([{ keys: 'mod+s', label: '保存', run: () => ready && prices.length === 0 && save.mutate() }])
  return (
    <ConfigProvider theme={formTheme}>
      <Head drafting={drafting} mayWrite={mayWrite}>
        {(mayWrite || mayPrice) && (
          <SaveButton ready={ready} busy={save.isPending} prices={prices} save={() => save.mutate()} />
        )}
      </Head>
      {clashes.length > 0 && <Clashes clashes={clashes} takeTheirs={takeTheirs} keepMine={keepMine} />}
      {clashes.length === 0 && <Refusal error={save.error} />}
      <div className="editor">
        <Rail marks={sectionMarks(form)} />
        <div className="editor-cards">
          <Pictures {...section} />
          <Basics {...section} faults={faults} barcode={product.barcode} />
          {form.components && <BundleCard {...section} parts={form.components} faults={faults} />}
          <Listings product={base} form={form} change={change} faults={faults} disabled={!mayPrice} />
          <PriceHistory productId={product.id} />
          <Facts {...section} />
        </div>
        <PhonePreview form={form} />
      </div>
    </ConfigProvider>
  )
}

interface SaveButtonProps {
  ready: boolean
  busy: boolean
  prices: readonly string[]
  save: () => void
}

// Prices are repeated before they change; everything else saves at once.
const SaveButton = ({ ready, busy, prices, save }: SaveButtonProps) => {
  if (prices.length === 0)
    return (
      <Button type="primary" disabled={!ready && !busy} loading={busy} onClick={save} title="⌘S">
        保存
      </Button>
    )
  return (
    <Popconfirm
      title={`改 ${prices.length} 处价，存了马上生效`}
      description={
        <ul className="price-changes">
          {prices.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      }
      placement="bottomRight"
      okText={`改 ${prices.length} 处价`}
      cancelText="再看看"
      disabled={!ready}
      onConfirm={save}
    >
      <Button type="primary" disabled={!ready && !busy} loading={busy}>
        保存 · 改 {prices.length} 处价
      </Button>
    </Popconfirm>
  )
}
