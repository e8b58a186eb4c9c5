import type { GuideReward, GuideTerms } from './wire.ts'
import { yuanText } from './money.ts'

export interface KeptTouch {
  touch: string
  at: number
}
const MOST_DAYS = 90
/** Older than any terms allow: the next code counts as the first. */
export const isFresh = (kept: KeptTouch | null, now: number): kept is KeptTouch =>
  kept !== null && now - kept.at < MOST_DAYS * 86_400_000

/** A scene that a code of ours carries; WeChat opens the shop with others too. */
export const isGuideScene = (scene: string | null): scene is string =>
  scene !== null && /^g\.[A-Za-z0-9]{12}$/.test(scene)

const REWARDS: Record<GuideReward['kind'], string> = {
  register: '新会员',
  order: '首单',
  register_back: '退款收回：新会员',
  order_back: '退款收回：首单',
}
export const rewardWords = ({ kind }: Pick<GuideReward, 'kind'>): string => REWARDS[kind]

/** What it is worth, as a clerk would ask. */
export const termsSentences = (terms: GuideTerms): string[] => [
  [
    ...(terms.registerFen > 0 ? [`新会员 ${yuanText(terms.registerFen)}`] : []),
    ...(terms.orderFen > 0 ? [`首单 ${yuanText(terms.orderFen)}`] : []),
  ].join('，') || '现在只计数，没有奖励',
  `顾客扫码后 ${terms.touchDays} 天内成为会员、下第一单才算`,
  `首单取走 ${terms.holdDays} 天后、没退到 ${yuanText(terms.leastFen)} 以下就发；以后退了会收回`,
  '一位顾客只算一次，先扫谁的算谁的；自己手机上登录的不算',
]
