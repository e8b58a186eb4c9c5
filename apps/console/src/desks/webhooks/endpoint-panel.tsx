import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popconfirm, Select, Switch } from 'antd'
import { Webhook } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Field } from '../../ui/field.tsx'
import { OnceSecret } from '../../ui/once-secret.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { Refusal } from '../../ui/states.tsx'
import { emptyForm, formFaults, topicWords, type Endpoint, type EndpointForm } from './model.ts'

const Renew = ({ endpoint, done }: { endpoint: Endpoint; done: (secret: string) => void }) => {
  const queries = useQueryClient()
  const renew = useMutation({
    mutationFn: () =>
      api('POST /console/v1/webhook-endpoints/:endpointId/secrets', { params: { endpointId: endpoint.id } }),
    onSuccess: async ({ secret }) => {
      done(secret)
      await queries.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <div className="field">
      <Popconfirm
        title="换一把签名密钥？"
        description="新的只显示一次，要交给对方换上；一天后旧的就不签了。"
        okText="换"
        cancelText="不换"
        onConfirm={() => renew.mutate()}
      >
        <Button loading={renew.isPending}>换签名密钥</Button>
      </Popconfirm>
      <p className="field-help">换了以后一天内新旧两把都签，对方有时间换。</p>
      <Refusal error={renew.error} />
    </div>
  )
}

const Values = ({
  form,
  change,
  faults,
}: {
  form: EndpointForm
  change: (part: Partial<EndpointForm>) => void
  faults: Partial<Record<keyof EndpointForm, string>>
}) => {
  const { stores = [] } = useScope()
  return (
    <>
      <Field id="webhook-name" label="名字" fault={faults.name}>
        <Input
          id="webhook-name"
          value={form.name}
          maxLength={40}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field id="webhook-url" label="网址" fault={faults.url} help="对方给的，https 开头，公网能到">
        <Input
          id="webhook-url"
          value={form.url}
          maxLength={500}
          onChange={(event) => change({ url: event.target.value.trim() })}
        />
      </Field>
      <fieldset className="field">
        <legend>送什么</legend>
        <Checkbox.Group
          value={form.topics}
          onChange={(topics) => change({ topics })}
          options={(['orders', 'sales', 'stock'] as const).map((topic) => ({
            value: topic,
            label: topicWords[topic],
          }))}
        />
        {faults.topics && <p className="field-fault">{faults.topics}</p>}
      </fieldset>
      <Field id="webhook-stores" label="哪些门店" optional help="不选就是所有门店">
        <Select
          id="webhook-stores"
          mode="multiple"
          allowClear
          value={form.storeIds ?? []}
          options={stores.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
          onChange={(storeIds: string[]) => change({ storeIds: storeIds.length > 0 ? storeIds : null })}
        />
      </Field>
    </>
  )
}

/** Adds an address to tell, or changes one; its secret is shown once. */
export const EndpointPanel = ({ endpoint, close }: { endpoint?: Endpoint; close: () => void }) => {
  const [form, setForm] = useState<EndpointForm>(
    endpoint
      ? {
          name: endpoint.name,
          url: endpoint.url,
          topics: endpoint.topics,
          storeIds: endpoint.storeIds,
          active: endpoint.active,
        }
      : emptyForm,
  )
  const [pressed, setPressed] = useState(false)
  const [secret, setSecret] = useState<string>()
  const queries = useQueryClient()
  const faults = formFaults(form)
  const change = (part: Partial<EndpointForm>) => setForm((now) => ({ ...now, ...part }))
  const save = useMutation({
    mutationFn: async () => {
      if (endpoint) {
        await api('PUT /console/v1/webhook-endpoints/:endpointId', {
          params: { endpointId: endpoint.id },
          body: form,
        })
        return undefined
      }
      const { active: _active, ...body } = form
      return (await api('POST /console/v1/webhook-endpoints', { body })).secret
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['webhooks'] })
      if (made === undefined) close()
      else setSecret(made)
    },
  })
  return (
    <SidePanel
      title={endpoint?.name ?? '新增推送地址'}
      icon={Webhook}
      close={close}
      note={secret ? '已保存' : '还没保存'}
    >
      {secret ? (
        <div className="side-form">
          <OnceSecret
            title="签名密钥只在这里显示这一次"
            parts={[{ name: '签名密钥', value: secret, secret: true }]}
            done={close}
          />
          <p className="quiet small">对方用它核对每条消息是我们发的。</p>
        </div>
      ) : (
        <form
          className="side-form"
          onSubmit={(event) => {
            event.preventDefault()
            setPressed(true)
            if (Object.keys(faults).length === 0) save.mutate()
          }}
        >
          <Values form={form} change={change} faults={pressed ? faults : {}} />
          {endpoint && (
            <p className="field">
              <Switch checked={form.active} onChange={(active) => change({ active })} aria-label="在送" />{' '}
              {form.active ? '在送' : '停用：消息先攒着，启用后接着送'}
            </p>
          )}
          {endpoint && <Renew endpoint={endpoint} done={setSecret} />}
          <footer>
            <Refusal error={save.error} />
            <Button type="primary" size="large" block htmlType="submit" loading={save.isPending}>
              保存
            </Button>
          </footer>
        </form>
      )}
    </SidePanel>
  )
}
