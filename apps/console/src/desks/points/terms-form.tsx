import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { useCategories } from '../goods/page-data.ts'
import { CategoryPick } from '../rules/fields.tsx'
import {
  exampleWords,
  formFault,
  type Form,
  formOf,
  givenBackWords,
  inputOf,
  type Terms,
  type TermsInput,
  termsSentences,
} from './model.ts'

/** Sends other terms; everything that shows them is asked again. */
export const useTerms = (done: (row: Terms) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TermsInput) => api('POST /console/v1/points-terms', { body }),
    onSuccess: (row) => {
      void queries.invalidateQueries({ queryKey: ['points-terms'] })
      done(row)
    },
  })
}

const numbers = [
  { key: 'fenPerPoint', label: '付多少得 1 分', suffix: '元', help: '按实付，抹零不算' },
  { key: 'pointsPerYuan', label: '多少分抵 1 元', suffix: '分', help: '' },
  { key: 'cap', label: '一单最多抵', suffix: '%', help: '占商品钱的百分之几' },
  { key: 'capPoints', label: '一单最多用', suffix: '分', help: '不写就不封顶' },
  { key: 'minOrder', label: '商品满多少可抵', suffix: '元', help: '不限就写 0' },
  { key: 'frozenDays', label: '取货后待生效', suffix: '天', help: '不短于售后期，退货才不吃亏' },
  { key: 'validMonths', label: '有效', suffix: '个月', help: '用到那个月的月底' },
] as const

/** Other terms from a moment on, with what they will say before they do. */
export const TermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const [form, setForm] = useState<Form>(() => formOf(terms))
  const notice = useNotice()
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  const set = useTerms((row) => {
    notice.success(Date.parse(row.since) > Date.now() ? '排上了，到点自己换' : '现在按新规则算')
    close()
  })
  const change = (part: Partial<Form>) => {
    set.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const input = inputOf(form)
  return (
    <SidePanel title={terms ? '换一版积分规则' : '开始用积分'} icon={Pencil} close={close}>
      <div className="fields points-fields">
        {numbers.map(({ key, label, suffix, help }) => (
          <Field key={key} id={`points-${key}`} label={label} help={help || undefined}>
            <Input
              id={`points-${key}`}
              value={form[key]}
              maxLength={10}
              suffix={suffix}
              onChange={(event) => change({ [key]: event.target.value })}
            />
          </Field>
        ))}
        <Field id="points-since" label="从什么时候起" help="不选就是现在">
          <DatePicker
            id="points-since"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            placeholder="现在"
            minDate={dayjs()}
            value={form.since ? dayjs(form.since) : null}
            onChange={(at) => change({ since: at?.toISOString() ?? '' })}
          />
        </Field>
        <CategoryPick
          id="points-except"
          label="哪些分类不得也不抵"
          placeholder="没有例外"
          value={form.exceptCategoryIds}
          change={(exceptCategoryIds) => change({ exceptCategoryIds })}
        />
      </div>
      <div className="side-words">
        <h3>新规则会这样说</h3>
        <ol className="points-sentences">
          {input
            ? termsSentences(input, nameOf).map((sentence) => <li key={sentence}>{sentence}</li>)
            : formFault(form)}
        </ol>
      </div>
      <footer>
        <Refusal error={set.error} />
        {input && (
          <p className="small points-example">
            {exampleWords(input)}。{givenBackWords(input)}。
          </p>
        )}
        <Button
          type="primary"
          size="large"
          block
          disabled={!input}
          loading={set.isPending}
          onClick={() => input && set.mutate(input)}
        >
          {form.since ? '到点换成这一版' : '现在换成这一版'}
        </Button>
        <p className="quiet small">已经得的、用掉的不变，只管以后的单。</p>
      </footer>
    </SidePanel>
  )
}
