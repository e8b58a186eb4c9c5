import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { Plus, Store, X } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import type { Source } from './model.ts'

interface Pair {
  code: string
  ours: string
}
interface PairsProps {
  label: string
  pairs: readonly Pair[]
  options: readonly { value: string; label: string }[]
  change: (pairs: Pair[]) => void
}

const Pairs = ({ label, pairs, options, change }: PairsProps) => {
  const put = (at: number, part: Partial<Pair>) =>
    change(pairs.map((pair, i) => (i === at ? { ...pair, ...part } : pair)))
  return (
    <fieldset className="field field-wide">
      <legend>{label}</legend>
      {pairs.map((pair, i) => (
        <div className="feed-pairs" key={i}>
          <Input
            aria-label={`${label}：对方编码 ${i + 1}`}
            placeholder="对方编码"
            maxLength={60}
            value={pair.code}
            onChange={(event) => put(i, { code: event.target.value })}
          />
          <Select
            aria-label={`${label}：我们的 ${i + 1}`}
            value={pair.ours || undefined}
            options={[...options]}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(ours) => put(i, { ours: ours ?? '' })}
          />
          <button
            type="button"
            className="bare"
            aria-label={`去掉 ${pair.code}`}
            onClick={() => change(pairs.filter((_, at) => at !== i))}
          >
            <X size={16} />
          </button>
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={14} />}
        onClick={() => change([...pairs, { code: '', ours: '' }])}
      >
        加一行
      </Button>
    </fieldset>
  )
}

const whole = (pairs: readonly Pair[]): Pair[] =>
  pairs
    .map(({ code, ours }) => ({ code: code.trim(), ours }))
    .filter(({ code, ours }) => code !== '' && ours !== '')

/** Which of our stores and categories the codes of a source mean. */
export const StoresPanel = ({ source, close }: { source: Source; close: () => void }) => {
  const { stores = [] } = useScope()
  const [mapped, setMapped] = useState<Pair[]>(
    source.stores.map(({ code, storeId }) => ({ code, ours: storeId })),
  )
  const [sorted, setSorted] = useState<Pair[]>(
    source.categories.map(({ code, categoryId }) => ({ code, ours: categoryId })),
  )
  const categories = useQuery({
    queryKey: ['categories', stores[0]?.id],
    queryFn: () => api('GET /console/v1/categories'),
  })
  const queries = useQueryClient()
  const params = { sourceCode: source.code }
  const save = useMutation({
    mutationFn: async () => {
      await api('PUT /console/v1/feed-sources/:sourceCode/stores', {
        params,
        body: { items: whole(mapped).map(({ code, ours }) => ({ code, storeId: ours })) },
      })
      if (source.topics.includes('products'))
        await api('PUT /console/v1/feed-sources/:sourceCode/categories', {
          params,
          body: { items: whole(sorted).map(({ code, ours }) => ({ code, categoryId: ours })) },
        })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['feeds'] })
      close()
    },
  })
  return (
    <SidePanel title={`${source.name}的对照`} icon={Store} close={close} note="还没保存">
      <form
        className="side-form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Pairs
          label="门店"
          pairs={mapped}
          change={setMapped}
          options={stores.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        />
        {source.topics.includes('products') && (
          <Pairs
            label="分类"
            pairs={sorted}
            change={setSorted}
            options={(categories.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <footer>
          <p className="quiet small">一家门店的库存只能由一个来源报。</p>
          <Refusal error={save.error} />
          <Button type="primary" size="large" block htmlType="submit" loading={save.isPending}>
            保存
          </Button>
        </footer>
      </form>
    </SidePanel>
  )
}
