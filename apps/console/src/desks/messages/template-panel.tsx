import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Switch } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { inputOf, previewOf, type Template, type TemplateInput, wordsFault } from './model.ts'

const Toggle = ({
  id,
  label,
  help,
  on,
  change,
}: {
  id: string
  label: string
  help: string
  on: boolean
  change: (on: boolean) => void
}) => (
  <div className="messages-toggle">
    <label htmlFor={id}>
      <b>{label}</b>
      <small className="quiet">{help}</small>
    </label>
    <Switch id={id} checked={on} onChange={change} />
  </div>
)

/** One kind of message: whether it goes out, by which ways, in which words; as the shopper would read it. */
export const TemplatePanel = ({
  template,
  smsOffered,
  close,
}: {
  template: Template
  smsOffered: boolean
  close: () => void
}) => {
  const [form, setForm] = useState<TemplateInput>(() => inputOf(template))
  const notice = useNotice()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      api('PUT /console/v1/message-templates/:kind', { params: { kind: template.kind }, body: form }),
    onSuccess: async () => {
      notice.success('改好了，下一条就按新的')
      await queries.invalidateQueries({ queryKey: ['message-templates'] })
      close()
    },
  })
  const change = (part: Partial<TemplateInput>) => {
    save.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const { fields } = template
  const faults = { title: wordsFault(form.title, fields), body: wordsFault(form.body, fields) }
  return (
    <SidePanel title={template.name} icon={Pencil} close={close}>
      <div className="messages-toggles">
        <Toggle
          id="message-enabled"
          label="发这类消息"
          help="关掉就哪里都不发，站内也没有"
          on={form.enabled}
          change={(enabled) => change({ enabled })}
        />
        <Toggle
          id="message-wechat"
          label="发到微信"
          help={template.wechatReady ? '顾客点过允许才发，允许一次发一条' : '商户文件里还没有这类的微信模板'}
          on={form.byWechat}
          change={(byWechat) => change({ byWechat })}
        />
        <Toggle
          id="message-sms"
          label="发短信"
          help={smsOffered ? '微信发不到、顾客自己开了短信才发' : '还没有接短信网关，开了也不发'}
          on={form.bySms}
          change={(bySms) => change({ bySms })}
        />
      </div>
      <div className="fields">
        <Field id="message-title" label="标题" fault={faults.title} wide>
          <Input
            id="message-title"
            value={form.title}
            maxLength={40}
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <Field
          id="message-body"
          label="内容"
          fault={faults.body}
          help={`能写：${fields.map(({ name, meaning }) => `{${name}} ${meaning}`).join('，')}`}
          wide
        >
          <Input.TextArea
            id="message-body"
            value={form.body}
            maxLength={200}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => change({ body: event.target.value })}
          />
        </Field>
      </div>
      <div className="side-words">
        <h3>顾客看到的</h3>
        <div className="messages-preview">
          <b>{previewOf(form.title, fields)}</b>
          <p>{previewOf(form.body, fields)}</p>
        </div>
      </div>
      <footer>
        <Refusal error={save.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={faults.title !== undefined || faults.body !== undefined}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          改成这样
        </Button>
        <p className="quiet small">发过的不变。微信里的字按微信模板走，这里改的是站内和短信。</p>
      </footer>
    </SidePanel>
  )
}
