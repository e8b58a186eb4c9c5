import { hourMinute } from '../../../ui/time.ts'
import { wallAfter } from '../times.ts'
import { type FlashForm, flashFaults, flashForm, flashTerms } from './flash-form.ts'
import type { KindDesk, TermsOf } from './kind.ts'

/** 秒杀: so many at a price, all at once or batch by batch. */
export const flash: KindDesk<FlashForm, TermsOf<'flash'>> = {
  word: '秒杀',
  promise: '限时、限量、限购；可以分几批放，没抢到的人还有下一批。',
  termsTitle: '分批放量',
  goods: 'shelf',
  begin: () => ({ kind: 'flash', way: 'once', rows: [], sessions: [], reservation: 'none' }),
  formOf: flashForm,
  faults: flashFaults,
  read: flashTerms,
  moved: (form, minutes) => ({
    ...form,
    rows: form.rows.map((row) => ({ ...row, at: wallAfter(row.at, minutes) })),
    sessions: form.sessions.map(({ from, until }) => ({
      from: wallAfter(from, minutes),
      until: wallAfter(until, minutes),
    })),
  }),
  summary: ({ batches, sessions, reservation }) =>
    [
      ...(sessions ? [`${sessions.length} 个场次`] : []),
      batches.length < 2
        ? '开始就全部能抢'
        : `分 ${batches.length} 批：${batches.map(({ at }) => hourMinute(at)).join('、')}`,
      ...(reservation === 'required' ? ['要先预约'] : []),
    ].join('；'),
}
