import { fenToField, formatFen, parseFen } from '../../../ui/fen.ts'
import { type FriendForm, friendFaults, friendsOf, friendTerms, newFriends } from './friends.ts'
import type { KindDesk, TermsOf } from './kind.ts'
import { wholeOf } from './numbers.ts'

type BargainTerms = TermsOf<'bargain'>
export interface BargainForm extends FriendForm {
  kind: 'bargain'
  /** Yuan, as typed. */
  start: string
  /** What each friend takes off, in yuan, the first one first. */
  cuts: readonly string[]
  holdMinutes: string
}
export const MOST_FRIENDS = 20

/** A table that takes so much off in so many steps: the first friends a little more, every fen accounted for. */
export const tableOf = (offFen: number, friends: number): number[] => {
  const weights = Array.from({ length: friends }, (_, i) => 2 * friends - i)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const cuts = weights.map((weight) => Math.floor((offFen * weight) / all))
  const rest = offFen - cuts.reduce((sum, cut) => sum + cut, 0)
  return cuts.map((cut, i) => cut + (i < rest ? 1 : 0))
}

/** What all friends together take off, as far as it reads. */
export const offOf = ({ cuts }: BargainForm): number =>
  cuts.reduce((sum, typed) => sum + (parseFen(typed) ?? 0), 0)

/** A table that nobody began is one thing to do, not one for each friend. */
const cutFaults = ({ cuts }: BargainForm): [string, string][] =>
  cuts.every((typed) => !typed.trim())
    ? [['terms/cuts', '写每位朋友减多少；起价和活动价都有了，可以按一下分好']]
    : cuts.flatMap((typed, i): [string, string][] =>
        parseFen(typed) ? [] : [[`terms/cuts/${i}`, `第 ${i + 1} 位朋友减多少还没写`]],
      )

/** 砍价: a published table, from the shelf price down to the price of the campaign. */
export const bargain: KindDesk<BargainForm, BargainTerms> = {
  word: '砍价',
  promise: '几位朋友帮忙，价格照公布的表往下走；没有随机，也没有砍不到的最后一刀。',
  termsTitle: '砍价表',
  goods: 'shelf',
  begin: () => ({
    ...newFriends,
    kind: 'bargain',
    start: '',
    cuts: Array.from({ length: 8 }, () => ''),
    holdMinutes: '60',
  }),
  formOf: ({ kind, startFen, cuts, holdMinutes, ...friends }) => ({
    ...friendsOf(friends),
    kind,
    start: fenToField(startFen),
    cuts: cuts.map(fenToField),
    holdMinutes: String(holdMinutes),
  }),
  faults: (form) => [
    ...(parseFen(form.start)
      ? []
      : ([['terms/startFen', '写从多少钱开始，比如 59.90']] as [string, string][])),
    ...cutFaults(form),
    ...(wholeOf(form.holdMinutes, 10, 1440) === undefined
      ? ([['terms/holdMinutes', '写 10 到 1440 的整数']] as [string, string][])
      : []),
    ...friendFaults(form),
  ],
  read: (form) => ({
    ...friendTerms(form),
    kind: 'bargain',
    startFen: parseFen(form.start) ?? 0,
    cuts: form.cuts.map((typed) => parseFen(typed) ?? 0),
    holdMinutes: Number(form.holdMinutes),
  }),
  moved: (form) => form,
  summary: ({ startFen, cuts, hours }) =>
    `从 ${formatFen(startFen)} 起，${cuts.length} 位朋友砍到底，${hours} 小时内`,
}
