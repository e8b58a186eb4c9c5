import { yuanText } from './money.ts'
import { momentOf } from './times.ts'
import type { Invite, Rally, RallyShort, ShopCampaign } from './wire'

const left = ({ helps, need }: Pick<RallyShort, 'helps' | 'need'>): number => need - helps
export const isOpen = ({ state }: Pick<RallyShort, 'state'>): boolean =>
  state === 'CUTTING' || state === 'GATHERING'
const nowOf = ({ now }: Pick<RallyShort, 'now'>): number => Date.parse(now)

const REWARDED: Record<NonNullable<RallyShort['rewardState']>, string> = {
  WAITING: '券正在放进券包',
  GIVEN: '券已经放进券包',
  REFUSED: '券发完了，这次没有给成',
}

/** How it stands, in a heading and a line below it. */
export function standing(rally: RallyShort): { title: string; note: string } {
  const { state, kind, deadline, heldUntil, goods, helps, need, rewardState } = rally
  const until = (at: string): string => momentOf(at, nowOf(rally))
  switch (state) {
    case 'CUTTING':
      return {
        title: `还差 ${left(rally)} 位朋友`,
        note: `${goods ? `已砍到 ${yuanText(goods.priceFen)}，` : ''}${until(deadline)} 截止`,
      }
    case 'GATHERING':
      return { title: `还差 ${left(rally)} 位朋友`, note: `${until(deadline)} 截止` }
    case 'REACHED':
      return kind === 'bargain'
        ? { title: '砍到底价了', note: `货留到 ${until(heldUntil ?? deadline)}，过时让给别人` }
        : { title: '朋友凑齐了', note: REWARDED[rewardState ?? 'WAITING'] }
    case 'ORDERED':
      return { title: '已按底价下单', note: '记得按时付款' }
    case 'EXPIRED':
      return helps === need
        ? { title: '留货时间过了', note: '没有下单，货让给了别人' }
        : { title: '时间到了，没有凑齐', note: '没有收任何钱，朋友得的券照样有' }
  }
}

/** One seat: a friend who helped, or one that is free. */
export interface Seat {
  n: number
  name: string | null
}
export const seatsOf = ({ need, helpers }: Pick<Rally, 'need' | 'helpers'>): Seat[] =>
  Array.from({ length: need }, (_, i) => ({
    n: i + 1,
    name: helpers.find(({ n }) => n === i + 1)?.name ?? null,
  }))

/** A row of the published table, and whether it is done. */
export interface CutRow {
  n: number
  cut: string
  price: string
  done: boolean
}
export function cutRows(
  { startFen, cuts }: { startFen: number; cuts: readonly number[] },
  helps = 0,
): CutRow[] {
  let price = startFen
  return cuts.map((cut, i) => {
    price -= cut
    return { n: i + 1, cut: yuanText(cut), price: yuanText(price), done: i < helps }
  })
}

/** What the big button of a friend says: exactly what a tap does. */
export function helpText(rally: Pick<Rally, 'owner' | 'goods' | 'helps'>): string {
  const cut = rally.goods?.cuts[rally.helps]
  return cut === undefined ? `给 ${rally.owner} 助力` : `帮 ${rally.owner} 砍 ${yuanText(cut)}`
}
/** What a friend gets, said under the button. */
export const thanksText = ({ helperCoupon }: Pick<Rally, 'helperCoupon'>): string =>
  helperCoupon ? `您也得一张「${helperCoupon}」，人人一样` : '帮忙没有奖励，是情分'

/** After a tap. */
export function helpedText({ rally, coupon }: { rally: Rally; coupon: string | null }): string {
  const done = rally.goods ? `砍到 ${yuanText(rally.goods.priceFen)} 了` : `还差 ${left(rally)} 位`
  return coupon ? `帮到了，${done}；「${coupon}」在您的券包里` : `帮到了，${done}`
}

/** One line of a list. */
export function shortText(campaign: Pick<ShopCampaign, 'terms' | 'items'>): string {
  const { terms, items } = campaign
  if (terms.kind === 'bargain')
    return `${terms.cuts.length} 位朋友砍到 ${yuanText(items[0]?.priceFen ?? 0)}，没有随机`
  if (terms.kind === 'assist') return `${terms.helpers} 位朋友助力，得一张券`
  if (terms.kind !== 'share_off') return ''
  return terms.act === 'buy' ? '朋友来买，您得一张券' : '朋友来领券，您也得一张'
}
export const FRIEND_KINDS: readonly ShopCampaign['kind'][] = ['bargain', 'assist', 'share_off']

/** How a share stands for whoever passed it on. */
export const inviteText = ({ friends }: Pick<Invite, 'friends'>): string =>
  friends ? `${friends.opened} 位朋友来看过，${friends.done} 位算数，得了 ${friends.given} 张券` : ''
/** What the friend is to do, and what comes of it. */
export function inviteAsk({ act, days, owner }: Pick<Invite, 'act' | 'days' | 'owner'>): string {
  return act === 'buy' ? `${days} 天内买点东西、取走，${owner} 就得一张券` : `点一下领券，${owner} 也得一张`
}
