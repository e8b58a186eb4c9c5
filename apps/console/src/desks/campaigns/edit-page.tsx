import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, ConfigProvider } from 'antd'
import { useParams } from 'react-router'

import { api, problemOf } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { formTheme } from '../../theme.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { parseFen } from '../../ui/fen.ts'
import { hourMinute } from '../../ui/time.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { allFaults, inputOf, type Step, stepIn, stepOf } from './form.ts'
import { GoodsStep, type StepProps } from './goods-step.tsx'
import { KindFields } from './kinds/fields.tsx'
import { deskOf } from './kinds/index.ts'
import type { Campaign, CampaignInput } from './model.ts'
import { OfferStep } from './offer-step.tsx'
import { useCampaign } from './page-data.ts'
import { PhonePreview } from './phone.tsx'
import { ScheduleStep, TrialStep } from './trial-step.tsx'
import { useDraft, useTrial } from './use-draft.ts'
import './campaigns.css'

const steps: readonly Step[] = ['goods', 'offer', 'terms', 'trial', 'schedule']

interface RailProps {
  at: Step
  names: Readonly<Record<Step, string>>
  faults: ReadonlyMap<string, string>
  go: (step: Step) => void
}
const Rail = ({ at, names, faults, go }: RailProps) => {
  const bad = new Set([...faults.keys()].map(stepOf))
  const mark = (step: Step, i: number): [string, string] => {
    const wrong = step === 'trial' || step === 'schedule' ? faults.size > 0 : bad.has(step)
    if (steps.indexOf(at) <= i && !wrong) return ['', String(i + 1)]
    if (!wrong) return ['rail-ok', '✓']
    // What was not reached yet is not wrong, only not done.
    return steps.indexOf(at) > i ? ['rail-bad', '!'] : ['', String(i + 1)]
  }
  return (
    <nav className="wizard-rail" aria-label="几步">
      {steps.map((step, i) => {
        const [look, shape] = mark(step, i)
        return (
          <a
            key={step}
            href={`?step=${step}`}
            className={look}
            aria-current={step === at ? 'step' : undefined}
            onClick={(event) => {
              event.preventDefault()
              go(step)
            }}
          >
            <i aria-hidden="true">{shape}</i>
            {names[step]}
          </a>
        )
      })}
      <p className="quiet small">草稿谁也看不到，不占货；排上之后条款就定住了。</p>
    </nav>
  )
}

/** The goods of a campaign that another one has, as the refusal lists them. */
const Clashes = ({ error }: { error: unknown }) => {
  const { storeWords } = useScope()
  const listed = problemOf(error)?.data?.['with']
  const clashes = Array.isArray(listed) ? (listed as { storeId: string; name: string }[]) : []
  if (problemOf(error)?.code !== 'campaigns.overlap' || clashes.length === 0) return null
  return (
    <ul className="small">
      {clashes.map(({ storeId, name }, i) => (
        <li key={i}>
          {storeWords(storeId)}：那时已经在「{name}」里
        </li>
      ))}
    </ul>
  )
}

/** Somebody else has saved meanwhile: theirs or mine, never one over the other in silence. */
const Conflict = ({ draft, campaign }: { draft: ReturnType<typeof useDraft>; campaign: Campaign }) => (
  <div className="notice">
    <span>
      别人刚刚存过这份草稿（第 {campaign.revision} 版，你是从第 {draft.revision}{' '}
      版改的）。你写的还在这里，没有丢。
    </span>
    <Button onClick={() => draft.reset(campaign)}>看别人的，丢掉我的</Button>
    <Button onClick={() => draft.rebase(campaign.revision)}>用我的，等下存上去</Button>
  </div>
)

const useSave = (campaign: Campaign | undefined, draft: ReturnType<typeof useDraft>) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const { go } = useScope()
  return useMutation({
    mutationFn: async ({ body, schedule }: { body: CampaignInput; schedule: boolean }) => {
      const saved = campaign
        ? await api('PUT /console/v1/campaigns/:campaignId', {
            params: { campaignId: campaign.id },
            body: { ...body, revision: draft.revision },
          })
        : await api('POST /console/v1/campaigns', { body })
      queries.setQueryData(['campaigns', 'one', saved.id], saved)
      // From here on it is on the server, also when scheduling it is refused.
      draft.reset(saved)
      if (!campaign) go(`/campaigns/${saved.id}/edit?step=schedule`)
      if (!schedule) return saved
      return api('POST /console/v1/campaigns/:campaignId/schedule', {
        params: { campaignId: saved.id },
        body: { revision: saved.revision },
      })
    },
    onSuccess: ({ id, state, name }) => {
      notice.success(state === 'DRAFT' ? `「${name}」存成草稿了` : `「${name}」排上了，到点自己开始`)
      if (state !== 'DRAFT') go(`/campaigns/${id}`)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['campaigns'] }),
  })
}

