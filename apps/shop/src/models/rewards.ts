import type { IconName } from '../components/icon-names'
import type { Birthday, Coupon, Offer, SignIn, Task } from './wire'

/** A day of the cycle as the strip draws it. */
export interface StripDay {
  n: number
  points: number
  state: 'done' | 'today' | 'ahead'
  /** Read aloud. */
  label: string
}
const SHOWN_DAYS = 7

/** Seven days of the cycle at most, with today among them: those before it in this round are done. */
export function stripOf({ cycle, place, signed }: SignIn): StripDay[] {
  const first = Math.floor(place / SHOWN_DAYS) * SHOWN_DAYS
  return cycle.slice(first, first + SHOWN_DAYS).map((points, i) => {
    const at = first + i
    const done = at < place || (at === place && signed)
    const state = done ? 'done' : at === place ? 'today' : 'ahead'
    const said = done ? '签过了' : at === place ? '今天' : '还没到'
    return { n: at + 1, points, state, label: `第 ${at + 1} 天，${points} 分，${said}` }
  })
}
export const streakText = ({ streak }: Pick<SignIn, 'streak'>): string =>
  streak === 0 ? '今天开始签到' : `连续签到 ${streak} 天`

/** What today is worth, or what tomorrow will be. */
export function signText({ cycle, place, signed }: SignIn): string {
  const points = signed ? cycle[(place + 1) % cycle.length] : cycle[place]
  if (signed) return points ? `今天签过了，明天来得 ${points} 分` : '今天签过了'
  return points ? `签到，得 ${points} 分` : '签到'
}
export const signedText = ({ points, streak }: { points: number; streak: number }): string =>
  points > 0 ? `连续第 ${streak} 天，得了 ${points} 分` : `连续第 ${streak} 天`

interface TaskWords {
  icon: IconName
  name: string
  note: string
  /** On the button that leads there. */
  go: string
}
const TASKS: Record<Task['kind'], TaskWords> = {
  phone: { icon: 'phone', name: '绑定手机号', note: '用微信绑一下，报手机号就能认出您', go: '去绑定' },
  birthday: { icon: 'calendar', name: '填生日', note: '只问几月几日，不问哪一年', go: '去填' },
  first_order: { icon: 'bag', name: '第一单', note: '付款、取货以后就给', go: '去逛逛' },
  wechat: { icon: 'bell', name: '收一条微信提醒', note: '允许后，收到第一条就给', go: '去允许' },
}
export const taskWords = ({ kind }: Pick<Task, 'kind'>): TaskWords => TASKS[kind]

export const worthText = ({ points, coupon }: Pick<Task, 'points' | 'coupon'>): string =>
  points > 0 ? `${points} 积分` : coupon === null ? '一张券' : `券「${coupon}」`

/** How a step stands once it was taken; null while it is open. */
const STATES: Record<Task['state'], { text: string; tone: 'leaf' | 'amber' | 'plain' } | null> = {
  TODO: null,
  WAITING: { text: '绑手机号后给', tone: 'amber' },
  DUE: { text: '正在发', tone: 'amber' },
  GIVEN: { text: '已发', tone: 'leaf' },
  REFUSED: { text: '没有了', tone: 'plain' },
  REVERSED: { text: '退款收回', tone: 'plain' },
}
export const stateOf = ({ state }: Pick<Task, 'state'>) => STATES[state]
/** Why nothing came, or nothing yet, of a step that was taken. */
export const stateNote = ({ state }: Pick<Task, 'state'>): string | null =>
  state === 'REFUSED'
    ? '这份奖励发完了，或者您用这个手机号领过'
    : state === 'REVERSED'
      ? '第一单全退了，这份奖励也收回了'
      : null

/** Nothing is offered here: no page for it then. */
export const isOff = ({ signIn, tasks }: { signIn: SignIn | null; tasks: readonly Task[] }): boolean =>
  signIn === null && tasks.length === 0
/** What 我的 says beside the way here. */
export const hintOf = ({ signIn, tasks }: { signIn: SignIn | null; tasks: readonly Task[] }): string => {
  if (signIn && !signIn.signed) return signText(signIn).replace('签到，', '今天签到')
  const open = tasks.filter(({ state }) => state === 'TODO').length
  return open > 0 ? `还有 ${open} 个任务` : '都做完了，明天再来'
}

/** What a first order has off: a coupon that is held already, or one that may be claimed. */
export function firstOrderOff(
  held: readonly Pick<Coupon, 'label' | 'firstOrder'>[],
  offers: readonly Pick<Offer, 'label' | 'firstOrder' | 'state'>[],
): { label: string; held: boolean } | null {
  const mine = held.find(({ firstOrder }) => firstOrder)
  if (mine) return { label: mine.label, held: true }
  const offer = offers.find(({ firstOrder, state }) => firstOrder && state === 'open')
  return offer ? { label: offer.label, held: false } : null
}

export const birthdayText = ({ birthday }: Pick<Birthday, 'birthday'>): string =>
  birthday ? `${birthday.month}月${birthday.day}日` : '还没填'

const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Month and day as they were typed; undefined where there is no such day in any year. */
export function birthdayOf(month: string, day: string): { month: number; day: number } | undefined {
  const [m, d] = [Number(month), Number(day)]
  const most = MONTH_DAYS[m - 1]
  return Number.isInteger(m) && Number.isInteger(d) && most !== undefined && d >= 1 && d <= most
    ? { month: m, day: d }
    : undefined
}
