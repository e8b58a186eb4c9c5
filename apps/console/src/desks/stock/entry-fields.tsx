import { useQuery } from '@tanstack/react-query'
import { Input, Segmented, Select } from 'antd'

import { publicApi } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { sourceWords } from './document-model.ts'
import type { Draft, EntryKind } from './entry-model.ts'
import { wasteWords } from './words.ts'

interface FieldsProps {
  kind: EntryKind
  draft: Draft
  change: (part: Partial<Draft>) => void
}

const optionsOf = <K extends string>(words: Record<K, string>) =>
  (Object.entries(words) as [K, string][]).map(([value, label]) => ({ value, label }))

const StoreField = ({ kind, draft, change }: FieldsProps) => {
  const { stores, fixed } = useScope()
  const locked = fixed || draft.lines.length > 0
  return (
    <Field
      id="entry-store"
      label={kind === 'transfers' ? '本店' : '门店'}
      help={locked && !fixed ? '已经扫了商品，换店请先清空' : undefined}
    >
      <Select
        id="entry-store"
        disabled={locked}
        value={draft.storeId ?? null}
        placeholder="选一家店"
        options={(stores ?? []).map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
        onChange={(storeId) => change({ storeId })}
      />
    </Field>
  )
}

// A manager sees only own stores in the console; where goods may go is every store of the chain.
const OtherStoreField = ({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>) => {
  const { data } = useQuery({
    queryKey: ['chain-stores'],
    queryFn: () => publicApi('GET /v1/stores', { query: {} }),
    staleTime: 300_000,
  })
  return (
    <Field id="entry-other" label={draft.direction === 'in' ? '向哪家店要' : '给哪家店'}>
      <Select
        id="entry-other"
        value={draft.otherStoreId ?? null}
        placeholder="选一家店"
        options={(data?.items ?? [])
          .filter((store) => store.id !== draft.storeId)
          .map((store) => ({ value: store.id, label: `${store.id} ${store.name}` }))}
        onChange={(otherStoreId) => change({ otherStoreId })}
      />
    </Field>
  )
}

const SourceFields = ({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>) => (
  <>
    <Field id="entry-source" label="从哪来">
      <Segmented
        block
        value={draft.source}
        options={optionsOf(sourceWords)}
        onChange={(source) => change({ source })}
      />
    </Field>
    <Field id="entry-supplier" label={draft.source === 'SUPPLIER' ? '供应商' : '哪个仓'} optional>
      <Input
        id="entry-supplier"
        value={draft.supplier}
        maxLength={60}
        onChange={(event) => change({ supplier: event.target.value })}
      />
    </Field>
  </>
)

/** What is said once for the whole document. */
export const EntryFields = (props: FieldsProps) => {
  const { kind, draft, change } = props
  return (
    <div className="entry-fields">
      <StoreField {...props} />
      {kind === 'transfers' && (
        <Field id="entry-direction" label="往哪边">
          <Segmented<'in' | 'out'>
            block
            value={draft.direction}
            options={[
              { value: 'in', label: '调进来' },
              { value: 'out', label: '调出去' },
            ]}
            onChange={(direction) => change({ direction })}
          />
        </Field>
      )}
      {kind === 'transfers' && <OtherStoreField draft={draft} change={change} />}
      {kind === 'receipts' && <SourceFields draft={draft} change={change} />}
      {kind === 'wastes' && (
        <Field id="entry-reason" label="为什么报损">
          <Select
            id="entry-reason"
            value={draft.reason}
            options={optionsOf(wasteWords)}
            onChange={(reason) => change({ reason })}
          />
        </Field>
      )}
      <Field id="entry-note" label="备注" optional>
        <Input
          id="entry-note"
          value={draft.note}
          maxLength={120}
          placeholder={kind === 'receipts' ? '送货单号、车次' : '一句话'}
          onChange={(event) => change({ note: event.target.value })}
        />
      </Field>
    </div>
  )
}
