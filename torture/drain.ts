import { businessDay, dayAfter, instantOf } from '../apps/server/src/kernel/clock.ts'
import { takeStep } from './actions/aftersales.ts'
import { refund } from './actions/counter.ts'
import { stopBoxes } from './actions/boxes.ts'
import { resumeAll } from './actions/campaigns.ts'
import { endPresales } from './actions/presales.ts'
import { workSomeAlarms } from './actions/refunds.ts'
import { handBackSome } from './actions/till.ts'
import { unlessRefused } from './actions/wechat.ts'
import type { Dice } from './dice.ts'
import { tellTheRest } from './last-words.ts'
import { answerOf, type LinliApi, valueOf } from './people.ts'
import type { Query } from './query.ts'
import { headOffice, STORES, type Town } from './town.ts'

const MINUTE = 60
const HOUR = 3600
/** How time passes while everything comes to its end: often at first, then in the strides of those who wait for days. */
const STRIDES = [
  61,
  61,
  61,
  5 * MINUTE,
  5 * MINUTE,
  16 * MINUTE,
  HOUR,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
  48 * HOUR,
  72 * HOUR,
  96 * HOUR,
]

/** Their weeks go on beside the others’ ends for two days. */
const BOXES_UNTIL = 12

/** What has not come to its end, by kind. */
const UNFINISHED: readonly [what: string, text: string][] = [
  [
    'orders that wait for money, people or goods',
    `select id from orders where state in ('PENDING_PAY', 'WAIT_GROUP', 'WAIT_BALANCE', 'WAIT_GOODS')`,
  ],
  [
    'groups with somebody who has neither goods nor money',
    `select id from buy_group where due_at is not null`,
  ],
  [
    'rallies under way',
    `select id from rally where state in ('CUTTING', 'GATHERING') or (state = 'REACHED' and kind = 'bargain')`,
  ],
  [
    'coupons that are owed for help',
    `select id from rally where state = 'REACHED' and kind = 'assist' and num_nonnulls(coupon_id, refusal) = 0
     union all select rally_id from rally_help where template_id is not null and num_nonnulls(coupon_id, refusal) = 0
     union all select invite_id from invited where state = 'DUE'`,
  ],
  [
    'boxes that go on, and weeks of them',
    `select id from box where state <> 'ENDED' union all select box_id from box_week where state in ('DUE', 'ORDERED')`,
  ],
  ['withdrawals under way', `select id from commission_withdrawal where state not in ('PAID', 'CANCELLED')`],
  ['open payments', `select id from payment_attempt where state in ('OPENING', 'OPEN')`],
  ['refunds under way', `select id from refund where state in ('PENDING', 'PROCESSING', 'ABNORMAL')`],
  ['orders whose refund hangs', `select id from orders where refund_state in ('PENDING', 'FAILED')`],
  [
    'after-sales under way',
    `select id from aftersale where state in ('APPLIED', 'WAIT_RETURN', 'RETURNED', 'WAIT_COLLECT', 'REFUNDING', 'REFUND_FAILED', 'APPEALED')`,
  ],
]

/**
 * No more faults: everything that was begun comes to its end, by the product's own sweeps, and by people at the console where people are needed.
 * Answers what did not, in words.
 */
export async function drain(town: Town, dice: Dice, query: Query): Promise<string[]> {
  let left: string[] = []
  town.receiver.calm()
  for (const [round, seconds] of STRIDES.entries()) {
    await town.chain.sweep()
    await tidyUp(town, dice.fork(round))
    if (round >= BOXES_UNTIL) await stopBoxes(town, dice.fork(`boxes ${round}`))
    await town.chain.jump(seconds)
    await town.chain.sweep()
    left = await unfinished(town, query)
    if (left.length === 0) break
  }
  left.push(...(await tellTheRest(town, dice.fork('systems'))))
  await closeTheBooks(town, dice, query)
  return left
}

async function unfinished({ chain }: Town, query: Query): Promise<string[]> {
  const left: string[] = []
  for (const [what, text] of UNFINISHED) {
    const rows = await query<{ id: string }>(text)
    if (rows.length > 0) left.push(`${rows.length} ${what}, e.g. ${rows[0]?.id}`)
  }
  const { counts } = await chain.sim<{ counts: { notifications: number; refunds: number } }>(
    'GET',
    '/_sim/overview',
  )
  if (counts.notifications > 0) left.push(`${counts.notifications} notifications not delivered`)
  if (counts.refunds > 0) left.push(`${counts.refunds} refunds not decided by WeChat`)
  return left
}

