import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState } from '../../ui/states.tsx'
import { Sentences, TermsNow } from '../terms/cards.tsx'
import { TermsSwitch } from '../terms/switch.tsx'
import { useRewardTemplates, useSendRewards } from './data.ts'
import {
  rewardSentences,
  type RewardTerms,
  switchedRewards,
  taskWords,
  type TriggerKind,
  triggerWords,
} from './model.ts'
import { RewardPanel } from './terms-panel.tsx'
import { TriggerCard } from './trigger-card.tsx'
import { TriggerPanel } from './trigger-panel.tsx'
import './rewards.css'

const Switch = ({ terms }: { terms: RewardTerms }) => {
  const notice = useNotice()
  const send = useSendRewards(({ active }) => notice.success(active ? '打开了' : '关掉了，给过的都在'))
  return (
    <TermsSwitch
      what="签到和任务"
      active={terms.active}
      turningOff="顾客看不到任务页，也不能签到；给过的积分和券都在，做完还没给的照给。"
      turningOn="照上一次的规则，顾客又能签到、做任务。"
      busy={send.isPending}
      error={send.error}
      flip={() => send.mutate(switchedRewards(terms))}
    />
  )
}

/** The last thirty days, next to each other. */
const Figures = ({ terms }: { terms: RewardTerms }) => {
  const figures = useQuery({
    queryKey: ['reward-figures'],
    queryFn: () => api('GET /console/v1/reward-figures'),
    refetchInterval: 60_000,
  })
  if (figures.isPending) return <Bones lines={2} />
  if (figures.isError)
    return <ErrorState title="数字没取回来" error={figures.error} retry={() => void figures.refetch()} />
  const { signIn, tasks } = figures.data
  const shown = tasks.filter(
    ({ kind, given, waiting, refused, reversed }) =>
      terms.tasks.some((task) => task.kind === kind) || given + waiting + refused + reversed > 0,
  )
  return (
    <>
      <dl className="reward-figures">
        <div>
          <dt>今天签到</dt>
          <dd>{signIn.today.toLocaleString('en-US')}</dd>
        </div>
        <div>
          <dt>30 天签到</dt>
          <dd>{signIn.times.toLocaleString('en-US')}</dd>
        </div>
        <div>
          <dt>30 天签到给的分</dt>
          <dd>{signIn.points.toLocaleString('en-US')}</dd>
        </div>
      </dl>
      <table className="plain-table">
        <thead>
          <tr>
            <th>30 天里的任务</th>
            <th className="num">给了</th>
            <th className="num">等手机号或在发</th>
            <th className="num">没给成</th>
            <th className="num">退款收回</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((task) => (
            <tr key={task.kind}>
              <td>{taskWords[task.kind].name}</td>
              <td className="num strong">{task.given}</td>
              <td className="num">{task.waiting || '–'}</td>
              <td className={task.refused > 0 ? 'num reward-refused' : 'num quiet'}>{task.refused || '–'}</td>
              <td className="num">{task.reversed || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const Now = ({ terms }: { terms: RewardTerms }) => {
  const { nameOf } = useRewardTemplates()
  return (
    <TermsNow title="签到和新手任务" terms={terms}>
      <Sentences terms={terms}>{rewardSentences(terms, nameOf)}</Sentences>
      <Figures terms={terms} />
    </TermsNow>
  )
}

type Panel = { kind: 'rewards' } | { kind: 'trigger'; trigger: TriggerKind }
const KINDS = Object.keys(triggerWords) as TriggerKind[]

/** 任务: what signing in and first steps are worth, and what members get without asking. */
export default function RewardsPage() {
  const mayWrite = useMay('rewards.write')
  const [panel, setPanel] = useState<Panel>()
  const close = () => setPanel(undefined)
  const rewards = useQuery({
    queryKey: ['reward-terms'],
    queryFn: () => api('GET /console/v1/reward-terms'),
  })
  const triggers = useQuery({
    queryKey: ['trigger-terms'],
    queryFn: () => api('GET /console/v1/trigger-terms'),
  })
  const terms = rewards.data?.items[0]
  const triggerOf = (kind: TriggerKind) => triggers.data?.items.find((each) => each.kind === kind)
  return (
    <div className={panel ? 'terms-page terms-page-open' : 'terms-page'}>
      <div className="terms-cards reward-cards">
        <PageHead title="任务" note="做完没做完只看我们自己的账，顾客说了不算；每样一位一次">
          {mayWrite && terms && <Switch terms={terms} />}
          {mayWrite && rewards.data && (
            <Button type="primary" icon={<Pencil size={15} />} onClick={() => setPanel({ kind: 'rewards' })}>
              {terms ? '换一版规则' : '定第一版规则'}
            </Button>
          )}
        </PageHead>
        {rewards.isPending && <Bones lines={6} />}
        {rewards.isError && (
          <ErrorState title="规则没取回来" error={rewards.error} retry={() => void rewards.refetch()} />
        )}
        {terms && <Now terms={terms} />}
        {rewards.data && !terms && (
          <Card>
            <EmptyState
              title="还没有签到和任务"
              text="顾客看不到任务页。定好一版规则，从那一刻起做的才算；以前就做过的不补。"
            />
          </Card>
        )}
        {triggers.isError && (
          <ErrorState title="自动送没取回来" error={triggers.error} retry={() => void triggers.refetch()} />
        )}
        {triggers.data &&
          KINDS.map((kind) => (
            <TriggerCard
              key={kind}
              kind={kind}
              terms={triggerOf(kind)}
              edit={() => setPanel({ kind: 'trigger', trigger: kind })}
            />
          ))}
      </div>
      {panel?.kind === 'rewards' && <RewardPanel terms={terms} close={close} />}
      {panel?.kind === 'trigger' && (
        <TriggerPanel
          key={panel.trigger}
          kind={panel.trigger}
          terms={triggerOf(panel.trigger)}
          close={close}
        />
      )}
    </div>
  )
}
