import { businessDay } from '../../../ui/time.ts'
import { instantOf, type Wall, wallAfter, wallOf } from '../times.ts'
import type { KindDesk, TermsOf } from './kind.ts'

type PresaleTerms = TermsOf<'presale'>
export type Pay = 'full' | 'advance' | 'earnest'
export interface PresaleForm {
  kind: 'presale'
  pay: Pay
  /** Of the price, in percent, as typed. */
  percent: string
  balanceFrom: Wall
  balanceUntil: Wall
  cutoff: Wall
  pickupFrom: Wall
  promisedBy: Wall
}
const DAY = 24 * 60
export const payWords: Record<Pay, string> = { full: '一次付清', advance: '先付预付款', earnest: '先付定金' }

const bpOf = (percent: string): number | undefined => {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(percent.trim())
  const bp = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
  return bp >= 100 && bp <= 4900 ? bp : undefined
}
const shifted = (form: PresaleForm, minutes: number): PresaleForm => ({
  ...form,
  balanceFrom: wallAfter(form.balanceFrom, minutes),
  balanceUntil: wallAfter(form.balanceUntil, minutes),
  cutoff: wallAfter(form.cutoff, minutes),
  pickupFrom: wallAfter(form.pickupFrom, minutes),
  promisedBy: wallAfter(form.promisedBy, minutes),
})
const shortDay = (at: string): string => businessDay(at).slice(5)

/** 预售: goods that are yet to come, paid at once or a part of it first. */
export const presale: KindDesk<PresaleForm, PresaleTerms> = {
  word: '预售',
  promise: '货还没到先收单：一次付清，或先付一部分；到货日写明，晚了能全退。',
  termsTitle: '怎么付，什么时候到',
  goods: 'coming',
  begin: ({ endsAt }) => ({
    kind: 'presale',
    pay: 'full',
    percent: '20',
    balanceFrom: wallAfter(endsAt, 60),
    balanceUntil: wallAfter(endsAt, 60 + DAY),
    cutoff: endsAt,
    pickupFrom: wallAfter(endsAt, 2 * DAY),
    promisedBy: wallAfter(endsAt, 3 * DAY),
  }),
  formOf: ({ deposit, cutoff, pickupFrom, promisedBy }) => ({
    kind: 'presale',
    pay: deposit?.called ?? 'full',
    percent: String((deposit?.bp ?? 2000) / 100),
    balanceFrom: wallOf(deposit?.balanceFrom ?? pickupFrom),
    balanceUntil: wallOf(deposit?.balanceUntil ?? promisedBy),
    cutoff: wallOf(cutoff),
    pickupFrom: wallOf(pickupFrom),
    promisedBy: wallOf(promisedBy),
  }),
  faults: (form) =>
    form.pay !== 'full' && bpOf(form.percent) === undefined
      ? [['terms/deposit/bp', '写 1 到 49 的百分数']]
      : [],
  read: (form) => ({
    kind: 'presale',
    deposit:
      form.pay === 'full'
        ? null
        : {
            called: form.pay,
            bp: bpOf(form.percent) ?? 0,
            balanceFrom: instantOf(form.balanceFrom),
            balanceUntil: instantOf(form.balanceUntil),
          },
    cutoff: instantOf(form.cutoff),
    pickupFrom: instantOf(form.pickupFrom),
    promisedBy: instantOf(form.promisedBy),
  }),
  moved: shifted,
  summary: ({ deposit, pickupFrom, promisedBy }) =>
    `${deposit ? `${payWords[deposit.called]} ${deposit.bp / 100}%` : payWords.full}；${shortDay(pickupFrom)} 起能取，最晚 ${shortDay(promisedBy)} 到`,
}
