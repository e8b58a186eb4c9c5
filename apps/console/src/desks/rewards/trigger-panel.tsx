import { useMutation } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { WillSay } from '../terms/panel.tsx'
import { useRewardTemplates, useSendTrigger } from './data.ts'
import {
  type MarkForm,
  mayAddMark,
  previewWords,
  triggerFault,
  type TriggerForm,
  triggerFormOf,
  type TriggerInput,
  triggerInputOf,
  type TriggerKind,
  triggerSentences,
  type TriggerTerms,
  triggerWords,
} from './model.ts'
import { TemplateSelect } from './template-select.tsx'

interface FieldsProps {
  form: TriggerForm
  change: (next: TriggerForm) => void
}
const Birthday = ({ form, change }: FieldsProps) => {
  const [mark = { days: '0', templateId: undefined }] = form.marks
  const put = (part: Partial<MarkForm>) => change({ ...form, marks: [{ ...mark, ...part }] })
  return (
    <>
      <Field id="birthday-when" label="什么时候送" wide>
        <Segmented
          id="birthday-when"
          value={form.month ? 'month' : 'day'}
          options={[
            { value: 'day', label: '生日前几天' },
            { value: 'month', label: '生日那个月的 1 号' },
          ]}
          onChange={(when) => change({ ...form, month: when === 'month' })}
        />
      </Field>
      {!form.month && (
        <Field id="birthday-days" label="提前几天" help="0 就是当天">
          <Input
            id="birthday-days"
            value={mark.days}
            maxLength={2}
            suffix="天"
            onChange={({ target }) => put({ days: target.value })}
          />
        </Field>
      )}
      <Field id="birthday-coupon" label="送哪张券" wide>
        <TemplateSelect
          id="birthday-coupon"
          label="送哪张券"
          value={mark.templateId}
          choose={(templateId) => put({ templateId })}
        />
      </Field>
    </>
  )
}
const Dormant = ({ form, change }: FieldsProps) => {
  const put = (at: number, part: Partial<MarkForm>) =>
    change({ ...form, marks: form.marks.map((mark, i) => (i === at ? { ...mark, ...part } : mark)) })
  return (
    <>
      {form.marks.map((mark, i) => (
        <Field key={i} id={`mark-${i}`} label={`第 ${i + 1} 档`} wide>
          <div className="reward-mark">
            <Input
              id={`mark-${i}`}
              aria-label={`第 ${i + 1} 档多少天没来`}
              value={mark.days}
              maxLength={3}
              suffix="天没买"
              onChange={({ target }) => put(i, { days: target.value })}
            />
            <TemplateSelect
              id={`mark-${i}-coupon`}
              label={`第 ${i + 1} 档送哪张券`}
              value={mark.templateId}
              choose={(templateId) => put(i, { templateId })}
            />
            {form.marks.length > 1 && (
              <button
                type="button"
                className="bare"
                aria-label={`去掉第 ${i + 1} 档`}
                onClick={() => change({ ...form, marks: form.marks.filter((_, at) => at !== i) })}
              >
                <Trash2 size={15} />
              </button>
            )}
          </div>
        </Field>
      ))}
      {mayAddMark(form) && (
        <Button
          className="field-wide"
          onClick={() => change({ ...form, marks: [...form.marks, { days: '', templateId: undefined }] })}
        >
          再加一档
        </Button>
      )}
    </>
  )
}

const Preview = ({ input }: { input: TriggerInput }) => {
  const trial = useMutation({
    mutationFn: () => api('POST /console/v1/trigger-terms/previews', { body: input }),
  })
  return (
    <div className="reward-preview">
      <Refusal error={trial.error} />
      <Button block loading={trial.isPending} onClick={() => trial.mutate()}>
        先试算今晚会送给多少人
      </Button>
      {trial.data && <p role="status">{previewWords(trial.data)}</p>}
    </div>
  )
}

interface TriggerPanelProps {
  kind: TriggerKind
  terms: TriggerTerms | undefined
  close: () => void
}
/** Other terms of a trigger from the next night on; whom they would reach is counted before they do. */
export const TriggerPanel = ({ kind, terms, close }: TriggerPanelProps) => {
  const [form, setForm] = useState<TriggerForm>(() => triggerFormOf(kind, terms))
  const notice = useNotice()
  const { nameOf } = useRewardTemplates()
  const send = useSendTrigger(() => {
    notice.success('从下一晚起按新规则')
    close()
  })
  const change = (next: TriggerForm) => {
    send.reset()
    setForm(next)
  }
  const input = triggerInputOf(form)
  const { name } = triggerWords[kind]
  return (
    <SidePanel title={terms ? `换一版${name}` : `开始${name}`} icon={Pencil} close={close}>
      <div className="fields terms-fields">
        {kind === 'birthday' ? (
          <Birthday form={form} change={change} />
        ) : (
          <Dormant form={form} change={change} />
        )}
        <Field id="most-a-night" label="一晚最多几位" help="多出来的以后几晚接着送">
          <Input
            id="most-a-night"
            value={form.mostANight}
            maxLength={5}
            suffix="位"
            onChange={({ target }) => change({ ...form, mostANight: target.value })}
          />
        </Field>
      </div>
      <WillSay sentences={input ? triggerSentences(input, nameOf) : triggerFault(form)} />
      {input && <Preview key={JSON.stringify(input)} input={input} />}
      <footer className="terms-foot">
        <Refusal error={send.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={!input}
          loading={send.isPending}
          onClick={() => input && send.mutate(input)}
        >
          从下一晚起这样送
        </Button>
        <p className="quiet small">送过的不会因为换规则再送一次。</p>
      </footer>
    </SidePanel>
  )
}
