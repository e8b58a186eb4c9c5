/** The line from the pretended ERP to the chain: signed requests, what becomes of them, and what waits while the line is cut. */
import { ApiProblem, createPartnerClient } from '@linli/partner-client'
import type { Output, PartnerApi, PartnerRoutes } from '@linli/partner-client'
import { SimProblem } from '../../problem.ts'
import { numbersOf } from './batches.ts'
import { note } from './book.ts'
import type { Batch, Book, Sent } from './book.ts'
import { readErpKey } from './key.ts'

/** What the ERP works with. */
export type Desk = { book: Book; dataDir: string; now: () => Date; signal: AbortSignal }
/** The chain's answer in words, and whether every row was taken in. */
export type Said = { words: string; isWhole: boolean }
export type Line = { api: PartnerApi; params: { sourceCode: string } }
type Answer = Output<PartnerRoutes['POST /partner/v1/feeds/:sourceCode/events']>

const PATIENCE_MS = 8_000
const TRIES = 2
const FAULTS_FROM = 500

/** Opens the line with the key that the chain gave. */
export const lineOf = async ({ dataDir }: Desk): Promise<Line> => {
  const key = await readErpKey(dataDir)
  if (!key) throw new SimProblem(409, 'erp.no_key', '这个 ERP 还没有接入：npm start 起来以后才有密钥')
  const api = createPartnerClient({ origin: key.origin, key, tries: TRIES, timeoutMs: PATIENCE_MS })
  return { api, params: { sourceCode: key.source } }
}

/** Does the work and says in the list of what was sent what became of it. */
export const tell = async (sent: Sent, work: () => Promise<Said>): Promise<Sent> => {
  try {
    const { words, isWhole } = await work()
    return Object.assign(sent, { state: isWhole ? 'done' : 'partly', words })
  } catch (error) {
    if (!(error instanceof ApiProblem)) return Object.assign(sent, { state: 'silent', words: '没有等到回答' })
    const { status, code } = error.problem
    return Object.assign(sent, { state: status < FAULTS_FROM ? 'refused' : 'silent', words: code })
  }
}

const wordsOf = ({ applied, superseded, duplicate, refused, gaps }: Answer): string => {
  const missing = gaps.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join('、')
  return [
    `改了 ${applied}`,
    ...(duplicate > 0 ? [`重复 ${duplicate}`] : []),
    ...(superseded > 0 ? [`已有更新的 ${superseded}`] : []),
    ...refused.slice(0, 1).map(({ row, reason }) => `序号 ${row}：${reason}`),
    ...(refused.length > 1 ? [`一共 ${refused.length} 行没有收`] : []),
    ...(missing === '' ? [] : [`对方缺 ${missing}`]),
  ].join('，')
}

const hear = ({ book, now }: Desk, answer: Answer): Said => {
  book.gaps = answer.gaps
  book.beatAt = now().toISOString()
  return { words: wordsOf(answer), isWhole: answer.refused.length === 0 }
}

/** Sends a batch. What got no answer is sent again later as it is: its numbers see to it that it counts once. */
export const send = async (desk: Desk, batch: Batch): Promise<Sent> => {
  const { book } = desk
  const sent: Sent = {
    at: desk.now().toISOString(),
    what: batch.what,
    numbers: numbersOf(batch),
    state: 'waiting',
    words: '断线中，恢复后再发',
  }
  if (book.isCut) {
    book.queue.push(batch)
    return note(book.sent, sent)
  }
  const { api, params } = await lineOf(desk)
  note(book.sent, sent)
  await tell(sent, async () =>
    hear(desk, await api('POST /partner/v1/feeds/:sourceCode/events', { params, body: batch.events })),
  )
  if (sent.state === 'silent') book.queue.push(batch)
  return sent
}

/** Sends what waited; with nothing to tell, says that nothing changed until now: silence would be taken for a broken line. */
export const beat = async (desk: Desk): Promise<void> => {
  const { book, now, dataDir } = desk
  if (book.isCut || (await readErpKey(dataDir)) === null) return
  book.sent = book.sent.filter(({ state }) => state !== 'waiting')
  for (const batch of book.queue.splice(0)) await send(desk, batch)
  const { api, params } = await lineOf(desk)
  const body = { asOf: now().toISOString() }
  hear(desk, await api('POST /partner/v1/feeds/:sourceCode/events', { params, body }))
}
