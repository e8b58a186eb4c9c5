import type { Ctx } from '#kernel/ctx'
import type { Tx } from '#kernel/db'
import { follow, type Span } from '#kernel/following'
import { newId } from '#kernel/id'
import type { Sweep } from '#kernel/jobs'
import { type Endpoint, listEndpoints, type WebhookTopic } from './endpoints.sql.ts'
import * as sql from './filling.sql.ts'

/** Stock entries of one message at most: a delivery of a hundred lines is one message. */
const ENTRIES = 100

/** One that is stopped is told too: it hears of it when it is started again. What was before an endpoint is none of its business. */
const wants = (
  { topics, storeIds, createdAt }: Endpoint,
  topic: WebhookTopic,
  { storeId, at }: { storeId: string; at: Date },
): boolean => topics.includes(topic) && at >= createdAt && (storeIds === null || storeIds.includes(storeId))

/** What the endpoints are told of what happened to orders. */
export const orderMessages = (
  endpoints: readonly Endpoint[],
  told: readonly sql.OrderTold[],
): sql.NewMessage[] =>
  told.flatMap(({ ref, verb, lines, at, ...order }) => {
    const timestamp = at.toISOString()
    const about = (topic: WebhookTopic, type: string, data: unknown) =>
      endpoints
        .filter((endpoint) => wants(endpoint, topic, { storeId: order.storeId, at }))
        .map(({ id }) => ({
          id: newId(),
          endpointId: id,
          topic,
          ref,
          kind: type,
          body: { type, timestamp, data },
        }))
    return [
      ...about('orders', `order.${verb}`, order),
      ...(lines === null ? [] : about('sales', 'sale.completed', { ...order, lines })),
    ]
  })

/** What the endpoints are told of goods that moved: entry by entry, many to a message. */
export const stockMessages = (
  endpoints: readonly Endpoint[],
  told: readonly sql.StockTold[],
): sql.NewMessage[] =>
  endpoints.flatMap((endpoint) => {
    const mine = told.filter((entry) => wants(endpoint, 'stock', entry))
    return Array.from({ length: Math.ceil(mine.length / ENTRIES) }, (_, i) => {
      const entries = mine.slice(i * ENTRIES, (i + 1) * ENTRIES)
      const last = entries.at(-1)
      return {
        id: newId(),
        endpointId: endpoint.id,
        topic: 'stock',
        ref: last?.id ?? 0,
        kind: 'stock.moved',
        body: { type: 'stock.moved', timestamp: last?.at.toISOString(), data: { entries } },
      }
    })
  })

/** Makes messages of what the append-only books say, each entry once. Whoever writes the books knows nothing of it and does nothing for it. */
export function fillSweep(ctx: Pick<Ctx, 'db' | 'clock' | 'metrics'>): Sweep {
  const tell = (
    book: 'order_event' | 'stock_ledger',
    messagesOf: (tx: Tx, endpoints: readonly Endpoint[], span: Span) => Promise<sql.NewMessage[]>,
  ) =>
    follow(ctx, {
      name: `webhooks.${book}`,
      book,
      cursors: 'webhook_cursor',
      async take(tx, span) {
        const endpoints = await listEndpoints(tx)
        if (endpoints.length > 0)
          await sql.insertMessages(tx, await messagesOf(tx, endpoints, span), ctx.clock.now())
      },
    })
  const books = [
    tell('order_event', async (tx, endpoints, span) =>
      orderMessages(endpoints, await sql.readOrders(tx, span)),
    ),
    tell('stock_ledger', async (tx, endpoints, span) =>
      stockMessages(endpoints, await sql.readStock(tx, span)),
    ),
  ]
  return {
    name: 'webhooks.fill',
    seconds: 2,
    async run() {
      for (const book of books) await book.run()
    },
    behind: () => books.reduce((sum, book) => sum + book.behind(), 0),
  }
}
