import { SYSTEM } from '#kernel/actor'
import { businessDay, dayAfter, instantOf, secondsAfter } from '#kernel/clock'
import { inOneStatement, inTx, type Tx, violates } from '#kernel/db'
import { someAtATime } from '#kernel/turns'
import type { BillAnswer, BillFile, Billing } from '#room/payments'
import { BillProblem } from './bill-problem.ts'
import { createDecoder, type Encoding } from './bill-text.ts'
import * as days from './days.sql.ts'
import * as finding from './finding.sql.ts'
import { createFundReader, type FundSums } from './fund-bill.ts'
import { FORMATS } from './formats.ts'
import { createLineBatch } from './line-batch.ts'
import * as lines from './lines.sql.ts'
import type { Room } from './room.ts'
import { firstKeptDay, isForAPerson, isLate, lastDueDay, nextLook, nextTry } from './schedule.ts'
import { reopenDays } from './signing-off.ts'

const BATCH = 1000
/** What a piece of the text can hold at most while a batch is not yet sent. */
const PIECE_ROWS = 1000
/** From this many rows on, PostgreSQL is told to look at the table again before it plans. */
const LARGE = 20_000
/** Longer than a run of the largest bill; after a crash the day is tried again then. */
const LEASE_SECONDS = 1800
const DAYS_IN_A_SWEEP = 100
const DOUBTS = 500
const ASK_AT_ONCE = 4

/** The sweep: makes the days due that are over, and runs what is due, the oldest first. */
export async function runDueDays(room: Room): Promise<void> {
  const { db, clock } = room.ctx
  await openDays(room)
  for (let turn = 0; turn < DAYS_IN_A_SWEEP; turn++) {
    const now = clock.now()
    const providers = room.payments.billing.map(({ provider }) => provider)
    const claim = { providers, now, first: firstKeptDay(now), until: secondsAfter(now, LEASE_SECONDS) }
    const claimed = await inOneStatement(db, (tx) => days.claimDay(tx, claim))
    if (!claimed) return
    await runDay(room, claimed)
  }
}

/** Days that were missed (the server was down, or is new) are caught up as far as bills are kept. */
async function openDays({ ctx, payments }: Room): Promise<void> {
  const now = ctx.clock.now()
  const last = lastDueDay(now)
  for (const { provider } of payments.billing) {
    const paidAt = await days.firstPaidAt(ctx.db, provider)
    if (!paidAt) continue
    const [kept, paid] = [firstKeptDay(now), businessDay(paidAt)]
    const first = paid > kept ? paid : kept
    if (first <= last)
      await inOneStatement(ctx.db, (tx) => days.ensureDays(tx, provider, { first, last, now }))
  }
}
const spanOf = ({ provider, day }: days.BillDay): finding.Span => ({
  provider,
  day,
  from: instantOf(day),
  until: instantOf(dayAfter(day, 1)),
})
const bySystem = ({ ctx }: Room) => ({ now: ctx.clock.now(), by: SYSTEM })

function billingOf({ payments }: Room, { provider }: days.BillDay): Billing {
  const billing = payments.billing.find((each) => each.provider === provider)
  if (!billing) throw new Error(`no bills of ${provider}`)
  return billing
}

const NONE: BillAnswer = { state: 'none' }
/** One day: fetch the bills there are, compare, and ask the provider about what it may clear up. */
async function runDay(room: Room, claimed: days.ClaimedDay): Promise<void> {
  const { provider, day } = claimed
  const { kinds } = billingOf(room, claimed)
  const trade = await room.payments.takeBill(provider, 'trade', day)
  const funds =
    kinds.includes('funds') && (trade.state === 'ready' || (await hasOnlyTransfers(room, claimed, trade)))
      ? await room.payments.takeBill(provider, 'funds', day)
      : NONE
  try {
    const answers = [trade, funds]
    const trouble = answers.find((answer) => answer.state === 'trouble')
    if (trouble)
      return await fail(room, claimed, { code: trouble.code, detail: null, inTheBill: isWrong(trouble.code) })
    if (answers.some((answer) => answer.state === 'creating') || (await isTooEarly(room, claimed, trade)))
      return await wait(room, claimed)
    await compare(room, claimed, { trade: fileOf(trade), funds: fileOf(funds) })
    await clearDoubts(room)
  } catch (error) {
    await fail(room, claimed, told(error))
  } finally {
    for (const answer of [trade, funds]) await fileOf(answer)?.remove()
  }
}

