import { type FriendForm, friendFaults, friendsOf, friendTerms, newFriends } from './friends.ts'
import type { KindDesk, TermsOf } from './kind.ts'
import { wholeOf } from './numbers.ts'

type AssistTerms = TermsOf<'assist'>
export interface AssistForm extends FriendForm {
  kind: 'assist'
  storeIds: readonly string[]
  helpers: string
  /** Empty: not chosen yet. */
  templateId: string
}

/** 助力: so many friends, and whoever asked them has a coupon. */
export const assist: KindDesk<AssistForm, AssistTerms> = {
  word: '助力',
  promise: '正好几位朋友帮忙，发起的人得一张券；不卖商品。',
  termsTitle: '几位朋友，送什么',
  goods: 'none',
  begin: () => ({ ...newFriends, kind: 'assist', storeIds: [], helpers: '3', templateId: '' }),
  formOf: ({ kind, storeIds, helpers, templateId, ...friends }) => ({
    ...friendsOf(friends),
    kind,
    storeIds,
    helpers: String(helpers),
    templateId,
  }),
  faults: (form) => [
    ...(form.storeIds.length > 0 ? [] : ([['terms/storeIds', '至少选一家店']] as [string, string][])),
    ...(form.templateId ? [] : ([['terms/templateId', '选一张券']] as [string, string][])),
    ...(wholeOf(form.helpers, 1, 20) === undefined
      ? ([['terms/helpers', '写 1 到 20 的整数']] as [string, string][])
      : []),
    ...friendFaults(form),
  ],
  read: (form) => ({
    ...friendTerms(form),
    kind: 'assist',
    storeIds: [...form.storeIds],
    helpers: Number(form.helpers),
    templateId: form.templateId,
  }),
  moved: (form) => form,
  summary: ({ helpers, hours }) => `${helpers} 位朋友助力，${hours} 小时内，得一张券`,
}