const Foot = ({
  at,
  faults,
  save,
  body,
  go,
}: {
  at: Step
  faults: ReadonlyMap<string, string>
  save: ReturnType<typeof useSave>
  body: CampaignInput | undefined
  go: (step: Step) => void
}) => {
  const next = steps[steps.indexOf(at) + 1]
  const send = (schedule: boolean) => body && save.mutate({ body, schedule })
  return (
    <footer className="wizard-foot">
      <p className="quiet small">
        {body ? faults.size > 0 && `能存草稿；还有 ${faults.size} 处要改才能排` : '必填的填完才能存到服务器'}
      </p>
      <Button
        disabled={!body}
        loading={save.isPending && !save.variables.schedule}
        onClick={() => send(false)}
      >
        存草稿
      </Button>
      {next ? (
        <Button type="primary" onClick={() => go(next)}>
          下一步
        </Button>
      ) : (
        <Button
          type="primary"
          size="large"
          disabled={!body || faults.size > 0}
          loading={save.isPending && save.variables.schedule}
          onClick={() => send(true)}
        >
          排上
        </Button>
      )}
    </footer>
  )
}

const Terms = ({ form, change, faultOf }: StepProps) => (
  <Card title={deskOf(form.terms.kind).termsTitle}>
    <KindFields
      form={form.terms}
      change={(terms) => change({ terms })}
      around={{
        startsAt: form.startsAt,
        endsAt: form.endsAt,
        prices: form.goods.flatMap(({ price }) => parseFen(price) ?? []),
        quotas: form.goods.flatMap(({ quotas }) =>
          Object.values(quotas).flatMap((typed) => (/^\d{1,6}$/.test(typed.trim()) ? [Number(typed)] : [])),
        ),
      }}
      faultOf={faultOf}
    />
  </Card>
)

const Wizard = ({ campaign }: { campaign: Campaign | undefined }) => {
  const { path } = useScope()
  const { params, change: changeUrl } = useUrlFilters()
  const draft = useDraft(campaign)
  const { form, change } = draft
  const body = inputOf(form)
  const trial = useTrial(form)
  const tried = body ? trial.data : undefined
  const faults = allFaults(form, tried?.faults ?? [])
  const save = useSave(campaign, draft)
  const at = stepIn(params)
  const go = (step: Step) => changeUrl({ step })
  const behind = campaign !== undefined && campaign.revision !== draft.revision
  // Before anything is written every field would be wrong.
  const faultOf = (field: string) => (draft.keptAt > 0 || campaign ? faults.get(field) : undefined)
  const step = { form, change, faultOf, trial: tried }
  const shown = { form, trial: tried, faults, go }
  const names = {
    goods: '种类和商品',
    offer: '价格和限购',
    terms: deskOf(form.terms.kind).termsTitle,
    trial: '试算',
    schedule: '排上',
  }
  return (
    <>
      <PageHead
        title={campaign ? `改草稿「${campaign.name}」` : '新建活动'}
        back={{ to: path(campaign ? `/campaigns/${campaign.id}` : '/campaigns'), label: '回去' }}
        note={draft.keptAt > 0 ? `写的留在这台电脑上，${hourMinute(draft.keptAt)}` : undefined}
      >
        {draft.keptAt > 0 && <Button onClick={() => draft.reset(campaign)}>放弃改动</Button>}
      </PageHead>
      {behind && <Conflict draft={draft} campaign={campaign} />}
      <div className="campaign-wizard">
        <Rail at={at} names={names} faults={faults} go={go} />
        <ConfigProvider theme={formTheme}>
          <div className="campaign-stack">
            {at === 'goods' && <GoodsStep {...step} />}
            {at === 'offer' && <OfferStep {...step} />}
            {at === 'terms' && <Terms {...step} />}
            {at === 'trial' && <TrialStep {...shown} />}
            {at === 'schedule' && <ScheduleStep {...shown} />}
            <section className="card">
              {body && trial.isError && <Refusal error={trial.error} />}
              <Refusal error={save.error} />
              <Clashes error={save.error} />
              <Foot at={at} faults={faults} save={save} body={behind ? undefined : body} go={go} />
            </section>
          </div>
        </ConfigProvider>
        <PhonePreview shop={tried?.shop ?? []} />
      </div>
    </>
  )
}

/** A new campaign, or a draft to be worked on, step by step beside what shoppers will see. */
export default function EditCampaignPage() {
  const { campaignId } = useParams()
  const { go } = useScope()
  const mayWrite = useMay('campaigns.write')
  const campaign = useCampaign(campaignId ?? '', campaignId !== undefined)
  if (!mayWrite) return <EmptyState title="活动由总部来排" text="你能看活动和数字，不能新建和修改。" />
  if (campaignId && campaign.isPending) return <Bones lines={9} />
  if (campaignId && campaign.isError)
    return <ErrorState title="草稿没取回来" error={campaign.error} retry={() => void campaign.refetch()} />
  if (campaign.data && campaign.data.state !== 'DRAFT')
    return (
      <EmptyState title="排上的活动不能改" text="顾客看到的条款不能变。要换条款，复制一份新的。">
        <Button type="primary" onClick={() => go(`/campaigns/${campaignId}`)}>
          看这一场
        </Button>
      </EmptyState>
    )
  return <Wizard key={campaignId ?? 'new'} campaign={campaign.data} />
}
