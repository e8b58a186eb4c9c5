import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { CategoryPick } from '../rules/fields.tsx'
import {
  type Form,
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

/** Sends other terms; everything that shows them is asked again. */
export const useSetTerms = (done: (row: Terms) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TermsInput) => api('POST /console/v1/tier-terms', { body }),
    onSuccess: (row) => {
      void queries.invalidateQueries({ queryKey: ['tier-terms'] })
      void queries.invalidateQueries({ queryKey: ['membership'] })
      done(row)
    },
  })
}

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

/** Other tiers from a moment on, with who would move before it is done. */
export const TiersPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const [form, setForm] = useState<Form>(() => formOf(terms))
  const notice = useNotice()
  const set = useSetTerms((row) => {
    notice.success(Date.parse(row.since) > Date.now() ? '排上了，到点自己换' : '现在按新等级算')
    close()
  })
  const change = (part: Partial<Form>) => {
    set.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const changeTier = (at: number, part: Partial<TierForm>) =>
    change({ tiers: form.tiers.map((tier, i) => (i === at ? { ...tier, ...part } : tier)) })
  const ready = inputOf(form)
  return (
    <SidePanel title={terms ? '换一版等级规则' : '定第一版等级'} icon={Pencil} close={close}>
      <div className="fields members-form">
        <Field id="tiers-growth" label="每实付 1 元得">
          <Input
            id="tiers-growth"
            value={form.growthPerYuan}
            maxLength={4}
            suffix="成长值"
            onChange={(event) => change({ growthPerYuan: event.target.value })}
          />
        </Field>
        <Field id="tiers-period" label="一期">
          <Input
            id="tiers-period"
            value={form.periodMonths}
            maxLength={2}
            suffix="个月"
            onChange={(event) => change({ periodMonths: event.target.value })}
          />
        </Field>
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
      <div className="fields members-form">
        <CategoryPick
          id="tiers-except"
          label="哪些分类没有会员价"
          placeholder="没有例外"
          value={form.exceptCategoryIds}
          change={(exceptCategoryIds) => change({ exceptCategoryIds })}
        />
        <Field id="tiers-since" label="从什么时候起" help="不选就是现在">
          <DatePicker
            id="tiers-since"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            placeholder="现在"
            minDate={dayjs()}
            value={form.since ? dayjs(form.since) : null}
            onChange={(at) => change({ since: at?.toISOString() ?? '' })}
          />
        </Field>
      </div>
      <div className="side-words">
        <h3>要是现在就换</h3>
        {ready ? (
          <Preview input={{ ...ready, since: null }} terms={terms} />
        ) : (
          <p className="small">{formFault(form)}</p>
        )}
      </div>
      <footer>
        <Refusal error={set.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!ready}
          loading={set.isPending}
          onClick={() => ready && set.mutate(ready)}
        >
          {form.since ? '到点换成这一版' : '现在换成这一版'}
        </Button>
        <p className="quiet small">已经计入的成长值不变；谁也不会因为换规则在本期降级，除非那一级没了。</p>
      </footer>
    </SidePanel>
  )
}
