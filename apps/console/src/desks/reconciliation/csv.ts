import { beijing, csvText } from '../../ui/csv.ts'
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
  '对方单号',
  '发生时间',
  '谁在办',
  '原因',
  '处理',
]

/** Differences as a CSV that spreadsheets open as it is. */
export const csvOf = (differences: readonly Difference[]): string =>
  csvText(
    head,
    differences.map((each) => [
      each.no,
      each.day,
      sourceWords[each.source],
      kindWords[each.kind],
      stateOf(each).word,
      { fen: each.oursFen },
      { fen: each.theirsFen },
      { fen: deltaOf(each) },
      each.storeId ?? '',
      each.orderNo ?? '',
      each.ourNo ?? '',
      each.number,
      beijing(each.happenedAt),
      each.owner?.name ?? '',
      ...reasonOf(each),
    ]),
  )
