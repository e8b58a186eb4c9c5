import type { In, Out } from '../../api.ts'
import { whole } from '../terms/model.ts'

export type RewardTerms = Out<'GET /console/v1/reward-terms'>['items'][number]
export type RewardInput = In<'POST /console/v1/reward-terms'>['body']
export type TaskKind = RewardTerms['tasks'][number]['kind']
export type TriggerTerms = Out<'GET /console/v1/trigger-terms'>['items'][number]
export type TriggerInput = In<'POST /console/v1/trigger-terms'>['body']
export type TriggerKind = TriggerTerms['kind']
export type Night = Out<'GET /console/v1/trigger-nights'>['items'][number]
/** What a template of coupons is called, by id. */
export type NameOf = (templateId: string) => string

export const taskWords: Record<TaskKind, { name: string; when: string; but?: string }> = {
  phone: { name: '绑定手机', when: '第一次绑上手机号' },
  birthday: { name: '填生日', when: '填了几月几日（不问哪一年）' },
  first_order: { name: '第一单', when: '第一单付了款、取了货', but: '全退了就收回' },
  wechat: { name: '收微信提醒', when: '微信真的替我们送到一条提醒' },
}
export const TASKS = Object.keys(taskWords) as TaskKind[]
export const triggerWords: Record<TriggerKind, { name: string; note: string }> = {
  birthday: { name: '生日礼', note: '填过生日的会员，一年一份' },
  dormant: { name: '沉睡唤醒', note: '线上和收银台都没买过才算；只给同意收优惠提醒的会员' },
}

const worthWords = (
  { points, templateId }: { points: number; templateId: string | null },
  nameOf: NameOf,
): string => (templateId === null ? ` ${points} 分` : `一张「${nameOf(templateId)}」`)

/** The terms as sentences, as somebody would tell them in the store. */
export const rewardSentences = (
  { signInPoints, tasks }: Pick<RewardInput, 'signInPoints' | 'tasks'>,
  nameOf: NameOf,
): string[] => [
  signInPoints.length === 0
    ? '没有签到'
    : `每天签到一次，连着 ${signInPoints.length} 天一轮：${signInPoints.join('、')} 分；断一天从头来`,
  ...(tasks.length === 0 ? ['没有新手任务'] : []),
  ...tasks.map((task) => {
    const { when, but } = taskWords[task.kind]
    return `${when}，给${worthWords(task, nameOf)}${but ? `；${but}` : ''}`
  }),
]

/** When a trigger gives what. */
export const triggerSentences = (
  { kind, marks, mostANight }: Pick<TriggerInput, 'kind' | 'marks' | 'mostANight'>,
  nameOf: NameOf,
): string[] => [
  ...marks.map(({ days, templateId }) =>
    kind === 'dormant'
      ? `${days} 天没买过东西，送一张「${nameOf(templateId)}」`
      : days === null
        ? `生日那个月的 1 号，送一张「${nameOf(templateId)}」`
        : `${days === 0 ? '生日当天' : `生日前 ${days} 天`}，送一张「${nameOf(templateId)}」`,
  ),
  kind === 'dormant'
    ? '每次沉睡每一档只送一次；再来买过东西，从头算'
    : '一年一次；2 月 29 日生的，平年 28 日过',
  `一晚最多 ${mostANight.toLocaleString('en-US')} 位，早上 8 点以后才告诉顾客`,
]

/** Terms as they are being written. A task is worth points, or a coupon, or is not set at all. */
export interface TaskForm {
  give: 'nothing' | 'points' | 'coupon'
  points: string
  templateId: string | undefined
}
export interface RewardForm {
  signIn: string
  tasks: Record<TaskKind, TaskForm>
}
export const rewardFormOf = (terms: RewardTerms | undefined): RewardForm => {
  const of = (kind: TaskKind): TaskForm => {
    const task = terms?.tasks.find((each) => each.kind === kind)
    if (!task) return { give: 'nothing', points: '', templateId: undefined }
    return task.templateId === null
      ? { give: 'points', points: String(task.points), templateId: undefined }
      : { give: 'coupon', points: '', templateId: task.templateId }
  }
  return {
    signIn: (terms ? terms.signInPoints : [1, 1, 2, 2, 3, 3, 8]).join(' '),
    tasks: {
      phone: of('phone'),
      birthday: of('birthday'),
      first_order: of('first_order'),
      wechat: of('wechat'),
    },
  }
}
const MOST_DAYS = 31
/** `1 1 2 2` as points of days; undefined where it cannot be read. Nothing typed: no signing in. */
export const cycleOf = (typed: string): number[] | undefined => {
  const parts = typed.split(/[\s,，、]+/).filter((part) => part !== '')
  const points = parts.map((part) => whole(part, 0, 1000))
  return points.length <= MOST_DAYS && points.every((each) => each !== undefined) ? points : undefined
}
const taskFault = ([kind, { give, points, templateId }]: readonly [TaskKind, TaskForm]):
  | string
  | undefined => {
  if (give === 'points' && whole(points, 1, 10_000) === undefined)
    return `「${taskWords[kind].name}」给多少分写得不对，1 到 10,000`
  return give === 'coupon' && templateId === undefined
    ? `「${taskWords[kind].name}」还没选给哪张券`
    : undefined
}
const tasksOf = ({ tasks }: RewardForm) => TASKS.map((kind) => [kind, tasks[kind]] as const)
/** What is still wrong, in the order of the form; undefined when nothing is. */
export const rewardFault = (form: RewardForm): string | undefined =>
  cycleOf(form.signIn) === undefined
    ? '签到的分数写得不对：一天一个数，用空格隔开，最多 31 天'
    : tasksOf(form)
        .map(taskFault)
        .find((fault) => fault !== undefined)
