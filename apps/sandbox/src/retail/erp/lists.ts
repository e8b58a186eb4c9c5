/** Full lists of the pretended ERP: in parts, closed with their count, and looked after until the chain has applied them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Output, PartnerRoutes } from '@linli/partner-client'
import { rowsOf } from './batches.ts'
import type { Topic } from './batches.ts'
import { note } from './book.ts'
import type { Sent } from './book.ts'
import { lineOf, tell } from './sending.ts'
import type { Desk, Line, Said } from './sending.ts'

type Run = Output<PartnerRoutes['GET /partner/v1/feeds/:sourceCode/snapshots/:runId']>

/** Small, so that a list has several parts as real ones do. */
const PART_ROWS = 20
const LOOK_MS = 500
const LOOKS_MAX = 60
const WORDS = { stock: '库存', prices: '价格' } as const
const OVER: readonly string[] = ['DONE', 'FAILED', 'CANCELLED']

const wordsOf = ({ no, rows, applied, same, superseded, refused, fault }: Run): string =>
  `批次 #${no}：${rows} 行，改了 ${applied}，一样 ${same}，已有更新的 ${superseded}，出错 ${refused}${fault === null ? '' : `，${fault}`}`

/** Sends all that the ERP says of a topic, as of now. */
export const sendList = async (desk: Desk, topic: Topic): Promise<Sent> => {
  const { book, now } = desk
  const line = await lineOf(desk)
  const at = now().toISOString()
  const sent = note<Sent>(book.sent, {
    at,
    what: `全量${WORDS[topic]}`,
    numbers: '',
    state: 'working',
    words: '在发',
  })
  if (book.isCut) return Object.assign(sent, { state: 'silent', words: '断线中，没有发出去' })
  return tell(sent, () => transfer(desk, line, { topic, asOf: at }))
}

const transfer = async (
  { book, signal }: Desk,
  { api, params }: Line,
  { topic, asOf }: { topic: Topic; asOf: string },
): Promise<Said> => {
  const known = topic === 'stock' && book.knownThrough > 0 ? { knownThrough: book.knownThrough } : {}
  const { id: runId } = await api('POST /partner/v1/feeds/:sourceCode/snapshots', {
    params,
    body: { key: `erp-${randomUUID()}`, topic, asOf, ...known },
  })
  const run = { ...params, runId }
  const rows: readonly object[] = rowsOf(topic, book)
  for (let partNo = 1; (partNo - 1) * PART_ROWS < rows.length; partNo++)
    await api('PUT /partner/v1/feeds/:sourceCode/snapshots/:runId/parts/:partNo', {
      params: { ...run, partNo },
      body: { [topic]: rows.slice((partNo - 1) * PART_ROWS, partNo * PART_ROWS) },
    })
  await api('POST /partner/v1/feeds/:sourceCode/snapshots/:runId/closing', {
    params: run,
    body: { rows: rows.length },
  })
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const now = await api('GET /partner/v1/feeds/:sourceCode/snapshots/:runId', { params: run })
    if (OVER.includes(now.state))
      return { words: wordsOf(now), isWhole: now.refused === 0 && now.state === 'DONE' }
    await sleep(LOOK_MS, undefined, { signal })
  }
  return { words: '对方还在应用，到管理台看批次', isWhole: true }
}
