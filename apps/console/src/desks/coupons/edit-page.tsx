import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { useCategories } from '../goods/page-data.ts'
import type { CouponInput } from '../rules/model.ts'
import { TrialCard } from '../rules/trial-card.tsx'
import { CouponFields } from './fields.tsx'
import { emptyForm, formFault, formOf, inputOf, type Form } from './form.ts'
import { promiseWords, type Template, valueWords } from './model.ts'
import { CouponTicket } from './ticket.tsx'
import '../rules/rules.css'
import './coupons.css'

/** What the shopper is promised, before anybody is. */
const Preview = ({ form, input }: { form: Form; input: CouponInput | undefined }) => {
  const categories = useCategories().data ?? []
  const nameOf = (id: string) => categories.find((each) => each.id === id)?.name ?? id
  return (
    <Card title="顾客看到的" note="照着念给顾客听，念得通才发">
      <div className="coupon-preview">
        <CouponTicket
          label={form.label.trim() || '还没起名字'}
          value={input ? valueWords(input) : '——'}
          note={input ? `${input.validDays} 天内有效` : '左边还没填对'}
        />
        <ul>{input && promiseWords(input, nameOf).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      </div>
    </Card>
  )
}

const Editor = ({ like }: { like: Template | undefined }) => {
  const { path, go } = useScope()
  const [form, setForm] = useState<Form>(() => (like ? formOf(like) : emptyForm))
  const queries = useQueryClient()
  const notice = useNotice()
  const input = inputOf(form, like)
  const fault = formFault(form)
  const add = useMutation({
    mutationFn: (body: CouponInput) => api('POST /console/v1/coupon-templates', { body }),
    onSuccess: (template) => {
      notice.success(`「${template.label}」做好了，还没有发给任何人`)
      void queries.invalidateQueries({ queryKey: ['coupon-templates'] })
      go(`/coupons/${template.id}?grant=1`)
    },
  })
  const change = (part: Partial<Form>) => {
    add.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  return (
    <>
      <PageHead
        title={like ? `照「${like.label}」再做一种` : '新建优惠券'}
        back={{ to: path('/coupons'), label: '回优惠券' }}
      />
      <div className="rule-edit">
        <Card title="这种券" note="做好就不能改：答应了顾客的不变，要换就停发旧的、另做一种">
          <CouponFields form={form} change={change} />
          <footer className="rule-foot">
            <p className={fault ? 'quiet' : 'strong'}>{fault ?? (input && valueWords(input))}</p>
            <Refusal error={add.error} />
            <Button
              type="primary"
              size="large"
              disabled={!input}
              loading={add.isPending}
              onClick={() => input && add.mutate(input)}
            >
              做好，去发
            </Button>
          </footer>
        </Card>
        <div className="coupon-side">
          <Preview form={form} input={input} />
          <TrialCard beside coupon={input ?? null} />
        </div>
      </div>
    </>
  )
}

/** A new coupon, or one like another, beside what the shopper reads and a basket that shows what it does. */
export default function EditCouponPage() {
  const [params] = useSearchParams()
  const templateId = params.get('from')
  const like = useQuery({
    queryKey: ['coupon-templates', 'one', templateId],
    queryFn: () =>
      api('GET /console/v1/coupon-templates/:templateId', { params: { templateId: templateId ?? '' } }),
    enabled: templateId !== null,
  })
  if (templateId && like.isPending) return <Bones lines={9} />
  if (templateId && like.isError)
    return <ErrorState title="这种券没取回来" error={like.error} retry={() => void like.refetch()} />
  return <Editor like={like.data} />
}
