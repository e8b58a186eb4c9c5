import { fenToField, formatFen, parseFen } from '../../../ui/fen.ts'
import { minutesBetween } from '../times.ts'
import type { KindDesk, TermsOf } from './kind.ts'
import { numberFaults, type NumberSpec, type Typed, wholeOf } from './numbers.ts'

type GroupTerms = TermsOf<'group'>
type Key = 'size' | 'hours' | 'quietMinutes'
/** What a group begins with: a day, in a campaign that is that long. */
const LONGEST_HOURS = 24
export interface GroupForm extends Typed<Key> {
  kind: 'group'
  latePayer: GroupTerms['latePayer']
  newOnly: boolean
  /** Of a ladder, after the group's own size and price: people, and yuan as typed. None: one price. */
  steps: readonly { size: string; price: string }[]
}
export const MOST_STEPS = 4
const LARGEST = 100

export const GROUP_NUMBERS: readonly NumberSpec<Key>[] = [
  { key: 'size', label: '几个人成团', suffix: '人', help: '只数付了款的', least: 2, most: 20 },
  { key: 'hours', label: '一个团拼多久', suffix: '小时', help: '活动先结束就到那时', least: 1, most: 48 },
  {
    key: 'quietMinutes',
    label: '截止前多久不再进人',
    suffix: '分钟',
    help: '要比付款时间长，最后一位才来得及付',
    least: 5,
    most: 120,
  },
]

const stepFaults = ({ steps }: GroupForm): [string, string][] =>
  steps.flatMap(({ size, price }, i): [string, string][] => [
    ...(wholeOf(size, 3, LARGEST) === undefined
      ? ([[`terms/steps/${i}/size`, `写 3 到 ${LARGEST} 的整数`]] as [string, string][])
      : []),
    ...(parseFen(price) ? [] : ([[`terms/steps/${i}/priceFen`, '写这一阶的价钱']] as [string, string][])),
  ])

/** 拼团: so many who paid within the time, or everybody has their money back. */
export const group: KindDesk<GroupForm, GroupTerms> = {
  word: '拼团',
  promise: '几位邻居一起买更便宜；到点没拼成，钱自动全退。',
  termsTitle: '怎么拼',
  goods: 'shelf',
  begin: ({ startsAt, endsAt }) => ({
    kind: 'group',
    size: '3',
    hours: String(Math.max(1, Math.min(LONGEST_HOURS, Math.floor(minutesBetween(startsAt, endsAt) / 60)))),
    quietMinutes: '15',
    latePayer: 'refund',
    newOnly: false,
    steps: [],
  }),
  formOf: ({ size, hours, quietMinutes, steps = [], ...rest }) => ({
    ...rest,
    size: String(size),
    hours: String(hours),
    quietMinutes: String(quietMinutes),
    steps: steps.map((step) => ({ size: String(step.size), price: fenToField(step.priceFen) })),
  }),
  faults: (form) => [...numberFaults(form, GROUP_NUMBERS), ...stepFaults(form)],
  read: ({ size, hours, quietMinutes, steps, ...rest }) => ({
    ...rest,
    size: Number(size),
    hours: Number(hours),
    quietMinutes: Number(quietMinutes),
    ...(steps.length > 0
      ? { steps: steps.map((step) => ({ size: Number(step.size), priceFen: parseFen(step.price) ?? 0 })) }
      : {}),
  }),
  moved: (form) => form,
  summary: ({ size, hours, newOnly, steps = [] }) =>
    [
      `${size} 人成团，${hours} 小时内`,
      ...steps.map((step) => `满 ${step.size} 人 ${formatFen(step.priceFen)}`),
      ...(newOnly ? ['参团的要是新顾客'] : []),
    ].join('，'),
}