/** A day without trades has an account's bill all the same when somebody was paid. */
const hasOnlyTransfers = async ({ ctx }: Room, day: days.BillDay, trade: BillAnswer): Promise<boolean> =>
  trade.state === 'none' && (await days.hasTransfers(ctx.db, spanOf(day)))

/** "No statement" means a day without trades, or one whose bill is late. Where we booked payments, it is given time. */
async function isTooEarly({ ctx }: Room, day: days.BillDay, trade: BillAnswer): Promise<boolean> {
  if (trade.state !== 'none' || isLate(day.day, ctx.clock.now())) return false
  return days.hasPayments(ctx.db, spanOf(day))
}

const fileOf = (answer: BillAnswer): BillFile | null => (answer.state === 'ready' ? answer.file : null)
const isWrong = (code: string): boolean => code === 'BILL_HASH'

interface Fault {
  code: string
  detail: string | null
  /** The bill itself is wrong, not the way to it. */
  inTheBill: boolean
}
function told(error: unknown): Fault {
  if (error instanceof BillProblem) return { code: error.code, detail: error.message, inTheBill: true }
  if (violates(error, 'bill_line_pkey')) return { code: 'row_twice', detail: null, inTheBill: true }
  throw error
}

async function compare(
  room: Room,
  { provider, day: date }: days.BillDay,
  bills: { trade: BillFile | null; funds: BillFile | null },
): Promise<void> {
  const day = { provider, day: date }
  const span = spanOf(day)
  const found = await inTx(room.ctx.db, async (tx) => {
    const marks = bySystem(room)
    await days.lockRuns(tx)
    const replaced = await lines.clearLines(tx, day)
    const rows = bills.trade ? await load(room, tx, day, bills.trade) : 0
    const funds = bills.funds ? await loadFunds(tx, day, bills.funds) : null
    if (rows + replaced > LARGE) await lines.measureLines(tx)
    await days.noteDone(tx, day, {
      at: marks.now,
      rows,
      tradeSha1: bills.trade?.sha1 ?? null,
      fundsSha1: bills.funds?.sha1 ?? null,
      funds,
    })
    const differences = await finding.noteDifferences(tx, span, marks)
    const both = bills.trade && funds
    await finding.noteFunds(tx, span, both && (await disagreement(tx, day, both)), marks)
    await settle(room, tx, [day])
    await room.payments.closeAlarm(tx, alarmOf(day), '系统重试后对账成功')
    return { rows, differences }
  })
  room.ctx.log.info({ ...day, ...found }, 'reconciled')
}

/** Closes what is explained by now, counts the days anew whose sides changed, and reopens those that have an open difference. */
async function settle(room: Room, tx: Tx, changed: readonly days.BillDay[]): Promise<void> {
  const closed = await finding.closeExplained(tx, bySystem(room))
  const all = new Map([...changed, ...closed].map((each) => [`${each.provider} ${each.day}`, each]))
  for (const day of all.values()) await finding.refreshFigures(tx, spanOf(day))
  await reopenDays(room, tx, bySystem(room))
}

/** The text is read a piece at a time, and its rows go to PostgreSQL by thousands: memory does not grow with the bill. */
async function load(room: Room, tx: Tx, day: days.BillDay, file: BillFile): Promise<number> {
  const batch = createLineBatch(BATCH + PIECE_ROWS)
  const { party } = billingOf(room, day)
  const { encoding, reader: read } = FORMATS[day.provider]
  const reader = read({ party, day: day.day }, (line) => batch.add(line))
  const send = () => lines.insertLines(tx, day, batch.take())
  await readPieces(file, encoding, async (text) => {
    reader.write(text)
    if (batch.rows >= BATCH) await send()
  })
  const { rows } = reader.end()
  await send()
  return rows
}

