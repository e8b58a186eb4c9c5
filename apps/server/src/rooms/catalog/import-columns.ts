import { type Cells as CsvCells, readCsvTable, type Table as CsvTable } from '#kernel/csv-table'
import { csvColumnsMissing, csvTooLong, csvUnreadable } from './problems.ts'

export type Column =
  | 'barcode'
  | 'name'
  | 'subtitle'
  | 'category'
  | 'unit'
  | 'price'
  | 'onlinePrice'
  | 'stores'
  | 'shelf'
  | 'onShelf'
  | 'pieceGrams'
  | 'perGrams'
  | 'speciality'

/** What a column may be called; head office writes Chinese, exports of other systems English. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  barcode: ['条码', '条形码', '商品条码', 'barcode'],
  name: ['名称', '商品名称', '品名', 'name'],
  subtitle: ['副标题', '卖点', 'subtitle'],
  category: ['分类', '类目', '商品分类', 'category'],
  unit: ['单位', '销售单位', 'unit'],
  price: ['价格', '售价', '门店价', 'price'],
  onlinePrice: ['线上价', '线上专享价', '专享价', 'onlineprice', 'online_price'],
  stores: ['门店', '门店编号', '适用门店', 'store', 'stores'],
  shelf: ['货位', '货架', '货架号', '库位', 'shelf'],
  onShelf: ['上架', '在架', 'onshelf', 'on_shelf'],
  pieceGrams: ['约重', '每份约重', '每份克数', 'piece_grams'],
  perGrams: ['计价克数', '单价克数', 'per_grams'],
  speciality: ['特产', 'speciality'],
}
/** What a column is called on screens and in the template. */
export const columnName = (column: Column): string => NAMES[column][0] ?? column

export type Cells = CsvCells<Column>
export type Table = CsvTable<Column>

export const MOST_ROWS = 5000

/** Reads a CSV as a table of known columns. Refuses what is no CSV, not UTF-8, too long, or has no barcodes. */
export const readTable = (csv: string): Table =>
  readCsvTable(csv, {
    names: NAMES,
    needed: ['barcode'],
    mostRows: MOST_ROWS,
    unreadable: csvUnreadable,
    tooLong: csvTooLong,
    columnsMissing: csvColumnsMissing,
  })
