import { csvText } from '../../ui/csv.ts'
import type { Level } from './model.ts'

/** Levels as a CSV that spreadsheets open as it is: the sum from left to right, as the list says it. */
export const csvOf = (levels: readonly Level[]): string =>
  csvText(
    ['门店', '商品', '条码', '货位', '在手', '预占', '安全', '活动锁', '过期停售', '缓冲', '可售'],
    levels.map((level) => [
      level.storeId,
      level.name,
      level.barcode,
      level.shelf ?? '',
      ...[level.onHand, level.reserved, level.safety, level.locked, level.expired].map(String),
      ...[level.buffer, level.available].map(String),
    ]),
  )