/** What WeChat's desk and people at the console do when a day ends. */
async function tidyUp(town: Town, dice: Dice): Promise<void> {
  const { refunds } = await town.chain.sim<{ refunds: { outRefundNo: string; state: string }[] }>(
    'GET',
    '/_sim/refunds?limit=20000',
  )
  for (const { outRefundNo, state } of refunds)
    if (state === 'PROCESSING' || state === 'ABNORMAL')
      await unlessRefused(town.chain.sim('POST', `/_sim/refunds/${outRefundNo}/succeed`, {}))
  const office = headOffice(town, dice)
  const busy = await workAftersales(town, dice, office)
  await workSomeAlarms(town, dice.fork('alarms'), 100)
  await resendRefunds(town, dice, office, busy)
  for (const storeId of STORES) await handBackSome(town, dice.fork(storeId), storeId, 200)
  await resumeAll(town, dice.fork('paused'))
  await endPresales(town, dice.fork('presales'))
}

const TABS = ['applied', 'appealed', 'returning', 'failed', 'refunding'] as const

/** Answers the orders that have a request under way. */
async function workAftersales(town: Town, dice: Dice, office: LinliApi): Promise<Set<string>> {
  const busy = new Set<string>()
  for (const tab of TABS) {
    const list = valueOf(await answerOf(office('GET /console/v1/aftersales', { query: { tab, limit: 100 } })))
    for (const { id, orderId } of list?.items ?? []) {
      busy.add(orderId)
      if (tab !== 'refunding') await takeStep(town, dice.fork(id), id, true)
    }
  }
  return busy
}

/** Orders whose refund came to nothing: the same pieces are refunded again, or all that is left of an order that is closed. */
async function resendRefunds(
  town: Town,
  dice: Dice,
  office: LinliApi,
  busy: ReadonlySet<string>,
): Promise<void> {
  const failed = valueOf(
    await answerOf(office('GET /console/v1/orders', { query: { refundState: 'FAILED', limit: 100 } })),
  )
  for (const { id } of failed?.items ?? []) {
    const known = town.orders.find((order) => order.id === id)
    const order = valueOf(
      await answerOf(office('GET /console/v1/orders/:orderId', { params: { orderId: id } })),
    )
    if (!order || !known || busy.has(id)) continue
    const about = { ...known, id }
    if (order.state === 'CANCELLED' || order.state === 'CLOSED_REFUND') {
      await refund(town, dice.fork(id), about, undefined)
      continue
    }
    const dead = order.refunds.filter(
      ({ state, cause }) => (state === 'CLOSED' || state === 'FAILED') && cause !== 'double_payment',
    )
    const left = new Map(order.refundable.map(({ lineNo, quantity }) => [lineNo, quantity]))
    // No pieces: only the money of the line that did not arrive, for what it weighed less or for pieces that were given back before.
    const lines = [...new Set(dead.flatMap((each) => each.lines.map(({ lineNo }) => lineNo)))].map(
      (lineNo) => ({
        lineNo,
        quantity: Math.min(left.get(lineNo) ?? 0, piecesOf(dead, lineNo)),
      }),
    )
    if (lines.length > 0) await refund(town, dice.fork(id), about, lines)
  }
}

const piecesOf = (
  refunds: readonly { lines: readonly { lineNo: number; quantity: number }[] }[],
  lineNo: number,
): number =>
  refunds
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineNo === lineNo)
    .reduce((sum, { quantity }) => sum + quantity, 0)

const BOOKS_WITHIN_TRIES = 20

/** Two mornings: the bills of every day are fetched and compared again, now that nobody makes mistakes any more. */
async function closeTheBooks(town: Town, dice: Dice, query: Query): Promise<void> {
  const { chain } = town
  for (const turn of ['first', 'second']) {
    const morning = instantOf(dayAfter(businessDay(chain.now()), 1), '10:10')
    await chain.jump(Math.ceil((morning.getTime() - chain.now().getTime()) / 1000))
    const office = headOffice(town, dice.fork(turn))
    const days = await query<{ provider: 'wechat' | 'alipay'; day: string }>(
      'select provider, day::text as day from bill_day order by day, provider',
    )
    for (const { provider, day } of days)
      if (office)
        await answerOf(
          office('POST /console/v1/reconciliation/days/:day/runs', { params: { day }, query: { provider } }),
        )
    for (let tries = 0; tries < BOOKS_WITHIN_TRIES; tries++) {
      await chain.sweep()
      const due = await query(`select from bill_day where state <> 'DONE' or next_try_at is not null`)
      if (due.length === 0) break
      await chain.jump(5 * MINUTE)
    }
  }
}
