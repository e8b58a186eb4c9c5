// What one server sells, every other says: how long that takes, piece by piece down to the last.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Chain, openChain } from './chain.ts'
import { memberIds } from './data.ts'
import { say } from './measure.ts'
import type { Book } from './report.ts'
import { openSale, passFor, type Sale, STORE } from './sale.ts'

const PIECES = 60
const SKU = 710
const AIM_MS = 200
const GIVE_UP_MS = 10_000
const DEVICE = 'bench0123456789abcdef'
const rounded = (ms: number): number => Math.round(ms * 10) / 10

const post = (origin: string, path: string, token: string, body: unknown): Promise<Response> =>
  fetch(origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Asks again and again; the moment at which so many are left, as that server says it. */
async function heardAt(origin: string, { campaignId }: Sale, left: number): Promise<number> {
  const from = performance.now()
  while (performance.now() - from < GIVE_UP_MS) {
    const reply = await fetch(`${origin}/v1/campaigns/${campaignId}?storeId=${STORE}`)
    const said = (await reply.json()) as { items?: { left: number }[] }
    if (said.items?.[0]?.left === left) return performance.now()
    await sleep(1)
  }
  throw new Error(`${origin} never said that ${left} are left`)
}

/** Sells one piece on the first server; milliseconds from its answer until the second says so. At least 0: news may be faster than the answer. */
async function sellOne(chain: Chain, sale: Sale, at: number): Promise<number> {
  const [here = '', there = ''] = chain.origins
  const memberId = memberIds[at] ?? ''
  const heard = heardAt(there, sale, PIECES - at - 1)
  const reply = await post(here, '/v1/orders', chain.tokenOf(memberId), {
    idempotencyKey: `the-last-ones-${at}`,
    storeId: STORE,
    fulfilment: { kind: 'pickup' },
    lines: [{ skuId: sale.skuId, quantity: 1 }],
    campaign: { campaignId: sale.campaignId, pass: passFor(chain, sale, memberId) },
  })
  const answeredAt = performance.now()
  if (!reply.ok) throw new Error(`piece ${at}: ${reply.status} ${await reply.text()}`)
  return Math.max(0, (await heard) - answeredAt)
}

/** Two servers, one sale: sold out on the one, refused by name on the other. */
export async function soldOut(book: Book): Promise<void> {
  const chain = await openChain({ servers: 2 })
  try {
    const sale = await openSale(chain, SKU, { quota: PIECES, perMember: 2 })
    await sleep(Math.max(0, sale.startsAt - Date.now()) + 500)
    const times: number[] = []
    for (let at = 0; at < PIECES; at++) times.push(await sellOne(chain, sale, at))
    const refusal = await post(
      chain.origins[1] ?? '',
      `/v1/campaigns/${sale.campaignId}/entries`,
      chain.tokenOf(memberIds[PIECES] ?? ''),
      { storeId: STORE, skuId: sale.skuId, device: DEVICE },
    )
    const { code } = (await refusal.json()) as { code?: string }
    if (code !== 'campaigns.sold_out') throw new Error(`the other server says ${String(code)}`)
    const sorted = times.toSorted((a, b) => a - b)
    const p50 = rounded(sorted[Math.floor(PIECES / 2)] ?? 0)
    const max = rounded(sorted.at(-1) ?? 0)
    const last = rounded(times.at(-1) ?? 0)
    say(`  the other server knows: p50 ${p50} ms, max ${max} ms; of the last piece ${last} ms`)
    Object.assign(book.figures, { soldOutKnownMs: last, pieceKnownP50Ms: p50, pieceKnownMaxMs: max })
    book.rows.push({
      what: 'sold out on one server, known on the other',
      figure: `${last} ms`,
      beside: `each of ${PIECES} pieces: p50 ${p50} ms, slowest ${max} ms after the answer to its order`,
      aim: `≤ ${AIM_MS} ms`,
      met: max <= AIM_MS,
    })
  } finally {
    await chain.close()
  }
}
