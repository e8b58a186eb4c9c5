import type { IconName } from '../components/icon-names'
import type { Message } from './wire'

/** The words that somebody has before their eyes when they agree. They change only together with their number. */
export const CONSENT_WORDS = {
  wording: 2,
  marketing: {
    title: '优惠提醒',
    note: '券快到期、生日或好久没来有券送时告诉我；一天最多一条，一周最多三条',
  },
  sms: { title: '短信', note: '微信收不到时，发短信到绑定的手机；一天最多三条' },
} as const

const ICONS: Record<Message['kind'], IconName> = {
  'order.ready': 'bag',
  'order.refunded': 'wallet',
  'presale.balance': 'wallet',
  'presale.ending': 'wallet',
  'presale.arrived': 'bag',
  'box.ordered': 'bag',
  'box.short': 'box',
  'box.paused': 'clock',
  'drop.coupon': 'gift',
  'box.arrived': 'bag',
  'aftersale.answered': 'headset',
  'stock.back': 'box',
  'coupon.expiring': 'coupon',
  'present.birthday': 'gift',
  'present.dormant': 'gift',
  'group.gathered': 'user',
  'group.failed': 'wallet',
  'group.one_left': 'user',
  'bargain.reached': 'users',
  'bargain.lost': 'clock',
  'campaign.soon': 'clock',
  'promoter.approved': 'user',
  'promoter.refused': 'user',
  'commission.free': 'wallet',
  'withdrawal.paid': 'wallet',
  'withdrawal.failed': 'wallet',
}
export const iconOf = ({ kind }: Pick<Message, 'kind'>): IconName => ICONS[kind]

/** Read aloud as a whole: unread first, because that is why somebody came. */
export const labelOf = ({ read, title, body }: Pick<Message, 'read' | 'title' | 'body'>): string =>
  `${read ? '' : '未读，'}${title}，${body}`

/** 99 is as far as a badge counts. */
export const unreadText = (unread: number): string => (unread > 99 ? '99+' : String(unread))
