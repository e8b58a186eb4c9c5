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
import { Basics, Facts, Pictures } from './fields.tsx'
import {
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

/** 商品 · new: the fewest fields that make a product, all stores at one price to begin with. */
export default function NewPage() {
  const { stores = [], path } = useScope()
  const [form, setForm] = useState(emptyForm)
  const [barcode, setBarcode] = useState('')
  const [price, setPrice] = useState('')
  const [left, setLeft] = useState<string[]>([])
  const [tried, setTried] = useState(false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notice = useNotice()
  const faults = newFaults(form, barcode, price)
  const shown = tried ? faults : {}
  const storeIds = stores.map((store) => store.id).filter((id) => !left.includes(id))
  const preview = {
    ...form,
    listings: storeIds.map((storeId) => ({ storeId, price, online: '', onShelf: true, shelf: '' })),
  }
  const create = useMutation({
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
  const change = (part: Partial<GoodsForm>) => setForm((now) => ({ ...now, ...part }))
  const submit = () => {
    setTried(true)
    if (Object.keys(faults).length === 0) create.mutate()
  }

  return (
    <ConfigProvider theme={formTheme}>
      <PageHead title="新建商品" back={{ to: path('/goods'), label: '回商品列表' }}>
        {tried && Object.keys(faults).length > 0 && (
          <span className="down small">还有 {Object.keys(faults).length} 处要填</span>
        )}
        <Button type="primary" loading={create.isPending} onClick={submit}>
          建好，上架到 {storeIds.length} 家店
        </Button>
      </PageHead>
      <Refusal error={create.error} />
      <div className="editor">
        <Rail marks={sectionMarks(form)} />
        <div className="editor-cards">
          <Pictures form={form} change={change} disabled={false} />
          <Basics form={form} change={change} faults={shown} disabled={false}>
            <Field id="barcode" label="条码" fault={shown['barcode']} help="13 位，可以直接扫">
              <Input
                id="barcode"
                value={barcode}
                maxLength={13}
                inputMode="numeric"
                status={shown['barcode'] ? 'error' : ''}
                onChange={(event) => setBarcode(event.target.value.replace(/\D/g, ''))}
              />
            </Field>
            <Field id="price" label="门店价" fault={shown['price']} help="各店先用同一个价，建好后可以分店改">
              <Input
                id="price"
                prefix="¥"
                value={price}
                maxLength={10}
                inputMode="decimal"
                status={shown['price'] ? 'error' : ''}
                onChange={(event) => setPrice(event.target.value)}
              />
            </Field>
          </Basics>
          <div id="listings">
            <Card title="在哪些店卖" note="没选的店以后也能上架">
              <Checkbox.Group
                className="store-choice store-choice-padded"
                value={storeIds}
                options={stores.map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
                onChange={(chosen) =>
                  setLeft(stores.map((store) => store.id).filter((id) => !chosen.includes(id)))
                }
              />
            </Card>
          </div>
          <Facts form={form} change={change} disabled={false} />
        </div>
        <PhonePreview form={preview} />
      </div>
    </ConfigProvider>
  )
}
