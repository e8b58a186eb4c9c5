import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { PlugZap } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Field } from '../../ui/field.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import {
  emptySource,
  formOf,
  kindWords,
  sourceFaults,
  topicWords,
  type Source,
  type SourceForm,
} from './model.ts'

interface Part {
  form: SourceForm
  change: (part: Partial<SourceForm>) => void
  faults: Partial<Record<keyof SourceForm, string>>
}

const Who = ({ form, change, faults, fixed }: Part & { fixed: boolean }) => {
  const may = useMay('partners.read')
  const { data } = useQuery({
    queryKey: ['partners'],
    queryFn: () => api('GET /console/v1/partners'),
    enabled: may,
  })
  return (
    <>
      <Field id="feed-name" label="名字" fault={faults.name}>
        <Input
          id="feed-name"
          value={form.name}
          maxLength={40}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field
        id="feed-code"
        label="代号"
        fault={faults.code}
        help={fixed ? '不能改，地址和文件夹认它' : '例如 erp'}
      >
        <Input
          id="feed-code"
          value={form.code}
          disabled={fixed}
          maxLength={31}
          onChange={(event) => change({ code: event.target.value })}
        />
      </Field>
      <fieldset className="field field-wide">
        <legend>是什么</legend>
        <Radio.Group
          value={form.kind}
          onChange={(event) => change({ kind: event.target.value as SourceForm['kind'] })}
          options={(['erp', 'till', 'folder'] as const).map((kind) => ({
            value: kind,
            label: kindWords[kind],
          }))}
        />
      </fieldset>
      <Field id="feed-partner" label="接入方" wide optional help="用接口报数据的才要选；只导文件就不选">
        <Select
          id="feed-partner"
          allowClear
          value={form.partnerCode ?? undefined}
          onChange={(code?: string) => change({ partnerCode: code ?? null })}
          options={(data?.items ?? []).map(({ code, name }) => ({
            value: code,
            label: `${name}（${code}）`,
          }))}
        />
      </Field>
    </>
  )
}

const What = ({ form, change, faults }: Part) => (
  <>
    <fieldset className="field field-wide">
      <legend>报什么</legend>
      <Checkbox.Group
        value={form.topics}
        onChange={(topics) => change({ topics })}
        options={(['stock', 'prices', 'products'] as const).map((topic) => ({
          value: topic,
          label: topicWords[topic],
        }))}
      />
      {faults.topics && <p className="field-fault">{faults.topics}</p>}
    </fieldset>
    <fieldset className="field field-wide">
      <legend>商品的哪些内容以它为准</legend>
      <Checkbox.Group
        value={form.productFacts}
        onChange={(facts) => change({ productFacts: facts as SourceForm['productFacts'] })}
        options={[
          { value: 'name', label: '名称' },
          { value: 'unit', label: '单位' },
          { value: 'category', label: '分类' },
          { value: 'barcode', label: '条码' },
        ]}
      />
      <p className="field-help">没勾的，已有商品按你们改过的留着；新商品全按它说的，先不上架。</p>
    </fieldset>
    <fieldset className="field field-wide">
      <legend>它的价格</legend>
      <Radio.Group
        value={form.priceUnit}
        onChange={(event) => change({ priceUnit: event.target.value as SourceForm['priceUnit'] })}
        options={[
          { value: 'yuan', label: '按元，12.80' },
          { value: 'fen', label: '按分，1280' },
        ]}
      />
    </fieldset>
    <Checkbox
      className="field"
      checked={form.byBarcode}
      onChange={(event) => change({ byBarcode: event.target.checked })}
    >
      没对照的商品编码，是 13 位条码就按条码认
    </Checkbox>
  </>
)

const Terms = ({ form, change, faults }: Part) => {
  const minutes = (key: 'staleMinutes' | 'stopMinutes', label: string, fault?: string) => (
    <Field id={`feed-${key}`} label={label} fault={fault}>
      <InputNumber
        id={`feed-${key}`}
        min={5}
        max={key === 'staleMinutes' ? 10_080 : 20_160}
        value={form[key]}
        suffix="分钟"
        onChange={(value) => value !== null && change({ [key]: value })}
      />
    </Field>
  )
  return (
    <fieldset className="field field-wide">
      <legend>库存数据旧了怎么办</legend>
      <div className="fields">
        {minutes('staleMinutes', '多久没新数据算过时')}
        {minutes('stopMinutes', '多久停售快销品', faults.stopMinutes)}
        <Field id="feed-widen" label="过时后多留">
          <Select
            id="feed-widen"
            value={form.widen}
            onChange={(widen) => change({ widen })}
            options={[
              { value: 'pieces', label: '固定件数' },
              { value: 'percent', label: '在手的百分比' },
              { value: 'days', label: '够卖的天数' },
            ]}
          />
        </Field>
        <Field id="feed-widen-by" label="留多少">
          <InputNumber
            id="feed-widen-by"
            min={0}
            max={1000}
            value={form.widenBy}
            suffix={{ pieces: '件', percent: '%', days: '天' }[form.widen]}
            onChange={(value) => value !== null && change({ widenBy: value })}
          />
        </Field>
        <Field id="feed-fast" label="快销品是一天卖">
          <InputNumber
            id="feed-fast"
            min={1}
            max={100_000}
            value={form.fastPerDay}
            suffix="件以上"
            onChange={(value) => value !== null && change({ fastPerDay: value })}
          />
        </Field>
      </div>
    </fieldset>
  )
}

/** Adds a source, or changes what it tells and what happens when its stock grows old. */
export const SourcePanel = ({ source, close }: { source?: Source; close: () => void }) => {
  const [form, setForm] = useState(source ? formOf(source) : emptySource)
  const [pressed, setPressed] = useState(false)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => {
      const { code, ...rest } = form
      return source
        ? api('PUT /console/v1/feed-sources/:sourceCode', {
            params: { sourceCode: code },
            body: { ...rest, version: source.version },
          })
        : api('POST /console/v1/feed-sources', { body: form })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['feeds'] })
      close()
    },
  })
  const faults = sourceFaults(form)
  const part = {
    form,
    faults: pressed ? faults : {},
    change: (change: Partial<SourceForm>) => setForm((now) => ({ ...now, ...change })),
  }
  return (
    <SidePanel title={source ? source.name : '新增来源'} icon={PlugZap} close={close} note="还没保存">
      <form
        className="side-form"
        onSubmit={(event) => {
          event.preventDefault()
          setPressed(true)
          if (Object.keys(faults).length === 0) save.mutate()
        }}
      >
        <div className="fields">
          <Who {...part} fixed={source !== undefined} />
        </div>
        <What {...part} />
        {form.topics.includes('stock') && <Terms {...part} />}
        {source && (
          <p className="field">
            <Switch checked={form.active} onChange={(active) => part.change({ active })} aria-label="启用" />{' '}
            {form.active ? '启用' : '停用：不再收它的数据，因它留着的库存放开'}
          </p>
        )}
        <footer>
          <Refusal error={save.error} />
          <Button type="primary" size="large" block htmlType="submit" loading={save.isPending}>
            保存
          </Button>
        </footer>
      </form>
    </SidePanel>
  )
}
