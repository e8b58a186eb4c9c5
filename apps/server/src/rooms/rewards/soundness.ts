import type { RewardTerms, TriggerTerms } from '@linli/contract/rewards'
import type { Static } from 'typebox'
import { MARK_GAP_DAYS } from './occasions.ts'

type Tasks = Static<typeof RewardTerms>['tasks']
/** What is wrong with tasks, in a word; null when nothing is. Each is worth points or a coupon. */
export function rewardFault(tasks: Tasks): 'task_twice' | 'task_worth' | null {
  if (new Set(tasks.map(({ kind }) => kind)).size < tasks.length) return 'task_twice'
  return tasks.every(({ points, templateId }) => points > 0 === (templateId === null)) ? null : 'task_worth'
}

const MOST_DAYS_BEFORE = 30
type Trigger = Pick<Static<typeof TriggerTerms>, 'kind' | 'marks'>
/** What is wrong with the marks of a trigger, in a word; null when nothing is. */
export function triggerFault({ kind, marks }: Trigger): 'one_birthday' | 'days_before' | 'days_grow' | null {
  if (kind === 'birthday') {
    if (marks.length > 1) return 'one_birthday'
    return (marks[0]?.days ?? 0) <= MOST_DAYS_BEFORE ? null : 'days_before'
  }
  const days = marks.map((mark) => mark.days)
  return days.every(
    (each, i) => each !== null && each > 0 && each - (days[i - 1] ?? -Infinity) >= MARK_GAP_DAYS,
  )
    ? null
    : 'days_grow'
}
