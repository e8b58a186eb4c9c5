import { yuanText } from './money.ts'
import { momentOf } from './times.ts'
import type { Order, ShopCampaign } from './wire.ts'

/** What a first payment is called. */
export const DEPOSIT_WORDS = { advance: '预付款', earnest: '定金' } as const

export interface Fact {
  name: string
  value: string
}

/** Both payments of an order whose goods are yet to come, each with what became of it, and its days. Null: its goods are in the store. */
export function presaleFacts({ presale, payState, state, totalFen }: Order, now: number): Fact[] | null {
  if (!presale) return null
  const { called, depositFen, balanceFen, balanceFrom, balanceUntil } = presale
  const facts: Fact[] = []
  if (called !== null && depositFen !== null && balanceFen !== null) {
    const first = payState === 'UNPAID' ? '' : '，已付'
    facts.push({ name: DEPOSIT_WORDS[called], value: `${yuanText(depositFen)}${first}` })
    facts.push({
      name: '尾款',
      value:
        payState === 'PAID'
          ? `${yuanText(balanceFen)}，已付`
          : `${yuanText(balanceFen)}，${spanWords(balanceFrom, balanceUntil, now)}付`,
    })
  } else facts.push({ name: '全款', value: `${yuanText(totalFen)}${payState === 'UNPAID' ? '' : '，已付'}` })
  if (presale.arrivedAt)
    facts.push({ name: '到货', value: `${momentOf(presale.arrivedAt, now)}，货给您留着` })
  else {
    facts.push({ name: '开始取货', value: momentOf(presale.pickupFrom, now) })
    facts.push({ name: '最晚到店', value: momentOf(presale.promisedBy, now) })
  }
  if (state === 'WAIT_BALANCE' || state === 'WAIT_GOODS')
    facts.push({
      name: '自己取消',
      value:
        presale.takeBackFen === null
          ? `${momentOf(presale.promisedBy, now)} 没到货就能取消，现在请联系门店`
          : `现在能取消，退 ${yuanText(presale.takeBackFen)}`,
    })
  if (presale.owedFen > 0)
    facts.push({
      name: '定金另赔',
      value: `${yuanText(presale.owedFen)}，${presale.owedPaidAt ? '门店已付' : '门店会联系您付给您'}`,
    })
  return facts
}

const spanWords = (from: string | null, until: string | null, now: number): string =>
  from && until ? `${momentOf(from, now)} 到 ${momentOf(until, now)} ` : ''

type Terms = Extract<ShopCampaign['terms'], { kind: 'presale' }>
/** The terms of a presale, if it is one. */
export const presaleTermsOf = ({ terms }: Pick<ShopCampaign, 'terms'>): Terms | null =>
  terms.kind === 'presale' ? terms : null

/** What is paid now, and what later, for so many pieces. */
export function firstPayment(
  { deposit }: Terms,
  totalFen: number,
): { now: Fact; nowFen: number; later: Fact | null } {
  if (!deposit) return { now: { name: '全款', value: yuanText(totalFen) }, nowFen: totalFen, later: null }
  // As the server does it, rounded down to the fen; the order says it again.
  const nowFen = Math.floor((totalFen * deposit.bp) / 10_000)
  return {
    now: { name: DEPOSIT_WORDS[deposit.called], value: yuanText(nowFen) },
    nowFen,
    later: { name: '尾款', value: yuanText(totalFen - nowFen) },
  }
}
