/** What the pretended ERP can be told to do, the faults of two systems that talk among them. */
import { SimProblem } from '../../problem.ts'
import { changes, contradiction, listing, unmapped } from './batches.ts'
import type { Batch, Book, Sent } from './book.ts'
import { sendList } from './lists.ts'
import { beat, send } from './sending.ts'
import type { Desk } from './sending.ts'

const fresh = (desk: Desk, make: (book: Book, at: Date) => Batch): Promise<Sent> => {
  const batch = make(desk.book, desk.now())
  desk.book.last = batch
  return send(desk, batch)
}
const lastOf = ({ book }: Desk): Batch => {
  if (book.last) return book.last
  throw new SimProblem(409, 'erp.nothing_sent', '还没有发过一批，先发一批增量')
}

export const DEEDS = {
  /** Full lists. */
  stock: (desk: Desk) => sendList(desk, 'stock'),
  prices: (desk: Desk) => sendList(desk, 'prices'),
  /** Batches of events. */
  changes: (desk: Desk) => fresh(desk, changes),
  listing: (desk: Desk) => fresh(desk, listing),
  /** What goes wrong. */
  unmapped: (desk: Desk) => fresh(desk, unmapped),
  duplicate: (desk: Desk) => send(desk, { ...lastOf(desk), what: `再发一遍：${lastOf(desk).what}` }),
  contradiction: (desk: Desk) => send(desk, contradiction(lastOf(desk))),
  reordered: async (desk: Desk) => {
    const first = changes(desk.book, desk.now())
    await fresh(desk, changes)
    return send(desk, { ...first, what: `晚到：${first.what}` })
  },
  gap: (desk: Desk) => {
    desk.book.withheld.push(changes(desk.book, desk.now()))
    return fresh(desk, changes)
  },
  fill: async (desk: Desk) => {
    for (const batch of desk.book.withheld.splice(0))
      await send(desk, { ...batch, what: `补发：${batch.what}` })
    return desk.book.sent[0]
  },
  beat: async (desk: Desk) => {
    await beat(desk)
    return undefined
  },
} satisfies Record<string, (desk: Desk) => Promise<Sent | undefined>>
export type Deed = keyof typeof DEEDS
