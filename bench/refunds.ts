// Refunds at the console's own route: of orders that were bought and paid before, each once, because WeChat wants a minute between refunds of one payment.
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '../apps/server/src/kernel/id.ts'
import { type GiveBack, refundIds } from '../apps/server/src/rooms/orders/commands.ts'
import type { Chain } from './chain.ts'
import { skuIds, STAFF_ID, STORES } from './data.ts'
import { CALLERS, measure, ratio, SECONDS } from './measure.ts'
import type { Book } from './report.ts'
import { realMembers } from './shoppers.ts'
import { unbatched } from './unbatched.ts'

const BUY_SECONDS = 3 * SECONDS
const FOLLOW_SECONDS = 2 * SECONDS
const REASON = '量具退款'

interface Paid {
  id: string
  fen: number
}

async function buy(chain: Chain, client: pg.Client): Promise<Paid[]> {
  await measure('buying what is refunded', {
    origin: chain.origins[0] ?? '',
    sandbox: chain.sandbox,
    kind: 'purchase',
    tokens: await realMembers(chain, CALLERS),
    storeIds: STORES,
    skuIds: skuIds.slice(1),
    seconds: BUY_SECONDS,
  })
  const { rows } = await client.query<Paid>(
    `select id, total_fen::int as fen from orders where state = 'PAID' and refund_state = 'NONE' order by placed_at`,
  )
  return rows
}

const command = ({ id, fen }: Paid): GiveBack => ({
  verb: 'refund',
  orderId: id,
  refundIds: refundIds(),
  key: randomUUID(),
  bodyHash: createHash('sha256').update(id).digest('hex'),
  lines: null,
  expectFen: fen,
  reason: REASON,
  uncollected: false,
  ourFault: false,
  auditor: { id: newId(), staffId: STAFF_ID, requestId: randomUUID() },
  by: 'staff:bench',
  at: new Date(),
})

/** How many refunds WeChat confirmed per second, while they are sent as on any day. */
async function confirmed(client: pg.Client): Promise<number> {
  const count = async () => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from refund where state = 'SUCCESS'`,
    )
    return rows[0]?.n ?? 0
  }
  const [before, begun] = [await count(), performance.now()]
  await sleep(FOLLOW_SECONDS * 1000)
  return Math.round((((await count()) - before) * 1000) / (performance.now() - begun))
}

/** Accepted: decided, booked, the goods free again, and sure to be sent. */
export async function refunds(chain: Chain, book: Book): Promise<void> {
  const client = new pg.Client({ connectionString: chain.databaseUrl })
  await client.connect()
  try {
    const paid = await buy(chain, client)
    const half = paid.splice(0, Math.floor(paid.length / 2))
    const accepted = await measure('refunds', {
      origin: chain.origins[0] ?? '',
      kind: 'post',
      tokens: [chain.staffToken],
      posts: half.map(({ id, fen }) => ({
        path: `/console/v1/orders/${id}/refunds`,
        body: { idempotencyKey: randomUUID(), expectFen: fen, reason: REASON },
      })),
      warmUp: 0,
      seconds: 60,
    })
    const sent = await confirmed(client)
    const next = () => {
      const order = paid.pop()
      return order && command(order)
    }
    const slow = await unbatched(chain.databaseUrl, { callers: CALLERS, seconds: SECONDS, next })
    Object.assign(book.figures, { refunds: accepted, refundsConfirmed: sent, refundsUnbatched: slow })
    book.rows.push(
      {
        what: 'refunds accepted, each of another order',
        figure: `${accepted.okPerSecond}/s, p99 ${accepted.p99} ms`,
        beside: `unbatched, no HTTP ${slow}/s → × ${ratio(accepted.okPerSecond, slow)}`,
        aim: '≥ 300/s',
        met: accepted.okPerSecond >= 300,
      },
      {
        what: 'refunds sent and confirmed, real signatures',
        figure: `${sent}/s`,
        beside: 'WeChat takes 150/s',
        aim: '',
        met: null,
      },
    )
  } finally {
    await client.end()
  }
}
