import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AllRoutes, Input, Output } from '@linli/contract'
import { only, type Purchase } from './payments/purchase.ts'
import type { Books } from './shopping.ts'
import { until } from './until.ts'
import type { LinliApi, Shopper, World } from './world.ts'

export type Terms = Input<AllRoutes['POST /console/v1/commission-terms']>['body']
export const TERMS: Terms = {
  active: true,
  depth: 2,
  bindMode: 'first',
  bindDays: 10,
  selfReward: false,
  holdDays: 7,
  levels: [
    { code: 'new', name: '新手', rateBp: 500, upperBp: 100 },
    { code: 'gold', name: '金牌', rateBp: 1000, upperBp: 300 },
  ],
  leastFen: 10,
  dailyFen: 2_000_000,
  tax: 'none',
  taxNote: '由灵活用工平台代扣，法务确认',
  since: null,
}
export interface Promoter extends Shopper {
  key: string
}

/** Applies and is let in. */
export async function promoter(
  hq: LinliApi,
  shopper: Shopper,
  { level = 'new', invite }: { level?: string; invite?: string } = {},
): Promise<Promoter> {
  await shopper.api('POST /v1/promoter-applications', {
    body: { words: '我想推广', ...(invite === undefined ? {} : { invite }) },
  })
  const { items } = await hq('GET /console/v1/promoter-applications', { query: { state: 'APPLIED' } })
  const applicationId = items.find(({ member }) => member.id === shopper.memberId)?.id ?? ''
  await hq('POST /console/v1/promoter-applications/:applicationId/approval', {
    params: { applicationId },
    body: { level },
  })
  const { me } = await shopper.api('GET /v1/promoter')
  assert.ok(me)
  return { ...shopper, key: me.key }
}

export const sumsOf = async ({ api }: Pick<Shopper, 'api'>) => {
  const { me } = await api('GET /v1/promoter')
  assert.ok(me)
  return me.sums
}
export const bind = ({ api }: Pick<Shopper, 'api'>, { key }: Pick<Promoter, 'key'>) =>
  api('POST /v1/promoter-bindings', { body: { key } })

export const handOver = async (world: World, clerk: LinliApi, { orderId }: Purchase): Promise<void> => {
  const { digits } = await only<{ digits: string }>(world, 'select digits from pickup where order_id = $1', [
    orderId,
  ])
  await clerk('POST /staff/v1/handovers', { body: { storeId: 'S01', code: digits } })
}

/** So many pieces of the first line go back; all of the order when none are named. */
export async function giveBack(
  world: World,
  hq: LinliApi,
  { orderId }: Purchase,
  lines?: { lineNo: number; quantity: number }[],
): Promise<void> {
  const params = { orderId }
  const asked = lines === undefined ? {} : { lines }
  const { amountFen: refundFen } = await hq('POST /console/v1/orders/:orderId/refund-quotes', {
    params,
    body: asked,
  })
  await hq('POST /console/v1/orders/:orderId/refunds', {
    params,
    body: { idempotencyKey: randomUUID(), expectFen: refundFen, reason: '质量问题', ...asked },
  })
  // WeChat wants a minute between refunds of one payment.
  await world.advance(61)
  await until(async () => {
    await world.sweep('payments.refunds')
    const { state } = await only<{ state: string }>(
      world,
      'select refund_state as state from orders where id = $1',
      [orderId],
    )
    return state === 'FULL' || state === 'PARTIAL'
  }, 'money back')
}

export type Shown = Output<AllRoutes['POST /v1/promoter/withdrawals']>
export const withdraw = (
  { api }: Pick<Shopper, 'api'>,
  amountFen: number,
  expectNetFen = amountFen,
): Promise<Shown> =>
  api('POST /v1/promoter/withdrawals', {
    body: { idempotencyKey: randomUUID(), amountFen, expectNetFen },
  })
export const withdrawal = async ({ api }: Pick<Shopper, 'api'>, id: string) =>
  (await api('GET /v1/promoter/withdrawals/:withdrawalId', { params: { withdrawalId: id } })).withdrawal

/** Presses 确认收款 on the telephone, and waits until we were told. */
export async function confirm(
  world: World,
  who: Pick<Shopper, 'api'>,
  { withdrawal: { id }, confirm: params }: Shown,
) {
  assert.ok(params)
  await world.sim('POST', '/_sim/transfers/confirmation', { package: params.package })
  await until(async () => (await withdrawal(who, id)).state === 'PAID', 'told that it was confirmed')
}

/** What must hold of commissions at every moment. */
export async function wrongInCommissions({ ctx }: Books): Promise<string[]> {
  const rules: readonly [string, string][] = [
    [
      'accounts are the sum of their postings, and hold what is being withdrawn',
      `select a.id from commission_account a left join (
         select account_id, sum(pending_fen) a, sum(frozen_fen) b, sum(available_fen) c, sum(withdrawing_fen) d, sum(paid_fen) e
         from commission_posting group by 1) p on p.account_id = a.id
       where (a.pending_fen, a.frozen_fen, a.available_fen, a.withdrawing_fen, a.paid_fen)
           <> (coalesce(p.a, 0), coalesce(p.b, 0), coalesce(p.c, 0), coalesce(p.d, 0), coalesce(p.e, 0))
         or a.withdrawing_fen <> (select coalesce(sum(amount_fen), 0) from commission_withdrawal w where w.account_id = a.id and w.state not in ('PAID', 'CANCELLED'))
         or a.paid_fen <> (select coalesce(sum(amount_fen), 0) from commission_withdrawal w where w.account_id = a.id and w.state = 'PAID')
           + (select coalesce(sum(paid_fen), 0) from commission_posting w where w.account_id = a.id and w.reason = 'wages')`,
    ],
    [
      'what is left of a share is its part of what stays paid',
      `select l.order_id from commission_line l join order_line i on (i.order_id, i.line_no) = (l.order_id, l.line_no)
       where l.left_fen <> least(l.amount_fen, (i.pay_fen - i.refunded_fen) * l.rate_bp / 10000)`,
    ],
    [
      'nothing is earned twice, of oneself, or deeper than twice',
      `select l.order_id from commission_line l join commission_order o using (order_id)
       where l.depth > 2 or l.promoter_id = o.buyer_id
         or (select count(*) from commission_posting p where (p.order_id, p.line_no, p.depth) = (l.order_id, l.line_no, l.depth) and p.reason = 'earn') <> 1`,
    ],
    [
      'every posting is of goods, of guiding or of paying out',
      `select id from commission_posting where num_nonnulls(order_id, withdrawal_id, guide_reward_id) <> case when reason = 'wages' then 0 else 1 end`,
    ],
  ]
  const wrong: string[] = []
  for (const [what, text] of rules) {
    const { rows: found } = await ctx.database.pool.query<Record<string, unknown>>(text)
    if (found.length > 0) wrong.push(`${what}: ${found.length} times not, e.g. ${JSON.stringify(found[0])}`)
  }
  return wrong
}

/** Waits until somebody was told of this, and nothing else besides. */
export const toldOf = (
  world: World,
  { api }: Pick<Shopper, 'api'>,
  bodies: readonly RegExp[],
): Promise<void> =>
  until(
    async () => {
      await world.sweep('messages.commissions')
      const { items } = await api('GET /v1/messages', { query: {} })
      return (
        items.length === bodies.length && bodies.every((said) => items.some(({ body }) => said.test(body)))
      )
    },
    `told: ${bodies.join(', ')}`,
  )
