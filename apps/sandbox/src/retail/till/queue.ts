/**
 * What the shop has not heard yet: receipts and reversals wait on disk, oldest first, and go as soon as it listens. Each is sent until it is answered, with
 * a new nonce each time; a receipt that arrived twice counts once there.
 */
import type { Input, PartnerApi, PartnerRoutes } from '@linli/partner-client'
import type { Receipt } from './book.ts'
import { fetchPack, isFresh } from './day-pack.ts'
import { ask } from './shop.ts'
import { heardOf } from './till.ts'
import type { Till } from './till.ts'

type Upload = Input<PartnerRoutes['POST /partner/v1/till/sales']>['body']['sales'][number]

const BATCH = 100
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000
const SILENCES_MAX = 5
/** The statuses of a request that the shop could not make sense of, or that is too long: only its content can be at fault. */
const UNREADABLE: readonly number[] = [400, 413]

export type Sender = {
  /** Sends what waits, until nothing does or the shop is not heard; joins a round that is under way. */
  send: () => Promise<void>
  /** Begins to look by itself; `stop` ends that. */
  start: () => void
  stop: () => void
}

/** A receipt as the shop takes it. */
export const uploadOf = (receipt: Receipt): Upload => {
  const { posTxnId, soldAt } = receipt
  if (receipt.kind === 'return')
    return {
      kind: 'return',
      posTxnId,
      returnOf: receipt.returnOf,
      soldAt,
      lines: receipt.lines.map(({ barcode, name, quantity, unitFen, payFen, resellable }) => ({
        barcode,
        name,
        quantity,
        unitFen,
        payFen,
        resellable,
      })),
    }
  const { memberRef, memberCard, coupon, benefitOffFen, lines } = receipt
  return {
    kind: 'sale',
    posTxnId,
    soldAt,
    lines,
    benefitOffFen,
    ...(memberRef === null ? {} : { memberRef }),
    ...(memberCard === null ? {} : { memberCard }),
    ...(coupon === null ? {} : { offlineCoupons: [coupon] }),
  }
}

export const waitingIn = ({ book }: Pick<Till, 'book'>): Receipt[] =>
  book.receipts.filter(({ state }) => state === 'waiting')

/** A creature of one till; what it needs to remember is in the till's book. */
export const createSender = (till: Till, report: (error: unknown) => void): Sender => {
  let round: Promise<void> | null = null
  let again = false
  let silences = 0
  let timer: NodeJS.Timeout | undefined
  let started = false

  const arm = () => {
    clearTimeout(timer)
    if (!started) return
    timer = setTimeout(() => void send(), Math.min(FIRST_WAIT_MS * 2 ** silences, LONGEST_WAIT_MS))
    timer.unref()
  }
  const rounds = async () => {
    do {
      again = false
      silences = (await sendAll(till)) ? 0 : Math.min(silences + 1, SILENCES_MAX)
    } while (again && silences === 0)
  }
  const send = (): Promise<void> => {
    if (round) {
      again = true
      return round
    }
    round = rounds()
      .catch((error: unknown) => {
        silences = Math.min(silences + 1, SILENCES_MAX)
        report(error)
      })
      .finally(() => {
        round = null
        arm()
      })
    return round
  }
  return {
    send,
    start: () => {
      started = true
      void send()
    },
    stop: () => {
      started = false
      clearTimeout(timer)
    },
  }
}

/** One round. Answers false when the shop was not heard. */
const sendAll = async (till: Till): Promise<boolean> => {
  const api = till.book.cut ? null : await till.shop()
  if (!api) return false
  if (!(await sendReversals(till, api))) return false
  for (let batch = nextBatch(till); batch.length > 0; batch = nextBatch(till))
    if (!(await sendReceipts(till, api, batch))) return false
  if (!isFresh(till)) return fetchPack(till)
  // Nothing to say: whether somebody listens is worth knowing before the next customer comes.
  if (till.reached && till.trouble === null) return true
  return heardOf(till, await ask(() => api('GET /partner/v1/me'))).kind === 'answer'
}

const sendReversals = async (till: Till, api: PartnerApi): Promise<boolean> => {
  const { book } = till
  for (let first = book.reversals[0]; first; first = book.reversals[0]) {
    const body = first
    const heard = heardOf(till, await ask(() => api('POST /partner/v1/till/reversals', { body })))
    if (heard.kind === 'silence' || till.trouble !== null) return false
    book.reversals.shift()
    await till.save()
  }
  return true
}

/** The oldest receipts that wait: of one store, and alone where the shop did not like them together. */
const nextBatch = (till: Till): Receipt[] => {
  const waiting = waitingIn(till)
  const [first] = waiting
  if (!first) return []
  return lonely.has(first)
    ? [first]
    : waiting.filter((each) => each.storeId === first.storeId && !lonely.has(each)).slice(0, BATCH)
}
const lonely = new WeakSet<Receipt>()

const sendReceipts = async (till: Till, api: PartnerApi, batch: readonly Receipt[]): Promise<boolean> => {
  const storeId = batch[0]?.storeId ?? ''
  for (const receipt of batch) receipt.tries += 1
  const body = { storeId, sales: batch.map(uploadOf) }
  const heard = heardOf(till, await ask(() => api('POST /partner/v1/till/sales', { body })))
  if (heard.kind === 'answer')
    for (const { posTxnId, outcome, code, conflicts } of heard.answer.items) {
      const receipt = batch.find((each) => each.posTxnId === posTxnId)
      if (receipt) settle(receipt, { outcome, code, conflicts })
    }
  else if (heard.kind === 'refused' && !UNREADABLE.includes(heard.status)) till.trouble = heard.code
  // One that cannot be read must not keep the others: they are tried one by one.
  else if (heard.kind === 'refused' && batch.length > 1) for (const receipt of batch) lonely.add(receipt)
  else if (heard.kind === 'refused')
    for (const receipt of batch) settle(receipt, { outcome: 'refused', code: heard.code, conflicts: [] })
  await till.save()
  const over = batch.some((receipt) => receipt.state !== 'waiting' || lonely.has(receipt))
  return heard.kind !== 'silence' && till.trouble === null && over
}

const settle = (
  receipt: Receipt,
  {
    outcome,
    code,
    conflicts,
  }: { outcome: 'recorded' | 'repeat' | 'refused'; code: string | null; conflicts: readonly string[] },
): void => {
  if (outcome === 'refused') {
    receipt.state = 'refused'
    receipt.words = code === null ? [] : [code]
    return
  }
  receipt.state = conflicts.length > 0 ? 'conflict' : 'recorded'
  receipt.words = [...conflicts]
}
