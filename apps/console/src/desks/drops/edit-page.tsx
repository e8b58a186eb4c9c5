import { Button, Input, Segmented, Select } from 'antd'
import { Calculator } from 'lucide-react'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { useAudiences } from '../audiences/data.ts'
import { TemplateSelect } from '../rewards/template-select.tsx'
import { useDrop, useKeep, useTry } from './data.ts'
import { type Drop, type DropForm, formOf, newForm, readForm } from './model.ts'
import { TrialCard } from './trial-card.tsx'
import './drops.css'

const SCHEDULES = [
  { value: 'once', label: '发一次' },
  { value: 'daily', label: '每天发给新进来的人' },
]

const Form = ({ drop, begin }: { drop: Drop | undefined; begin: DropForm }) => {
  const { go, path } = useScope()
  const notice = useNotice()
  const audiences = useAudiences()
  const [form, setForm] = useState(begin)
  const [shown, setShown] = useState(false)
  const { faults, input } = readForm(form)
  const trial = useTry()
  const keep = useKeep(drop, (kept) => {
    notice.success('草稿存好了，还没发给谁')
    go(`/drops/${kept.id}`)
  })
  const set = (part: Partial<DropForm>) => {
    trial.reset()
    keep.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  const fault = (key: keyof DropForm) => (shown ? faults[key] : undefined)
  const send = (work: (body: NonNullable<typeof input>) => void) => {
    setShown(true)
    if (input) work(input)
  }
  const text = (key: keyof DropForm, props: { suffix?: string; type?: string; maxLength?: number } = {}) => (
    <Input
      id={key}
      value={form[key] ?? ''}
      {...props}
      {...(fault(key) ? { status: 'error' as const } : {})}
      onChange={(event) => set({ [key]: event.target.value })}
    />
  )
  return (
    <>
      <PageHead
        title={drop ? '改草稿' : '发一轮券'}
        back={{ to: path(drop ? `/drops/${drop.id}` : '/drops'), label: '回定向发券' }}
        note="先试算，再存草稿，开始以后不能再改"
      >
        <Button
          icon={<Calculator size={15} />}
          loading={trial.isPending}
          onClick={() => send((body) => trial.mutate(body))}
        >
          试算
        </Button>
        <Button type="primary" loading={keep.isPending} onClick={() => send((body) => keep.mutate(body))}>
          存成草稿
        </Button>
      </PageHead>
      <div className="drop-grid">
        <Card title="发给谁、发什么">
          <div className="fields drop-fields">
            <Field id="name" label="名字" fault={fault('name')}>
              {text('name', { maxLength: 40 })}
            </Field>
            <Field
              id="audienceId"
              label="人群"
              help="用它最新存的一版，发的那一刻现圈"
              fault={fault('audienceId')}
            >
              <Select
                id="audienceId"
                value={form.audienceId ?? null}
                placeholder="选一个人群"
                loading={audiences.isPending}
                options={(audiences.data ?? [])
                  .filter(({ version }) => version > 0)
                  .map((each) => ({ value: each.id, label: each.name }))}
                notFoundContent={<span className="quiet small">还没有存过版本的人群</span>}
                onChange={(audienceId: string) => set({ audienceId })}
              />
            </Field>
            <Field
              id="templateId"
              label="券"
              help="「怎么到顾客手里」是任务和自动送的券"
              fault={fault('templateId')}
            >
              <TemplateSelect
                id="templateId"
                label="券"
                value={form.templateId}
                choose={(templateId) => set({ templateId })}
              />
            </Field>
            <Field
              id="words"
              label="消息里的话"
              help={`顾客看到：${form.words}「券名」已经放进您的券包`}
              fault={fault('words')}
            >
              {text('words', { maxLength: 40 })}
            </Field>
            <Field id="schedule" label="怎么发" wide>
              <Segmented
                id="schedule"
                value={form.schedule}
                options={SCHEDULES}
                onChange={(schedule) => set({ schedule: schedule as DropForm['schedule'] })}
              />
            </Field>
            <Field
              id="startsAt"
              label={form.schedule === 'daily' ? '从哪天几点起' : '什么时候发'}
              fault={fault('startsAt')}
            >
              {text('startsAt', { type: 'datetime-local' })}
            </Field>
            {form.schedule === 'daily' && (
              <>
                <Field id="lastDay" label="最后一天" fault={fault('lastDay')}>
                  {text('lastDay', { type: 'date' })}
                </Field>
                <Field
                  id="againAfterDays"
                  label="同一个人隔多久可以再收"
                  help="空着：一辈子只收一次"
                  fault={fault('againAfterDays')}
                >
                  {text('againAfterDays', { suffix: '天' })}
                </Field>
              </>
            )}
          </div>
        </Card>
        <Card title="对照和刹车">
          <div className="fields drop-fields">
            <Field
              id="holdoutPercent"
              label="对照组"
              help="抽签决定，不发给他们；不留对照就不知道券有没有用"
              fault={fault('holdoutPercent')}
            >
              {text('holdoutPercent', { suffix: '%' })}
            </Field>
            <Field
              id="windowDays"
              label="看多少天"
              help="从发的那一刻算起，满了才下结论"
              fault={fault('windowDays')}
            >
              {text('windowDays', { suffix: '天' })}
            </Field>
            <Field
              id="mostMessages"
              label="30 天里最多收几条营销"
              help="收够的人这次不发"
              fault={fault('mostMessages')}
            >
              {text('mostMessages', { suffix: '条' })}
            </Field>
            <Field
              id="mostMembers"
              label="一共最多多少人"
              help="发的和对照的都算"
              fault={fault('mostMembers')}
            >
              {text('mostMembers', { suffix: '人' })}
            </Field>
            <Field
              id="budget"
              label="券花到多少就停"
              optional
              help="按实际抵掉的钱，退款扣掉"
              fault={fault('budget')}
            >
              {text('budget', { suffix: '元' })}
            </Field>
            <Field
              id="optOutPercent"
              label="多少人退订就停"
              help="收到的人里关掉营销的；至少 50 人收到才看"
              fault={fault('optOutPercent')}
            >
              {text('optOutPercent', { suffix: '%' })}
            </Field>
          </div>
        </Card>
        {keep.error && <Refusal error={keep.error} />}
        {trial.error && <Refusal error={trial.error} />}
        {trial.data && <TrialCard trial={trial.data} />}
      </div>
    </>
  )
}

/** A new drop, or other terms of a draft. */
export default function DropEditPage() {
  const { dropId } = useParams()
  const [params] = useSearchParams()
  const { path } = useScope()
  const known = useDrop(dropId)
  const audienceId = params.get('audience') ?? undefined
  if (dropId === undefined) return <Form drop={undefined} begin={{ ...newForm(new Date()), audienceId }} />
  if (known.isPending) return <Bones lines={8} />
  if (known.isError)
    return (
      <>
        <PageHead title="改草稿" back={{ to: path('/drops'), label: '回定向发券' }} />
        <ErrorState title="没取回来" error={known.error} retry={() => void known.refetch()} />
      </>
    )
  return <Form key={known.data.drop.id} drop={known.data.drop} begin={formOf(known.data.drop)} />
}