/** The account's bill to sums; its transfers are kept line by line, beside what trades say. */
async function loadFunds(tx: Tx, day: days.BillDay, file: BillFile): Promise<FundSums> {
  const batch = createLineBatch(BATCH + PIECE_ROWS)
  const reader = createFundReader((line) => batch.add(line))
  const send = () => lines.insertLines(tx, day, batch.take())
  await readPieces(file, 'utf-8', async (text) => {
    reader.write(text)
    if (batch.rows >= BATCH) await send()
  })
  const sums = reader.end()
  await send()
  return sums
}

async function readPieces(
  file: BillFile,
  encoding: Encoding,
  take: (text: string) => Promise<void>,
): Promise<void> {
  const decoder = createDecoder(encoding)
  for await (const piece of file.pieces()) await take(decoder.decode(piece))
  await take(decoder.decode())
}

/** Takings less refunds, once as the trade bill adds them up and once as the account moved. */
async function disagreement(
  tx: Tx,
  day: days.BillDay,
  funds: FundSums,
): Promise<{ oursFen: number; theirsFen: number } | null> {
  const { takingsFen, refundsFen } = await lines.sumLines(tx, day)
  const [oursFen, theirsFen] = [takingsFen - refundsFen, funds.takingsFen - funds.refundsFen]
  return oursFen === theirsFen ? null : { oursFen, theirsFen }
}

/** Known cases mend themselves: a notification that was lost, a refund that ended unheard. WeChat's signed answer decides, not the bill. */
async function clearDoubts(room: Room): Promise<void> {
  const { db, log } = room.ctx
  const doubts = await inOneStatement(db, (tx) => finding.listDoubts(tx, DOUBTS))
  if (doubts.length === 0) return
  await someAtATime(doubts, ASK_AT_ONCE, async ({ source, ourNo }) => {
    const asked =
      source === 'payment' ? room.payments.confirmTrade(ourNo) : room.payments.confirmRefund(ourNo)
    await asked.catch((error: unknown) => log.error({ err: error, ourNo }, 'difference not cleared up'))
  })
  await inTx(db, async (tx) => {
    await days.lockRuns(tx)
    const marks = bySystem(room)
    await finding.noteAsked(
      tx,
      doubts.map((doubt) => doubt.id),
      marks,
    )
    await settle(room, tx, [])
  })
}

async function wait(room: Room, { provider, day: date }: days.BillDay): Promise<void> {
  const { ctx, payments } = room
  const day = { provider, day: date }
  const now = ctx.clock.now()
  await inTx(ctx.db, async (tx) => {
    await days.noteWaiting(tx, day, nextLook(now))
    if (isLate(date, now))
      await payments.raiseAlarm(tx, {
        ...alarmOf(day),
        detail: `${billingOf(room, day).label} ${date} 的账单到现在还没有生成，系统会接着试`,
      })
  })
}

async function fail(
  room: Room,
  { provider, day: date, tries }: days.ClaimedDay,
  { code, detail, inTheBill }: Fault,
): Promise<void> {
  const { ctx, payments } = room
  const day = { provider, day: date }
  const now = ctx.clock.now()
  ctx.log.error({ ...day, code, detail }, 'day not reconciled')
  await inTx(ctx.db, async (tx) => {
    await days.noteFailed(tx, day, { code, detail, nextTryAt: nextTry(now, tries) })
    if (isForAPerson({ inTheBill, tries }))
      await payments.raiseAlarm(tx, {
        ...alarmOf(day),
        detail: `${billingOf(room, day).label} ${date} 没有对成账（${code}），账单没有入库，系统会接着试`,
      })
  })
}

const alarmOf = ({ provider, day }: days.BillDay) =>
  ({ kind: 'bill_failed', subject: `${provider} ${day}`, orderId: null }) as const
