import type { KindDesk, TermsOf } from './kind.ts'
import { numberFaults, type NumberSpec, type Typed } from './numbers.ts'

type ShareOffTerms = TermsOf<'share_off'>
type Key = 'days' | 'mostEach'
export interface ShareOffForm extends Typed<Key> {
  kind: 'share_off'
  storeIds: readonly string[]
  act: ShareOffTerms['act']
  newOnly: boolean
  /** Empty: not chosen yet. */
  templateId: string
  friendTemplateId: string | null
}

export const SHARE_NUMBERS: readonly NumberSpec<Key>[] = [
  { key: 'days', label: '打开后几天内做到才算', suffix: '天', least: 1, most: 30 },
  { key: 'mostEach', label: '一个人最多得', suffix: '张', least: 1, most: 50 },
]

/** 分享立减: a coupon for whoever brought somebody who did something; never for the bare sharing. */
export const shareOff: KindDesk<ShareOffForm, ShareOffTerms> = {
  word: '分享立减',
  promise: '朋友从分享来、真的领了或买了，分享的人才得券；只转发没有奖励。',
  termsTitle: '做到什么，送什么',
  goods: 'none',
  begin: () => ({
    kind: 'share_off',
    storeIds: [],
    act: 'buy',
    newOnly: true,
    days: '7',
    mostEach: '5',
    templateId: '',
    friendTemplateId: null,
  }),
  formOf: ({ days, mostEach, ...rest }) => ({ ...rest, days: String(days), mostEach: String(mostEach) }),
  faults: (form) => [
    ...(form.storeIds.length > 0 ? [] : ([['terms/storeIds', '至少选一家店']] as [string, string][])),
    ...(form.templateId ? [] : ([['terms/templateId', '选一张券']] as [string, string][])),
    ...numberFaults(form, SHARE_NUMBERS),
  ],
  read: ({ days, mostEach, storeIds, ...rest }) => ({
    ...rest,
    storeIds: [...storeIds],
    days: Number(days),
    mostEach: Number(mostEach),
  }),
  moved: (form) => form,
  summary: ({ act, days, newOnly }) =>
    `${newOnly ? '新朋友' : '朋友'}${act === 'buy' ? ` ${days} 天内下单取走` : '来领券'}，分享的人得一张券`,
}
