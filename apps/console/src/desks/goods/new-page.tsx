import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, ConfigProvider, Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { formTheme } from '../../theme.ts'
import { Card } from '../../ui/card.tsx'
import { parseFen } from '../../ui/fen.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Refusal } from '../../ui/states.tsx'
import { BundleCard } from './bundle-card.tsx'
import { Basics, Facts, Pictures, SwitchField } from './fields.tsx'
import {
  calmMarks,
  eanValid,
  emptyForm,
  faultsOf,
  productChange,
  sectionMarks,
  type Faults,
  type GoodsForm,
} from './form.ts'
import { PhonePreview } from './phone-preview.tsx'
import { Rail } from './rail.tsx'
import './goods.css'
import './edit.css'

const newFaults = (form: GoodsForm, barcode: string, price: string): Faults => {
  const faults = faultsOf(form)
  if (!eanValid(barcode))
    faults['barcode'] = barcode.length === 13 ? '末位校验不对，再扫一次' : '13 位数字，扫包装上的条码'
  if (!parseFen(price)) faults['price'] = '填一个大于 0 的价，最多两位小数'
  return faults
}

interface NewFields {
  form: GoodsForm
  barcode: string
  price: string
  storeIds: string[]
}

const useCreate = ({ form, barcode, price, storeIds }: NewFields) => {
  const { path } = useScope()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notice = useNotice()
  return useMutation({
    mutationFn: () =>
      api('POST /console/v1/products', {
        body: { ...productChange(form, 0), version: 0, barcode, priceFen: parseFen(price) ?? 0, storeIds },
      }),
    onSuccess: (product) => {
      void queries.invalidateQueries({ queryKey: ['goods'] })
      notice.success('建好了。货位和各店价在这里接着填')
      void navigate(path(`/goods/${product.id}`), { replace: true })
    },
  })
}

interface CodeAndPriceProps {
  fields: NewFields
  faults: Faults
  change: (part: Partial<NewFields>) => void
}

const CodeAndPrice = ({ fields, faults, change }: CodeAndPriceProps) => (
  <>
    <Field id="barcode" label="条码" fault={faults['barcode']} help="13 位，可以直接扫">
      <Input
        id="barcode"
        value={fields.barcode}
        maxLength={13}
        inputMode="numeric"
        status={faults['barcode'] ? 'error' : ''}
        onChange={(event) => change({ barcode: event.target.value.replace(/\D/g, '') })}
      />
    </Field>
    <Field id="price" label="门店价" fault={faults['price']} help="各店先用同一个价，建好后可以分店改">
      <Input
        id="price"
        prefix="¥"
        value={fields.price}
        maxLength={10}
        inputMode="decimal"
        status={faults['price'] ? 'error' : ''}
        onChange={(event) => change({ price: event.target.value })}
      />
    </Field>
  </>
)

const StoreChoice = ({ chosen, change }: { chosen: string[]; change: (storeIds: string[]) => void }) => {
  const { stores = [] } = useScope()
  return (
    <div id="listings">
      <Card title="在哪些店卖" note="没选的店以后也能上架">
        <Checkbox.Group
          className="store-choice store-choice-padded"
          value={chosen}
          options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
          onChange={change}
        />
      </Card>
    </div>
  )
}

const useNewProduct = () => {
  const { stores = [] } = useScope()
  const [typed, setTyped] = useState({ form: emptyForm, barcode: '', price: '' })
  // Until somebody chooses, every store sells it; the stores may arrive after the page.
  const [chosen, setChosen] = useState<string[]>()
  const fields: NewFields = { ...typed, storeIds: chosen ?? stores.map((store) => store.id) }
  const change = ({ storeIds, ...part }: Partial<NewFields>) => {
    setTyped((now) => ({ ...now, ...part }))
    if (storeIds) setChosen(storeIds)
  }
  return { fields, change, faults: newFaults(fields.form, fields.barcode, fields.price) }
}

// What the phone shows: the one price in every chosen store.
const previewOf = ({ form, price, storeIds }: NewFields): GoodsForm => ({
  ...form,
  listings: storeIds.map((storeId) => ({ storeId, price, online: '', onShelf: true, shelf: '' })),
})

/** 商品 · new: the fewest fields that make a product, all stores at one price to begin with. */
export default function NewPage() {
  const { path } = useScope()
  const { fields, change, faults } = useNewProduct()
  const [tried, setTried] = useState(false)
  const create = useCreate(fields)
  const open = Object.keys(faults).length
  const marks = sectionMarks(fields.form)
  const section = {
    form: fields.form,
    change: (part: Partial<GoodsForm>) => change({ form: { ...fields.form, ...part } }),
    disabled: false,
  }
  const submit = () => {
    setTried(true)
    if (open === 0) create.mutate()
  }
  return (
    <ConfigProvider theme={formTheme}>
      <PageHead title="新建商品" back={{ to: path('/goods'), label: '回商品列表' }}>
        {tried && open > 0 && <span className="down small">还有 {open} 处要填</span>}
        <Button type="primary" loading={create.isPending} onClick={submit}>
          建好，上架到 {fields.storeIds.length} 家店
        </Button>
      </PageHead>
      <Refusal error={create.error} />
      <div className="editor">
        <Rail marks={tried ? marks : calmMarks(marks)} />
        <div className="editor-cards">
          <Pictures {...section} />
          <Basics {...section} faults={tried ? faults : {}}>
            <CodeAndPrice fields={fields} faults={tried ? faults : {}} change={change} />
            <SwitchField
              id="bundle"
              label="这是套餐"
              help="由几样商品组成，一起卖一个价；建好就不能再改成单品"
              checked={fields.form.components !== null}
              disabled={false}
              set={(on) => section.change({ components: on ? [] : null })}
            />
          </Basics>
          {fields.form.components && (
            <BundleCard {...section} parts={fields.form.components} faults={tried ? faults : {}} />
          )}
          <StoreChoice chosen={fields.storeIds} change={(storeIds) => change({ storeIds })} />
          <Facts {...section} />
        </div>
        <PhonePreview form={previewOf(fields)} />
      </div>
    </ConfigProvider>
  )
}
