import { Input, Segmented } from 'antd'

import { Field } from '../../ui/field.tsx'
import { TermsPanel, useTermsForm, WillSay } from '../terms/panel.tsx'
import { useRewardTemplates, useSendRewards } from './data.ts'
import {
  rewardFault,
  rewardFormOf,
  rewardInputOf,
  rewardSentences,
  type RewardTerms,
  type TaskForm,
  type TaskKind,
  TASKS,
  taskWords,
} from './model.ts'
import { TemplateSelect } from './template-select.tsx'

const GIVES = [
  { value: 'nothing', label: '不设' },
  { value: 'points', label: '积分' },
  { value: 'coupon', label: '券' },
]

const TaskField = ({
  kind,
  task,
  change,
}: {
  kind: TaskKind
  task: TaskForm
  change: (part: Partial<TaskForm>) => void
}) => {
  const { name, when, but } = taskWords[kind]
  return (
    <Field id={`task-${kind}`} label={name} help={but ? `${when}；${but}` : when} wide>
      <div className="reward-task">
        <Segmented
          id={`task-${kind}`}
          value={task.give}
          options={GIVES}
          onChange={(give) => change({ give: give as TaskForm['give'] })}
        />
        {task.give === 'points' && (
          <Input
            aria-label={`${name}给多少分`}
            value={task.points}
            maxLength={5}
            suffix="分"
            onChange={({ target }) => change({ points: target.value })}
          />
        )}
        {task.give === 'coupon' && (
          <TemplateSelect
            id={`task-${kind}-coupon`}
            label={`${name}给哪张券`}
            value={task.templateId}
            choose={(templateId) => change({ templateId })}
          />
        )}
      </div>
    </Field>
  )
}

/** Other terms from now on, with what they will say before they do. */
export const RewardPanel = ({ terms, close }: { terms: RewardTerms | undefined; close: () => void }) => {
  const { nameOf } = useRewardTemplates()
  const { form, change, body, sending } = useTermsForm({
    begin: () => rewardFormOf(terms),
    read: rewardInputOf,
    useSend: useSendRewards,
    close,
  })
  return (
    <TermsPanel
      title={terms ? '换一版签到和任务' : '开始签到和任务'}
      sending={sending}
      note="已经做完的任务，照做完那一刻的规则给。"
      close={close}
    >
      <div className="fields terms-fields">
        <Field id="sign-in-points" label="每天签到给几分" help="一天一个数，用空格隔开；不写就没有签到" wide>
          <Input
            id="sign-in-points"
            value={form.signIn}
            maxLength={160}
            onChange={({ target }) => change({ signIn: target.value })}
          />
        </Field>
        {TASKS.map((kind) => (
          <TaskField
            key={kind}
            kind={kind}
            task={form.tasks[kind]}
            change={(part) => change({ tasks: { ...form.tasks, [kind]: { ...form.tasks[kind], ...part } } })}
          />
        ))}
      </div>
      {form.tasks.wechat.give !== 'nothing' && (
        <p className="reward-caution">
          微信不许用奖励诱导顾客点「允许」。给「收微信提醒」设奖励前，先请法务看过。
        </p>
      )}
      <WillSay sentences={body ? rewardSentences(body, nameOf) : rewardFault(form)} />
    </TermsPanel>
  )
}
