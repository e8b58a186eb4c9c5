import { Button, Input, Radio, Switch } from 'antd'
import { Plus, Trash2 } from 'lucide-react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { NumberFields, TermsPanel, useTermsForm, WillSay } from '../terms/panel.tsx'
import { useSendTerms } from '../terms/send.ts'
import {
  type Form,
  formFault,
  formOf,
  inputOf,
  type LevelForm,
  type Terms,
  type TermsInput,
  termsSentences,
} from './model.ts'

export const useSetTerms = (done: (row: Terms) => void) =>
  useSendTerms({
    send: (body: TermsInput) => api('POST /console/v1/commission-terms', { body }),
    shownBy: ['commission-terms'],
    done,
  })

const numbers = [
  { key: 'bindDays', label: '绑定几天', suffix: '天', help: '点过链接后，这么多天内下单算' },
  { key: 'holdDays', label: '取货后几天能提现', suffix: '天', help: '最少 7 天：七天无理由退货' },
  { key: 'leastFen', label: '多少起提', suffix: '元', help: '微信最少 0.1 元' },
  { key: 'dailyFen', label: '一人一天最多', suffix: '元', help: '微信最多 20,000 元' },
] as const

const MOST_LEVELS = 5

/** Other terms from now on, with what they will say before they do. */
export const CommissionTermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const { form, change, body, sending } = useTermsForm({
    begin: () => formOf(terms),
    read: inputOf,
    useSend: useSetTerms,
    close,
  })
  return (
    <TermsPanel
      title={terms ? '换一版推广规则' : '开始推广'}
      sending={sending}
      note="已经下的单，照下单那一刻的规则、等级和绑定算。"
      close={close}
    >
      <div className="fields terms-fields">
        <Levels form={form} change={change} />
        <Field id="commission-depth" label="几级" help="法律和本系统都不允许第三级；邀请本身永远没有钱">
          <Radio.Group
            id="commission-depth"
            value={form.depth}
            options={[
              { value: '1', label: '一级' },
              { value: '2', label: '两级' },
            ]}
            onChange={(event) => change({ depth: event.target.value === '2' ? '2' : '1' })}
          />
        </Field>
        <Field id="commission-mode" label="两个人都带过同一位顾客">
          <Radio.Group
            id="commission-mode"
            value={form.bindMode}
            options={[
              { value: 'first', label: '先绑定的有效' },
              { value: 'latest', label: '后绑定的有效' },
            ]}
            onChange={(event) => change({ bindMode: event.target.value === 'latest' ? 'latest' : 'first' })}
          />
        </Field>
        <NumberFields id="commission" fields={numbers} form={form} change={change} />
        <Field id="commission-self" label="自己买也提成" help="一般不给：容易被当成自购返利">
          <Switch
            id="commission-self"
            checked={form.selfReward}
            onChange={(selfReward) => change({ selfReward })}
          />
        </Field>
        <Field id="commission-tax" label="个人所得税" help="请法务确认后再选">
          <Radio.Group
            id="commission-tax"
            value={form.tax}
            options={[
              { value: 'labour', label: '按劳务报酬代扣' },
              { value: 'none', label: '这里不代扣' },
            ]}
            onChange={(event) => change({ tax: event.target.value === 'none' ? 'none' : 'labour' })}
          />
        </Field>
        <Field
          id="commission-note"
          label="谁确认的、怎么办"
          help="写进规则，例如：法务张律师确认，按劳务报酬代扣"
        >
          <Input
            id="commission-note"
            value={form.taxNote}
            maxLength={200}
            onChange={(event) => change({ taxNote: event.target.value })}
          />
        </Field>
      </div>
      <WillSay sentences={body ? termsSentences(body) : formFault(form)} />
    </TermsPanel>
  )
}

const Levels = ({ form, change }: { form: Form; change: (part: Partial<Form>) => void }) => {
  const { levels, depth } = form
  const set = (at: number, part: Partial<LevelForm>) =>
    change({ levels: levels.map((level, i) => (i === at ? { ...level, ...part } : level)) })
  const input = (at: number, key: keyof LevelForm, label: string, suffix?: string) => (
    <Input
      aria-label={`第 ${at + 1} 级的${label}`}
      placeholder={label}
      value={levels[at]?.[key] ?? ''}
      maxLength={12}
      suffix={suffix}
      onChange={(event) => set(at, { [key]: event.target.value })}
    />
  )
  return (
    <Field id="commission-levels" label="等级" help="第一行是新推广员的等级；代号定了别换，名字可以换" wide>
      {levels.map((_, at) => (
        <div key={at} className="commission-level">
          {input(at, 'code', '代号')}
          {input(at, 'name', '名字')}
          {input(at, 'rate', '佣金', '%')}
          {depth === '2' && input(at, 'upper', '邀请人', '%')}
          <Button
            aria-label={`去掉第 ${at + 1} 级`}
            icon={<Trash2 size={15} />}
            disabled={levels.length === 1}
            onClick={() => change({ levels: levels.filter((__, i) => i !== at) })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={15} />}
        disabled={levels.length >= MOST_LEVELS}
        onClick={() =>
          change({ levels: [...levels, { code: `l${levels.length + 1}`, name: '', rate: '', upper: '0' }] })
        }
      >
        加一级
      </Button>
    </Field>
  )
}
