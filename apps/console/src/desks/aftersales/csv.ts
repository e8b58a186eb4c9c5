import { beijing, csvText } from '../../ui/csv.ts'
import { kindWords, reasonWords, stateOf, type AftersaleRow } from './model.ts'

const head = [
  '申请时间',
  '订单号',
  '商品',
  '件数',
  '怎么退',
  '为什么',
  '照片',
  '顾客',
  '手机尾号',
  '卖出的店',
  '退（元）',
  '到哪一步',
  '谁在跟',
  '最晚',
]

/** Requests as a CSV that spreadsheets open as it is. An exchange gives back no money, so its sum stays empty. */
export const csvOf = (rows: readonly AftersaleRow[]): string =>
  csvText(
    head,
    rows.map((row) => [
      beijing(row.appliedAt),
      row.orderNo,
      row.lines.map(({ name, quantity, unit }) => `${name} ${quantity} ${unit}`).join('；'),
      String(row.pieces),
      kindWords[row.kind],
      reasonWords[row.reason],
      String(row.photos),
      row.memberName,
      row.phoneTail ?? '',
      `${row.storeId} ${row.storeName}`,
      { fen: row.kind === 'exchange' ? null : row.amountFen },
      stateOf(row).word,
      row.ownerName ?? '',
      row.dueAt ? beijing(row.dueAt) : '',
    ]),
  )
