import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import type { Sweep } from '#kernel/jobs'
import { type Endpoint, listEndpoints, type WebhookTopic } from './endpoints.sql.ts'
import * as sql from './filling.sql.ts'

const AT_ONCE = 1000
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
export const fillSweep = ({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Sweep => ({
  name: 'webhooks.fill',
  seconds: 2,
  async run() {
    for (const book of ['order_event', 'stock_ledger'] as const)
      while (await inTx(db, (tx) => fillFrom(tx, book, clock.now())));
  },
})

/** One round; true when there is more. */
async function fillFrom(tx: Tx, book: sql.Book, at: Date): Promise<boolean> {
  const cursor = await sql.claimCursor(tx, book)
  if (!cursor) return sql.openCursor(tx, book)
  const endpoints = await listEndpoints(tx)
  const { top, oldest, next } = await sql.readPosition(tx, book)
  // Everything that was under way when `mark` was the last entry has ended: none below it can still appear.
  const isSafe = oldest >= cursor.markNext
  const upTo = isSafe ? cursor.mark : cursor.passed
  let passed = endpoints.length > 0 ? cursor.passed : upTo
  let more = false
  if (upTo > passed) {
    const span = { after: passed, upTo, limit: AT_ONCE }
    const [told, messages] =
      book === 'order_event'
        ? await sql
            .readOrders(tx, span)
            .then((rows) => [rows.map(({ ref }) => ref), orderMessages(endpoints, rows)] as const)
        : await sql
            .readStock(tx, span)
            .then((rows) => [rows.map(({ id }) => id), stockMessages(endpoints, rows)] as const)
    await sql.insertMessages(tx, messages, at)
    more = told.length === AT_ONCE
    passed = more ? (told.at(-1) ?? upTo) : upTo
  }
  const mark =
    isSafe && !more ? { mark: top, markNext: next } : { mark: cursor.mark, markNext: cursor.markNext }
  await sql.setCursor(tx, book, { passed, ...mark })
  return more
}
