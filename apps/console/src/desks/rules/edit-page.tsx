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
import { RuleFields } from './fields.tsx'
import { emptyForm, formFault, formOf, inputOf, type Form, type Rule, termsWords } from './model.ts'
import { TrialCard } from './trial-card.tsx'
import './rules.css'

const Editor = ({ replaced }: { replaced: Rule | undefined }) => {
  const { path, go, storeId } = useScope()
  const [form, setForm] = useState<Form>(() =>
    replaced ? formOf(replaced, Date.now()) : emptyForm(storeId ? [storeId] : null, Date.now()),
  )
  const queries = useQueryClient()
  const notice = useNotice()
  const input = inputOf(form, replaced)
  const fault = formFault(form)
  const add = useMutation({
    mutationFn: (body: NonNullable<typeof input>) => api('POST /console/v1/price-rules', { body }),
    onSuccess: (rule) => {
      notice.success(
        rule.state === 'live' ? `「${rule.label}」生效了` : `「${rule.label}」排上了，到点自己生效`,
      )
      void queries.invalidateQueries({ queryKey: ['price-rules'] })
      go(`/price-rules${rule.state === 'planned' ? '?state=planned' : ''}`)
    },
  })
  const change = (part: Partial<Form>) => {
    add.reset()
    setForm((now) => ({ ...now, ...part }))
  }
  return (
    <>
      <PageHead
        title={replaced ? `换一版「${replaced.label}」` : '新建促销'}
        back={{ to: path('/price-rules'), label: '回促销' }}
      />
      <div className="rule-edit">
        <Card
          title="规则"
          note={replaced ? '旧的一版同时结束，已下的单不变' : '一旦生效就不能改，只能换一版'}
        >
          <RuleFields form={form} change={change} />
          <footer className="rule-foot">
            <p className={fault ? 'quiet' : 'strong'}>{fault ?? (input && termsWords(input))}</p>
            <Refusal error={add.error} />
            <Button
              type="primary"
              size="large"
              disabled={!input}
              loading={add.isPending}
              onClick={() => input && add.mutate(input)}
            >
              {Date.parse(form.startsAt) > Date.now() ? '排上' : '现在生效'}
            </Button>
          </footer>
        </Card>
        <TrialCard beside rule={input ?? null} />
      </div>
    </>
  )
}

// Rules are few (200 open at most): the one to replace is found among them.
const useRule = (ruleId: string | null) =>
  useQuery({
    queryKey: ['price-rules', 'one', ruleId],
    queryFn: async (): Promise<Rule | null> => {
      for (const state of ['live', 'planned'] as const)
        for (let page = 1; page <= 2; page++) {
          const { items } = await api('GET /console/v1/price-rules', { query: { state, page, limit: 100 } })
          const found = items.find(({ id }) => id === ruleId)
          if (found) return found
        }
      return null
    },
    enabled: ruleId !== null,
  })

/** A new rule, or a new version of one, beside a basket that shows what it does. */
export default function EditRulePage() {
  const [params] = useSearchParams()
  const from = params.get('from')
  const replaced = useRule(from)
  if (from && replaced.isPending) return <Bones lines={9} />
  if (from && replaced.isError)
    return (
      <ErrorState title="这条规则没取回来" error={replaced.error} retry={() => void replaced.refetch()} />
    )
  return <Editor replaced={replaced.data ?? undefined} />
}
