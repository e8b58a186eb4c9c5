import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Plus, Trash2 } from 'lucide-react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { Refusal } from '../../ui/states.tsx'
import { CategoryPick } from '../rules/fields.tsx'
import { NumberFields, SinceField, TermsPanel, useTermsForm } from '../terms/panel.tsx'
import { useSendTerms } from '../terms/send.ts'
import {
  formFault,
  formOf,
  inputOf,
  moveWords,
  type Terms,
  type TermsInput,
  type TierForm,
  tierName,
  withOneMore,
} from './model.ts'

const MOST_TIERS = 8

export const useSetTerms = (done: (row: Terms) => void) =>
  useSendTerms({
    send: (body: TermsInput) => api('POST /console/v1/tier-terms', { body }),
    shownBy: ['tier-terms', 'membership'],
    done,
  })

interface RungProps {
  tier: TierForm
  at: number
  change: (part: Partial<TierForm>) => void
  remove: (() => void) | undefined
}
const Rung = ({ tier, at, change, remove }: RungProps) => {
  const field = (key: 'name' | 'atGrowth' | 'times' | 'rate', label: string, suffix: string, holder = '') => (
    <Field id={`tier-${at}-${key}`} label={label}>
      <Input
        id={`tier-${at}-${key}`}
        value={tier[key]}
        maxLength={10}
        suffix={suffix}
        placeholder={holder}
        onChange={(event) => change({ [key]: event.target.value })}
      />
    </Field>
  )
  return (
    <fieldset className="members-rung">
      <legend>
        第 {at + 1} 级
        {remove && (
          <button type="button" className="bare" onClick={remove} aria-label={`去掉第 ${at + 1} 级`}>
            <Trash2 size={14} />
          </button>
        )}
      </legend>
      {field('name', '名字', '')}
      {field('atGrowth', '从多少成长值起', '起')}
      {field('times', '积分', '倍')}
      {field('rate', '会员价', '折', '不打折')}
    </fieldset>
  )
}

/** How many would move, asked of the server while the form is written. */
const Preview = ({ input, terms }: { input: TermsInput; terms: Terms | undefined }) => {
  const { data, error } = useQuery({
    queryKey: ['tier-preview', input],
    queryFn: () => api('POST /console/v1/tier-terms/previews', { body: input }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  if (error) return <Refusal error={error} />
  if (!data) return <p className="quiet small">正在算谁会变…</p>
  const names = {
    from: (code: string) => tierName(terms, code),
    to: (code: string) => input.tiers.find((tier) => tier.code === code)?.name ?? code,
  }
  return (
    <ul className="members-moves">
      {moveWords(data.moves, names).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

const numbers = [
  { key: 'growthPerYuan', label: '每实付 1 元得', suffix: '成长值' },
  { key: 'periodMonths', label: '一期', suffix: '个月' },
] as const

/** Other tiers from a moment on, with who would move before it is done. */
export const TiersPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const { form, change, body, sending } = useTermsForm({
    begin: () => formOf(terms),
    read: inputOf,
    useSend: useSetTerms,
    close,
  })
  const changeTier = (at: number, part: Partial<TierForm>) =>
    change({ tiers: form.tiers.map((tier, i) => (i === at ? { ...tier, ...part } : tier)) })
  return (
    <TermsPanel
      title={terms ? '换一版等级规则' : '定第一版等级'}
      sending={sending}
      later={form.since !== ''}
      note="已经计入的成长值不变；谁也不会因为换规则在本期降级，除非那一级没了。"
      close={close}
    >
      <div className="fields terms-fields">
        <NumberFields id="tiers" fields={numbers} form={form} change={change} />
      </div>
      <div className="members-rungs">
        {form.tiers.map((tier, at) => (
          <Rung
            key={tier.code}
            tier={tier}
            at={at}
            change={(part) => changeTier(at, part)}
            remove={at === 0 ? undefined : () => change({ tiers: form.tiers.filter((_, i) => i !== at) })}
          />
        ))}
        {form.tiers.length < MOST_TIERS && (
          <Button icon={<Plus size={15} />} onClick={() => change({ tiers: withOneMore(form.tiers) })}>
            加一级
          </Button>
        )}
      </div>
      <div className="fields terms-fields">
        <CategoryPick
          id="tiers-except"
          label="哪些分类没有会员价"
          placeholder="没有例外"
          value={form.exceptCategoryIds}
          change={(exceptCategoryIds) => change({ exceptCategoryIds })}
        />
        <SinceField id="tiers-since" since={form.since} change={change} />
      </div>
      <div className="side-words">
        <h3>要是现在就换</h3>
        {body ? (
          <Preview input={{ ...body, since: null }} terms={terms} />
        ) : (
          <p className="small">{formFault(form)}</p>
        )}
      </div>
    </TermsPanel>
  )
}
