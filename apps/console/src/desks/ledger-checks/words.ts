import { formatFen } from '../../ui/fen.ts'
import type { Fault, Ledger, LedgerCheck } from './checks.ts'

const figureWords: Record<Fault['figure'], string> = {
  available: '可用',
  frozen: '待生效',
  held: '占用',
  debt: '欠的',
  points: '总数',
  kept: '没退回的',
  growth: '成长值',
}
const bookWords: Record<Fault['book'], (fault: Fault) => string> = {
  account: () => '账户',
  lot: ({ lastDay }) => `${lastDay ?? ''} 到期的一批`,
  spend: ({ lastDay }) => `一单抵扣的（${lastDay ?? ''} 到期的一批）`,
  grant: () => '一单得的',
}

/** Which figure it is: `账户 · 可用`, `2027-11-30 到期的一批 · 可用`. */
export const faultWords = (fault: Fault): string =>
  `${bookWords[fault.book](fault)} · ${figureWords[fault.figure]}`

/** Points as they are counted, stored value as money. */
export const amountWords = (ledger: Ledger, amount: number): string =>
  ledger === 'value' ? formatFen(amount) : amount.toLocaleString('zh-CN')

/** What the last checks say together: `最近 30 次全对上`. */
export const historyWords = (checks: readonly LedgerCheck[]): string => {
  const bad = checks.filter(({ wrong }) => wrong > 0).length
  return bad === 0 ? `最近 ${checks.length} 次全对上` : `最近 ${checks.length} 次里，${bad} 次对不上`
}
