/** Taking goods back against a receipt of this till: what is given back follows from what was paid, piece by piece. */
import { nextNumber } from './book.ts'
import type { Receipt, ReturnedLine, ReturnReceipt, SaleReceipt } from './book.ts'
import { refuse } from './till.ts'
import type { Till } from './till.ts'

export type ReturnWish = { lineNo: number; quantity: number; resellable: boolean }

export const saleIn = ({ book }: Till, posTxnId: string): SaleReceipt => {
  const wanted = posTxnId.trim().toUpperCase()
  const found = book.receipts.find((each) => each.kind === 'sale' && each.posTxnId.toUpperCase() === wanted)
  return found?.kind === 'sale' ? found : refuse('receipt_unknown', '这台机器没有这张小票', 404)
}

/** Pieces of a line that came back already. */
export const returnedOf = (receipts: readonly Receipt[], posTxnId: string, lineNo: number): number =>
  receipts
    .flatMap((each) => (each.kind === 'return' && each.returnOf === posTxnId ? each.lines : []))
    .filter((line) => line.lineNo === lineNo)
    .reduce((sum, { quantity }) => sum + quantity, 0)

/** What these pieces bring, after those before them: rounded down each time, so that all together bring what was paid. */
export const backFen = (
  payFen: number,
  { before, pieces, of }: { before: number; pieces: number; of: number },
): number => Math.floor((payFen * (before + pieces)) / of) - Math.floor((payFen * before) / of)

/** Writes the return and gives the money back; the shop hears of it when it listens. */
export const takeBack = async (
  till: Till,
  posTxnId: string,
  wishes: readonly ReturnWish[],
  tender: 'cash' | 'scan',
): Promise<ReturnReceipt> => {
  const { book } = till
  const sale = saleIn(till, posTxnId)
  const lines = wishes
    .filter(({ quantity }) => quantity > 0)
    .map(({ lineNo, quantity, resellable }): ReturnedLine => {
      const line = sale.lines[lineNo - 1] ?? refuse('line_gone', '小票上没有这一行', 404)
      const before = returnedOf(book.receipts, sale.posTxnId, lineNo)
      if (before + quantity > line.quantity)
        refuse('too_many', `「${line.name}」最多还能退 ${line.quantity - before} 件`)
      const payFen = backFen(line.payFen, { before, pieces: quantity, of: line.quantity })
      return { ...line, quantity, payFen, resellable, lineNo }
    })
  if (lines.length === 0) refuse('empty', '选要退的商品')
  if (new Set(lines.map(({ lineNo }) => lineNo)).size < lines.length) refuse('line_twice', '同一行选了两遍')
  const receipt: ReturnReceipt = {
    kind: 'return',
    posTxnId: nextNumber(book, till.now()),
    returnOf: sale.posTxnId,
    storeId: sale.storeId,
    terminal: book.place.terminal,
    soldAt: new Date(till.now()).toISOString(),
    tender,
    paidFen: lines.reduce((sum, { payFen }) => sum + payFen, 0),
    lines,
    state: 'waiting',
    words: [],
    tries: 0,
  }
  book.receipts.push(receipt)
  await till.save()
  return receipt
}
