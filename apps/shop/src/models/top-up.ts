import { type CounterTender, readTaking, readYuan } from './counter.ts'
import { yuanText } from './money.ts'
import type { TopUpBody, ValueMember } from './wire.ts'

export interface TopUpForm {
  amount: string
  tender: CounterTender
  /** What the shopper gave, or the number on the slip. */
  paid: string
  name: string
  document: string
}
export const EMPTY_TOP_UP: TopUpForm = { amount: '', tender: 'cash', paid: '', name: '', document: '' }

export type ReadTopUp =
  | { ready: true; body: Omit<TopUpBody, 'idempotencyKey' | 'storeId'>; changeFen: number }
  | { ready: false; missing: string }

/** What is sent for what the clerk typed, and the change; or what is still missing, the limit said before anything is sent. */
export function readTopUp(form: TopUpForm, { roomFen, holder }: ValueMember): ReadTopUp {
  const amountFen = readYuan(form.amount)
  if (!amountFen) return { ready: false, missing: '输充多少钱' }
  if (roomFen === 0) return { ready: false, missing: '现在不能充：总部没有开，或已到上限' }
  if (amountFen > roomFen) return { ready: false, missing: `最多还能充 ${yuanText(roomFen)}` }
  const document = form.document.trim().toUpperCase()
  if (!holder && form.name.trim() === '') return { ready: false, missing: '第一次充值，输证件上的姓名' }
  if (!holder && !/^\d{17}[\dX]$/.test(document)) return { ready: false, missing: '输 18 位身份证号' }
  const taking = readTaking(form.tender, amountFen, form.paid)
  if (!taking.ready) return taking
  const named = holder ? {} : { holder: { name: form.name.trim(), document } }
  return {
    ready: true,
    body: { tender: form.tender, amountFen, ...taking.body, ...named },
    changeFen: taking.changeFen,
  }
}
