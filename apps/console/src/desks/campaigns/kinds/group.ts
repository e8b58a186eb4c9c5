import { minutesBetween } from '../times.ts'
import type { KindDesk, TermsOf } from './kind.ts'
import { numberFaults, type NumberSpec, type Typed } from './numbers.ts'

type GroupTerms = TermsOf<'group'>
type Key = 'size' | 'hours' | 'quietMinutes'
/** What a group begins with: a day, in a campaign that is that long. */
const LONGEST_HOURS = 24
export interface GroupForm extends Typed<Key> {
  kind: 'group'
  latePayer: GroupTerms['latePayer']
  newOnly: boolean
}

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
  }),
  formOf: ({ size, hours, quietMinutes, ...rest }) => ({
    ...rest,
    size: String(size),
    hours: String(hours),
    quietMinutes: String(quietMinutes),
  }),
  faults: (form) => numberFaults(form, GROUP_NUMBERS),
  read: ({ size, hours, quietMinutes, ...rest }) => ({
    ...rest,
    size: Number(size),
    hours: Number(hours),
    quietMinutes: Number(quietMinutes),
  }),
  moved: (form) => form,
  summary: ({ size, hours, newOnly }) =>
    `${size} 人成团，${hours} 小时内${newOnly ? '，参团的要是新顾客' : ''}`,
}
