import { fenToField } from '../../ui/fen.ts'
import { deltaOf, kindWords, reasonOf, sourceWords, stateOf, type Difference } from './model.ts'

const head = [
  '编号',
  '账单日',
  '来源',
  '差异',
  '状态',
  '我方（元）',
  '对方（元）',
  '差额（元）',
  '门店',
  '订单号',
  '我方单号',
  '微信单号',
  '发生时间',
  '谁在办',
  '原因',
  '处理',
]

const yuan = (fen: number | null): string =>
  fen === null ? '' : `${fen < 0 ? '-' : ''}${fenToField(Math.abs(fen))}`

/** Long numbers behind a tab, or a spreadsheet rounds them; words that begin like a formula behind an apostrophe, or it runs them. */
const asText = (text: string): string =>
  /^\d{12,}$/.test(text) ? `\t${text}` : text.replace(/^(?=[=+\-@\t\r])/, "'")
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`

const beijing = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** Differences as a CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, yuan. */
export const csvOf = (differences: readonly Difference[]): string => {
  const rows = differences.map((each) => {
    const words = [each.no, each.day, sourceWords[each.source], kindWords[each.kind], stateOf(each).word]
    const sums = [yuan(each.oursFen), yuan(each.theirsFen), yuan(deltaOf(each))]
    const rest = [
      each.storeId ?? '',
      each.orderNo ?? '',
      each.ourNo ?? '',
      each.number,
      beijing(each.happenedAt),
      each.owner?.name ?? '',
      ...reasonOf(each),
    ]
    return [...words.map(asText), ...sums, ...rest.map(asText)]
  })
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}
