import type { KindDesk, TermsOf } from './kind.ts'
import { numberFaults, type NumberSpec, type Typed } from './numbers.ts'

type BoxTerms = TermsOf<'box'>
type Key = 'ordersDaysBefore' | 'payUntilHour'
export interface BoxForm extends Typed<Key> {
  kind: 'box'
  /** Monday is 1. */
  weekday: number
}

export const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const
export const BOX_NUMBERS: readonly NumberSpec<Key>[] = [
  {
    key: 'ordersDaysBefore',
    label: '提前几天下单',
    suffix: '天',
    help: '那天早上 9:00 替顾客下单并告诉他',
    least: 1,
    most: 6,
  },
  {
    key: 'payUntilHour',
    label: '前一天几点付款截止',
    suffix: '点',
    help: '没付的这一周作废，付了的才备货',
    least: 10,
    most: 22,
  },
]

/** 周期购: the same box every week, ordered for whoever subscribed and paid week by week. */
export const box: KindDesk<BoxForm, BoxTerms> = {
  word: '周期购',
  promise: '每周一箱，到日子替顾客下单，付了再备；不预收钱，随时能跳过、暂停、不要。',
  termsTitle: '每周哪天，怎么付',
  goods: 'coming',
  begin: () => ({ kind: 'box', weekday: 6, ordersDaysBefore: '3', payUntilHour: '20' }),
  formOf: ({ kind, weekday, ordersDaysBefore, payUntilHour }) => ({
    kind,
    weekday,
    ordersDaysBefore: String(ordersDaysBefore),
    payUntilHour: String(payUntilHour),
  }),
  faults: (form) => numberFaults(form, BOX_NUMBERS),
  read: ({ kind, weekday, ordersDaysBefore, payUntilHour }) => ({
    kind,
    weekday,
    ordersDaysBefore: Number(ordersDaysBefore),
    payUntilHour: Number(payUntilHour),
  }),
  moved: (form) => form,
  summary: ({ weekday, ordersDaysBefore, payUntilHour }) =>
    `每${weekdayWords[weekday - 1] ?? ''}取，提前 ${ordersDaysBefore} 天下单，前一天 ${payUntilHour}:00 付款截止`,
}
