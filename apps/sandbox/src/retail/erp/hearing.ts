/** What the pretended ERP hears by webhook: believed when it is signed, booked once however often it comes. */
import { verifyWebhook, WebhookFault } from '@linli/partner-client'
import type { WebhookEvent } from '@linli/partner-client'
import { bookEntries, note } from './book.ts'
import type { Book, Heard } from './book.ts'
import { STORES } from './goods.ts'

const FEN = 100
const yuan = (fen: number): string => `¥${(fen / FEN).toFixed(2)}`
const storeOf = (storeId: string): string | undefined =>
  Object.entries(STORES).find(([, ours]) => ours === storeId)?.[0]

const wordsOf = (event: WebhookEvent, booked: number): string => {
  if (event.type === 'stock.moved') {
    const moved = event.data.entries.map(
      ({ storeId, barcode, reason, delta }) =>
        `${storeId} ${barcode} ${reason} ${delta > 0 ? '+' : ''}${delta}`,
    )
    return `${moved.slice(0, 3).join('；')}${moved.length > 3 ? ` 等 ${moved.length} 笔` : ''}（记账 ${booked} 笔）`
  }
  const { storeId, orderNo, totalFen } = event.data
  const lines = event.type === 'sale.completed' ? `，${event.data.lines.length} 种商品` : ''
  return `${storeId} 订单 ${orderNo} ${yuan(totalFen)}${lines}`
}

type Message = { headers: Record<string, string | string[] | undefined>; body: string }

/** Takes a message; answers the status that the chain is to see. */
export const hear = async (book: Book, secret: string, { headers, body }: Message): Promise<number> => {
  if (book.isCut) return 503
  const at = new Date().toISOString()
  try {
    const { id, event } = await verifyWebhook(secret, { headers, body })
    const known = book.heard.find((one) => one.id === id)
    if (known) known.times += 1
    if (book.answers === 'failing') return 500
    if (!known) {
      const booked = event.type === 'stock.moved' ? bookEntries(book, event.data.entries, storeOf) : 0
      note<Heard>(book.heard, {
        id,
        at,
        type: event.type,
        words: wordsOf(event, booked),
        times: 1,
        fault: null,
      })
    }
    return book.answers === 'lost' ? 500 : 204
  } catch (error) {
    if (!(error instanceof WebhookFault)) throw error
    note<Heard>(book.heard, {
      id: '',
      at,
      type: '',
      words: '不是对方发的，没有记账',
      times: 1,
      fault: error.reason,
    })
    return 400
  }
}