export const rewardInputOf = (form: RewardForm): RewardInput | undefined =>
  rewardFault(form) === undefined
    ? {
        active: true,
        signInPoints: cycleOf(form.signIn) ?? [],
        tasks: tasksOf(form).flatMap(([kind, { give, points, templateId = null }]) => {
          if (give === 'nothing') return []
          return give === 'points'
            ? [{ kind, points: Number(points), templateId: null }]
            : [{ kind, points: 0, templateId }]
        }),
      }
    : undefined

export interface MarkForm {
  days: string
  templateId: string | undefined
}
export interface TriggerForm {
  kind: TriggerKind
  /** Of a birthday: on the first of its month. */
  month: boolean
  marks: MarkForm[]
  mostANight: string
}
const FIRST: Record<TriggerKind, string[]> = { birthday: ['0'], dormant: ['30', '60', '90'] }
export const triggerFormOf = (kind: TriggerKind, terms: TriggerTerms | undefined): TriggerForm => ({
  kind,
  month: terms ? terms.marks[0]?.days === null : false,
  marks:
    terms?.marks.map(({ days, templateId }) => ({ days: String(days ?? 0), templateId })) ??
    FIRST[kind].map((days) => ({ days, templateId: undefined })),
  mostANight: String(terms?.mostANight ?? 1000),
})
/** The same days between two marks as the server asks for. */
const GAP_DAYS = 7
const MOST_MARKS = 5
const daysFault = ({ kind, month, marks }: TriggerForm): string | undefined => {
  if (kind === 'birthday')
    return month || whole(marks[0]?.days ?? '', 0, 30) !== undefined ? undefined : '提前几天写得不对，0 到 30'
  const days = marks.map((mark) => whole(mark.days, 1, 730))
  if (days.includes(undefined)) return '多少天没来写得不对，1 到 730'
  const grow = days.every((each, i) => i === 0 || (each ?? 0) - (days[i - 1] ?? 0) >= GAP_DAYS)
  return grow ? undefined : '天数要一档比一档多，至少隔 7 天'
}
export const triggerFault = (form: TriggerForm): string | undefined =>
  daysFault(form) ??
  (form.marks.some(({ templateId }) => templateId === undefined)
    ? '还没选送哪张券'
    : whole(form.mostANight, 1, 20_000) === undefined
      ? '一晚最多几位写得不对，1 到 20,000'
      : undefined)
export const triggerInputOf = (form: TriggerForm): TriggerInput | undefined =>
  triggerFault(form) === undefined
    ? {
        kind: form.kind,
        active: true,
        marks: form.marks.map(({ days, templateId = '' }) => ({
          days: form.kind === 'birthday' && form.month ? null : Number(days),
          templateId,
        })),
        mostANight: Number(form.mostANight),
      }
    : undefined
export const mayAddMark = ({ kind, marks }: TriggerForm): boolean =>
  kind === 'dormant' && marks.length < MOST_MARKS

/** The same terms, the other way round. */
export const switchedRewards = ({ active, signInPoints, tasks }: RewardTerms): RewardInput => ({
  active: !active,
  signInPoints,
  tasks,
})
export const switchedTrigger = ({ kind, active, marks, mostANight }: TriggerTerms): TriggerInput => ({
  kind,
  active: !active,
  marks,
  mostANight,
})

/** Whom a draft would reach tonight, said before it is sent. */
export const previewWords = ({ due, tonight }: { due: number; tonight: number }): string => {
  if (due === 0) return '按现在的情况，今晚没有人会收到'
  const n = (count: number) => count.toLocaleString('en-US')
  return due === tonight
    ? `按现在的情况，今晚会送给 ${n(due)} 位`
    : `按现在的情况，够条件的有 ${n(due)} 位，今晚送 ${n(tonight)} 位，其余的以后几晚接着送`
}
