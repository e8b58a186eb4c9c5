import { Switch } from 'antd'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { NumberFields, TermsPanel, useTermsForm, WillSay } from '../terms/panel.tsx'
import { useSendTerms } from '../terms/send.ts'
import { formFault, formOf, inputOf, type Terms, type TermsInput, termsSentences } from './model.ts'

export const useGuideTerms = (done: (row: Terms) => void) =>
  useSendTerms({
    send: (body: TermsInput) => api('POST /console/v1/guide-terms', { body }),
    shownBy: ['guide-terms'],
    done,
  })

const numbers = [
  { key: 'registerFen', label: '带来一位新会员', suffix: '元', help: '不给就写 0' },
  { key: 'orderFen', label: '带来一个首单', suffix: '元', help: '不给就写 0' },
  { key: 'leastFen', label: '首单至少留下', suffix: '元', help: '付的减退的，不到就不给' },
  { key: 'touchDays', label: '扫码后几天内有效', suffix: '天', help: '首单也是这么多天' },
  { key: 'holdDays', label: '取走几天后给', suffix: '天', help: '不短于售后期' },
] as const

/** Other terms from now on, with what they will say before they do. */
export const GuideTermsPanel = ({ terms, close }: { terms: Terms | undefined; close: () => void }) => {
  const { form, change, body, sending } = useTermsForm({
    begin: () => formOf(terms),
    read: inputOf,
    useSend: useGuideTerms,
    close,
  })
  return (
    <TermsPanel
      title={terms ? '换一版引导规则' : '开始引导奖励'}
      sending={sending}
      note="已经带来的顾客，照他们来的那天的规则算。"
      close={close}
    >
      <div className="fields terms-fields">
        <NumberFields id="guide" fields={numbers} form={form} change={change} />
        <Field
          id="guide-ledger"
          label="记进佣金账"
          help="在「推广员 › 店员账户」里看该发多少，随工资发了销账"
        >
          <Switch id="guide-ledger" checked={form.inLedger} onChange={(inLedger) => change({ inLedger })} />
        </Field>
      </div>
      <WillSay sentences={body ? termsSentences(body) : formFault(form)} />
    </TermsPanel>
  )
}
