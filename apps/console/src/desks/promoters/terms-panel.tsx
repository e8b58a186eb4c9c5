import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import {
  type Form,
  formFault,
  formOf,
  inputOf,
  type Terms,
  type TermsInput,
  termsSentences,
} from './model.ts'

/** Sends other terms; everything that shows them is asked again. */
export const useGuideTerms = (done: (row: Terms) => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TermsInput) => api('POST /console/v1/guide-terms', { body }),
    onSuccess: (row) => {
      void queries.invalidateQueries({ queryKey: ['guide-terms'] })
      done(row)
    },
  })
}

const numbers = [
  { key: 'registerFen', label: '带来一位新会员', suffix: '元', help: '不给就写 0' },
  { key: 'orderFen', label: '带来一个首单', suffix: '元', help: '不给就写 0' },
  { key: 'leastFen', label: '首单至少留下', suffix: '元', help: '付的减退的，不到就不给' },
  { key: 'touchDays', label: '扫码后几天内有效', suffix: '天', help: '首单也是这么多天' },
  { key: 'holdDays', label: '取走几天后给', suffix: '天', help: '不短于售后期' },
] as const

/** Other terms from now on, with what they will say before they do. */
export const TermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const [form, setForm] = useState<Form>(() => formOf(terms))
  const notice = useNotice()
  const set = useGuideTerms(() => {
    notice.success('从现在起按新规则算')
    close()
  })
  const change = (part: Partial<Form>) => {
    set.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const input = inputOf(form)
  return (
    <SidePanel title={terms ? '换一版引导规则' : '开始引导奖励'} icon={Pencil} close={close}>
      <div className="fields">
        {numbers.map(({ key, label, suffix, help }) => (
          <Field key={key} id={`guide-${key}`} label={label} help={help}>
            <Input
              id={`guide-${key}`}
              value={form[key]}
              maxLength={10}
              suffix={suffix}
              onChange={(event) => change({ [key]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <div className="side-words">
        <h3>新规则会这样说</h3>
        <ol className="guide-sentences">
          {input
            ? termsSentences(input).map((sentence) => <li key={sentence}>{sentence}</li>)
            : formFault(form)}
        </ol>
      </div>
      <footer>
        <Refusal error={set.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!input}
          loading={set.isPending}
          onClick={() => input && set.mutate(input)}
        >
          现在换成这一版
        </Button>
        <p className="quiet small">已经带来的顾客，照他们来的那天的规则算。</p>
      </footer>
    </SidePanel>
  )
}
