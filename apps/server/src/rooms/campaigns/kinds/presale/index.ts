import { secondsAfter } from '#kernel/clock'
import type {
  CampaignFault as Fault,
  CampaignPlan as Plan,
  CampaignTermsOf as TermsOf,
  Kind,
} from '#room/campaigns'
import type { Deal } from './money.ts'
import { rules } from './words.ts'

type Terms = TermsOf<'presale'>
type PresalePlan = Plan<Terms>

const WHOLE_BP = 10_000
/** More than a fifth of the price is no earnest (民法典 586). */
const EARNEST_BP = 2000
const DAY_SECONDS = 86_400
/** Time to pay a balance, at least. */
const BALANCE_DAYS = 1
/** WeChat waits for goods so long after a payment, and no longer (domain handbook §2.9). */
const LONGEST_DAYS = 330
/** A deposit of less than one fen is none. */
const LEAST_PRICE_FEN = 100

/** What is agreed with whoever orders, and which part of the price is paid first. Null for campaigns of other kinds. */
export const dealOf = (terms: Plan['terms']): (Deal & { depositBp: number | null }) | null =>
  terms.kind === 'presale'
    ? {
        called: terms.deposit?.called ?? null,
        depositBp: terms.deposit?.bp ?? null,
        balanceFrom: terms.deposit ? new Date(terms.deposit.balanceFrom) : null,
        balanceUntil: terms.deposit ? new Date(terms.deposit.balanceUntil) : null,
        cutoff: new Date(terms.cutoff),
        pickupFrom: new Date(terms.pickupFrom),
        promisedBy: new Date(terms.promisedBy),
      }
    : null

const fault = (field: string, code: string, words: string): Fault => ({
  field: `terms/${field}`,
  code,
  words,
})

function dateFaults({ terms, startsAt, endsAt }: PresalePlan): Fault[] {
  const cutoff = new Date(terms.cutoff)
  const pickupFrom = new Date(terms.pickupFrom)
  const promisedBy = new Date(terms.promisedBy)
  const found: Fault[] = []
  if (cutoff <= startsAt) found.push(fault('cutoff', 'before_start', '截止取消要在预售开始之后'))
  if (cutoff > pickupFrom) found.push(fault('cutoff', 'after_pickup', '截止取消要在取货之前'))
  if (pickupFrom < endsAt) found.push(fault('pickupFrom', 'before_end', '取货要在预售结束之后开始'))
  if (promisedBy < pickupFrom) found.push(fault('promisedBy', 'before_pickup', '最晚到货不能早于开始取货'))
  if (promisedBy > secondsAfter(startsAt, LONGEST_DAYS * DAY_SECONDS))
    found.push(fault('promisedBy', 'too_late', `微信最多等 ${LONGEST_DAYS} 天，更晚的货不能预售`))
  return found
}

function depositFaults({ terms, endsAt, payMinutes, items }: PresalePlan): Fault[] {
  const { deposit } = terms
  if (!deposit) return []
  const from = new Date(deposit.balanceFrom)
  const until = new Date(deposit.balanceUntil)
  const found: Fault[] = []
  if (deposit.called === 'earnest' && deposit.bp > EARNEST_BP)
    found.push(fault('deposit/bp', 'earnest_too_high', '定金不能超过价格的 20%，再高请叫预付款'))
  if (from < secondsAfter(endsAt, payMinutes * 60))
    found.push(fault('deposit/balanceFrom', 'before_end', '尾款要等预售结束、最后一单付完首款之后再收'))
  if (until < secondsAfter(from, BALANCE_DAYS * DAY_SECONDS))
    found.push(fault('deposit/balanceUntil', 'too_short', '付尾款的时间至少留一天'))
  if (until > new Date(terms.promisedBy))
    found.push(fault('deposit/balanceUntil', 'after_promise', '尾款要在最晚到货之前付完'))
  for (const [i, { priceFen }] of items.entries())
    if (priceFen < LEAST_PRICE_FEN)
      found.push({ field: `items/${i}/priceFen`, code: 'too_low', words: '不到 1 元的商品请用全款预售' })
  return found
}

/** Goods that are yet to come (domain handbook §2.9): paid in full or deposit first, on the shelf of nobody until they are there. */
export const presale: Kind<Terms> = {
  label: '预售价',
  fromShelf: false,
  faults: (plan) => [...dateFaults(plan), ...depositFaults(plan)],
  releasedBp: ({ startsAt }, at) => (at >= startsAt ? WHOLE_BP : 0),
  moved: (terms, move) => ({
    ...terms,
    deposit: terms.deposit && {
      ...terms.deposit,
      balanceFrom: move(terms.deposit.balanceFrom),
      balanceUntil: move(terms.deposit.balanceUntil),
    },
    cutoff: move(terms.cutoff),
    pickupFrom: move(terms.pickupFrom),
    promisedBy: move(terms.promisedBy),
  }),
  rules,
}
