import type { In, Out } from '../../api.ts'
import { fenToField, formatFen, parseFen } from '../../ui/fen.ts'
import { firstFault, whole } from '../terms/model.ts'

export type Row = Out<'GET /console/v1/guidance'>['items'][number]
export type Terms = Out<'GET /console/v1/guide-terms'>['items'][number]
export type TermsInput = In<'POST /console/v1/guide-terms'>['body']
export type Reward = Out<'GET /console/v1/guide-rewards'>['items'][number]
export type Drawn = Out<'POST /console/v1/stores/:storeId/guide-code'>

/** `2026-11` and how far it is from there to `2026-12`. */
export const monthBeside = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
/** The month of the address, or this one; nothing later than this one. */
export const monthOf = (typed: string | null, today: string): string => {
  const now = today.slice(0, 7)
  return typed !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(typed) && typed <= now ? typed : now
}
/** First and last day of a month; of this one, today. */
export const spanOf = (month: string, today: string): { from: string; to: string } => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const end = `${month}-${String(last).padStart(2, '0')}`
  return { from: `${month}-01`, to: end < today ? end : today }
}
export const monthWords = (month: string): string => {
  const [year = '', number = ''] = month.split('-')
  return `${year} 年 ${Number(number)} 月`
}

/** Who a row is about: the store's own poster has nobody. */
export const guideWords = ({ staffId, staffName }: Pick<Row, 'staffId' | 'staffName'>): string =>
  staffId === null ? '门店海报' : (staffName ?? '已离开的员工')

const rewards: Record<Reward['kind'], string> = {
  register: '新会员',
  order: '首单',
  register_back: '退款收回：新会员',
  order_back: '退款收回：首单',
}
export const rewardWords = ({ kind }: Pick<Reward, 'kind'>): string => rewards[kind]

type Worth = Omit<TermsInput, 'active'>
/** The terms as sentences, as a manager would tell them to the floor. */
export const termsSentences = ({
  registerFen,
  orderFen,
  touchDays,
  holdDays,
  leastFen,
  inLedger,
}: Worth): string[] => [
  registerFen + orderFen > 0
    ? [
        ...(registerFen > 0 ? [`带来一位新会员 ${formatFen(registerFen)}`] : []),
        ...(orderFen > 0 ? [`带来一个首单 ${formatFen(orderFen)}`] : []),
      ].join('，')
    : '只计数，不发奖励',
  `扫码后 ${touchDays} 天内成为会员，成为会员后 ${touchDays} 天内下第一单，才算`,
  `首单取走${holdDays > 0 ? ` ${holdDays} 天后` : '当天'}，没退到 ${formatFen(leastFen)} 以下，就记上奖励；以后退了原样收回`,
  inLedger ? '奖励记进佣金账，随工资发了要销账' : '奖励只是数字，由发工资的人看着发',
  '一位顾客一辈子只算一次，先扫谁的算谁的；买过东西的老顾客不算，店员自己的手机不算，一部手机只算一位',
]

/** Terms as they are being written. */
export interface Form {
  registerFen: string
  orderFen: string
  leastFen: string
  touchDays: string
  holdDays: string
  inLedger: boolean
}
export const formOf = (terms: Terms | undefined): Form => ({
  registerFen: fenToField(terms?.registerFen ?? 200),
  orderFen: fenToField(terms?.orderFen ?? 500),
  leastFen: fenToField(terms?.leastFen ?? 1000),
  touchDays: String(terms?.touchDays ?? 30),
  holdDays: String(terms?.holdDays ?? 7),
  inLedger: terms?.inLedger ?? false,
})
const MOST_FEN = 100_000
const faults = (form: Form): [unknown, string][] => {
  const within = (typed: string, least: number, most: number) => {
    const fen = parseFen(typed)
    return fen !== undefined && fen >= least && fen <= most
  }
  return [
    [within(form.registerFen, 0, MOST_FEN), '新会员奖励写得不对，0 到 1,000 元'],
    [within(form.orderFen, 0, MOST_FEN), '首单奖励写得不对，0 到 1,000 元'],
    [within(form.leastFen, 1, 100_000_000), '首单至少留下多少写得不对'],
    [whole(form.touchDays, 1, 90), '几天内有效写得不对，1 到 90'],
    [whole(form.holdDays, 0, 60), '取走几天后写得不对，0 到 60'],
  ]
}
/** What is still wrong, in the order of the form; undefined when nothing is. */
export const formFault = (form: Form): string | undefined => firstFault(faults(form))

/** The terms as the server takes them; undefined while something is wrong. */
export const inputOf = (form: Form): TermsInput | undefined =>
  formFault(form) === undefined
    ? {
        active: true,
        registerFen: parseFen(form.registerFen) ?? 0,
        orderFen: parseFen(form.orderFen) ?? 0,
        leastFen: parseFen(form.leastFen) ?? 1,
        touchDays: whole(form.touchDays, 1, 90) ?? 30,
        holdDays: whole(form.holdDays, 0, 60) ?? 7,
        inLedger: form.inLedger,
      }
    : undefined
/** The same terms, switched off or on from now. */
export const switched = (
  { registerFen, orderFen, leastFen, touchDays, holdDays, inLedger }: Terms,
  active: boolean,
): TermsInput => ({
  active,
  registerFen,
  orderFen,
  leastFen,
  touchDays,
  holdDays,
  inLedger,
})
