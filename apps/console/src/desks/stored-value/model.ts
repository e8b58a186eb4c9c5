import type { In, Out } from '../../api.ts'
import { formatFen, parseFen } from '../../ui/fen.ts'

export type Books = Out<'GET /console/v1/stored-value'>
export type ValueMember = Out<'GET /console/v1/stored-value-members'>['items'][number]
export type Posting = Out<'GET /console/v1/stored-value-members/:memberId/postings'>['items'][number]
export type ToppedUp = Out<'POST /console/v1/stored-value-members/:memberId/top-ups'>
export type Terms = In<'PUT /console/v1/stored-value/terms'>['body']
type TopUpBody = In<'POST /console/v1/stored-value-members/:memberId/top-ups'>['body']
type PayOutBody = In<'POST /console/v1/stored-value-members/:memberId/pay-outs'>['body']

/** What an account may hold by the rules for prepaid cards in somebody’s name. */
export const LEGAL_MOST_FEN = 500_000
export const LEAST_LIMIT_FEN = 10_000

export const reasonWords: Record<Posting['reason'], string> = {
  top_up: '充值',
  hold: '下单占用',
  capture: '付款用掉',
  release: '取消还回',
  give_back: '退款退回',
  pay_out: '退余额',
}
export const tenderWords = { cash: '现金', card: '刷卡' } as const

/** `+¥50.00`, `−¥8.00`; a dash where it did not move. */
export const moveWords = (fen: number): string => (fen === 0 ? '–' : `${fen > 0 ? '+' : ''}${formatFen(fen)}`)

/** Where a posting comes from, in a few words: staff, and how the money came. */
export const sourceWords = ({ by, storeId, tender, slip, note }: Posting): string =>
  [
    storeId,
    tender && tenderWords[tender],
    slip && `凭证 ${slip}`,
    note,
    by.startsWith('staff:') && by.replace('staff:', '经手 '),
  ]
    .filter(Boolean)
    .join(' · ')

/** 应付顾客: what the chain owes, and the sum that it must be. */
export const owed = ({ availableFen, heldFen }: Books): number => availableFen + heldFen
export const agrees = (books: Books): boolean =>
  owed(books) === books.toppedUpFen - books.paidOutFen - books.spentFen

export interface TermsForm {
  open: boolean
  limit: string
  filingNo: string
}
export const termsOf = ({ open, limit, filingNo }: TermsForm): Terms | undefined => {
  const maxBalanceFen = parseFen(limit)
  return maxBalanceFen === undefined || maxBalanceFen < LEAST_LIMIT_FEN || maxBalanceFen > LEGAL_MOST_FEN
    ? undefined
    : { open, maxBalanceFen, filingNo: filingNo.trim() || null }
}

export interface TopUpForm {
  tender: 'cash' | 'card'
  amount: string
  tendered: string
  slip: string
  name: string
  document: string
}
export const emptyTopUp: TopUpForm = {
  tender: 'cash',
  amount: '',
  tendered: '',
  slip: '',
  name: '',
  document: '',
}

export type ReadTopUp =
  | { ready: true; body: Omit<TopUpBody, 'idempotencyKey' | 'storeId'>; changeFen: number }
  | { ready: false; missing: string }

const missing = (words: string): ReadTopUp => ({ ready: false, missing: words })

/** What is sent for what was typed, or the first thing that is still missing; limits in words before anything is sent. */
export function readTopUp(form: TopUpForm, { roomFen, holder }: ValueMember): ReadTopUp {
  const amountFen = parseFen(form.amount)
  if (!amountFen) return missing('写充多少')
  if (amountFen > roomFen) return missing(`最多还能充 ${formatFen(roomFen)}`)
  const document = form.document.trim().toUpperCase()
  if (!holder && !form.name.trim()) return missing('第一次充值，写证件上的姓名')
  if (!holder && !/^\d{17}[\dX]$/.test(document)) return missing('写 18 位身份证号')
  const named = holder ? {} : { holder: { name: form.name.trim(), document } }
  if (form.tender === 'card') {
    const slip = form.slip.trim()
    return slip
      ? { ready: true, body: { tender: 'card', amountFen, slip, ...named }, changeFen: 0 }
      : missing('写刷卡小票上的凭证号')
  }
  const tenderedFen = form.tendered.trim() ? parseFen(form.tendered) : amountFen
  if (tenderedFen === undefined || tenderedFen < amountFen) return missing('给的钱不够')
  return {
    ready: true,
    body: { tender: 'cash', amountFen, tenderedFen, ...named },
    changeFen: tenderedFen - amountFen,
  }
}

export type ReadPayOut =
  | { ready: true; body: Omit<PayOutBody, 'idempotencyKey' | 'storeId'> }
  | { ready: false; missing: string }
/** A payout of what is there and not held, with a reason. */
export function readPayOut(
  { amount, reason }: { amount: string; reason: string },
  { availableFen }: ValueMember,
): ReadPayOut {
  const amountFen = parseFen(amount)
  if (!amountFen) return { ready: false, missing: '写退多少' }
  if (amountFen > availableFen) return { ready: false, missing: `最多能退 ${formatFen(availableFen)}` }
  if (!reason.trim()) return { ready: false, missing: '写为什么退' }
  return { ready: true, body: { amountFen, expectFen: availableFen, reason: reason.trim() } }
}
