// How what a promoter earned is paid out: confirmed in WeChat, taken back, run out, unclear; and what is withheld of it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  bind,
  confirm,
  handOver,
  promoter,
  type Promoter,
  sumsOf,
  TERMS,
  toldOf,
  withdraw,
  withdrawal,
  wrongInCommissions,
} from '../commissions.ts'
import { NOON } from '../messages.ts'
import { deliver, fault, paid, type Purchase, rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { until } from '../until.ts'
import { type LinliApi, openWorld, type World } from '../world.ts'

const DAY = 86_400
let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({ start: NOON, onHand: 100_000 })
  await signIn()
  await hq('POST /console/v1/commission-terms', { body: TERMS })
})
after(async () => {
  const wrong = await wrongInCommissions(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const signIn = async () => {
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
}
const advance = async (days: number) => {
  await world.advance(days * DAY)
  await signIn()
}
let number = 500
const someone = () => world.member(`shopper-0${number++}`)
const follow = () => world.sweep('commissions.orders')
const NOTHING = { pendingFen: 0, frozenFen: 0, availableFen: 0, withdrawingFen: 0, paidFen: 0 }
/** A promoter with so much to withdraw, and the order it is of. */
async function earned(quantity = 10): Promise<{ who: Promoter; purchase: Purchase; fen: number }> {
  const who = await promoter(hq, await someone())
  const buyer = await someone()
  await bind(buyer, who)
  const purchase = await paid(world, buyer, quantity)
  await handOver(world, clerk, purchase)
  await follow()
  await advance(8)
  await follow()
  const { availableFen } = await sumsOf(who)
  assert.ok(availableFen > 0)
  return { who, purchase, fen: availableFen }
}

test('domain 2.5 提现 · the promoter confirms, and it is paid once, however often WeChat says so', async () => {
  const { who, fen } = await earned()
  const body = { idempotencyKey: randomUUID(), amountFen: fen, expectNetFen: fen }
  const shown = await who.api('POST /v1/promoter/withdrawals', { body })
  assert.equal(shown.withdrawal.state, 'WAIT_CONFIRM')
  assert.ok(shown.confirm?.package)
  assert.equal((await who.api('POST /v1/promoter/withdrawals', { body })).withdrawal.id, shown.withdrawal.id)
  await refused(
    who.api('POST /v1/promoter/withdrawals', { body: { ...body, amountFen: fen - 1 } }),
    'commissions.key_reused',
    409,
  )
  const stranger = await promoter(hq, await someone())
  const params = { withdrawalId: shown.withdrawal.id }
  await refused(
    stranger.api('GET /v1/promoter/withdrawals/:withdrawalId', { params }),
    'commissions.withdrawal_missing',
    404,
  )
  assert.deepEqual(await sumsOf(who), { ...NOTHING, withdrawingFen: fen })
  const { notificationId } = await world.sim<{ notificationId: string }>(
    'POST',
    '/_sim/transfers/confirmation',
    {
      package: shown.confirm.package,
    },
  )
  await until(async () => (await withdrawal(who, shown.withdrawal.id)).state === 'PAID', 'paid')
  await Promise.all([
    deliver(world, notificationId),
    deliver(world, notificationId),
    deliver(world, notificationId),
  ])
  assert.deepEqual(await sumsOf(who), { ...NOTHING, paidFen: fen })
  await toldOf(world, who, [/已经转进您的微信零钱/, /佣金可以提现了/, /您现在是推广员了/])
  await refused(
    who.api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', { params }),
    'commissions.withdrawal_ended',
    409,
  )
})

test('modes 71, 72 · nobody confirms for a day: WeChat says that it is over, and the money is back, once', async () => {
  const { who, fen } = await earned()
  const { withdrawal: asked } = await withdraw(who, fen)
  await refused(withdraw(who, 10), 'commissions.withdrawal_open', 409)
  await advance(1)
  await until(async () => (await withdrawal(who, asked.id)).state === 'CANCELLED', 'told that it ran out')
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
  assert.equal((await withdrawal(who, asked.id)).trouble, 'OVERDUE_CLOSE')
  await toldOf(world, who, [/24 小时没有确认收款/, /佣金可以提现了/, /您现在是推广员了/])
  await world.sweep('commissions.transfers')
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
})

test('mode 73 · taken back in time, and not: what WeChat says decides', async () => {
  const { who, fen } = await earned()
  const cancel = (id: string) =>
    who.api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', { params: { withdrawalId: id } })
  const first = await withdraw(who, fen)
  await cancel(first.withdrawal.id)
  await world.advance(60)
  await until(async () => (await withdrawal(who, first.withdrawal.id)).state === 'CANCELLED', 'taken back')
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
  const second = await withdraw(who, fen)
  await fault(world, second.withdrawal.outBillNo, [['transfer-cancel', { kind: 'confirm-first' }]])
  await cancel(second.withdrawal.id)
  await until(async () => (await withdrawal(who, second.withdrawal.id)).state === 'PAID', 'confirmed before')
  assert.deepEqual(await sumsOf(who), { ...NOTHING, paidFen: fen })
  await toldOf(world, who, [/已经转进您的微信零钱/, /佣金可以提现了/, /您现在是推广员了/])
})

test('mode 74 · another name than the account has: failed, and the money is back', async () => {
  const { who, fen } = await earned()
  await world.sim('POST', '/_sim/faults', {
    rules: [{ match: { route: 'transfer' }, action: { kind: 'transfer-fail' }, times: 1 }],
  })
  const { withdrawal: asked } = await withdraw(who, fen)
  await until(async () => (await withdrawal(who, asked.id)).state === 'CANCELLED', 'failed')
  assert.equal((await withdrawal(who, asked.id)).trouble, 'NAME_NOT_CORRECT')
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
})

test('modes 2, 4, 5, 12, 75 · an answer that never came is asked about before anything is sent again, under the same number', async () => {
  const { who, fen } = await earned()
  for (const kind of ['timeout-after', 'timeout-before', 'bad-signature', 'error-after']) {
    await world.sim('POST', '/_sim/faults', {
      rules: [{ match: { route: 'transfer' }, action: { kind, ms: 1 }, times: 1 }],
    })
    const { withdrawal: asked } = await withdraw(who, fen)
    await until(async () => {
      await world.advance(5)
      await world.sweep('commissions.transfers')
      return (await withdrawal(who, asked.id)).state === 'WAIT_CONFIRM'
    }, `${kind} is over`)
    const shown = await who.api('GET /v1/promoter/withdrawals/:withdrawalId', {
      params: { withdrawalId: asked.id },
    })
    assert.ok(shown.confirm, `${kind}: what the telephone needs`)
    assert.equal(world.sandbox.world.store.transfers.has(asked.outBillNo), true)
    await who.api('POST /v1/promoter/withdrawals/:withdrawalId/cancellation', {
      params: { withdrawalId: asked.id },
    })
    await world.advance(60)
    await until(async () => (await withdrawal(who, asked.id)).state === 'CANCELLED', 'taken back')
  }
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
  // The merchant's account is empty: it waits, a person is told, and it goes on under the same number.
  await world.sim('POST', '/_sim/faults', {
    rules: [
      { match: { route: 'transfer' }, action: { kind: 'status', status: 403, code: 'NOT_ENOUGH' }, times: 1 },
    ],
  })
  const { withdrawal: poor } = await withdraw(who, fen)
  assert.equal(poor.state, 'REQUESTED')
  const alarm = () =>
    rows<{ resolved: boolean }>(
      world,
      `select resolved_at is not null as resolved from payment_alarm where subject = $1`,
      [poor.outBillNo],
    )
  assert.deepEqual(await alarm(), [{ resolved: false }])
  await world.advance(60)
  await world.sweep('commissions.transfers')
  const shown = await who.api('GET /v1/promoter/withdrawals/:withdrawalId', {
    params: { withdrawalId: poor.id },
  })
  await confirm(world, who, shown)
  await until(async () => (await alarm())[0]?.resolved === true, 'the alarm is over')
})

test('a definite refusal ends the withdrawal only when WeChat knows nothing of it', async () => {
  const { who, fen } = await earned()
  await world.sim('POST', '/_sim/faults', {
    rules: [
      {
        match: { route: 'transfer' },
        action: { kind: 'status', status: 400, code: 'PARAM_ERROR' },
        times: 1,
      },
    ],
  })
  const { withdrawal: asked } = await withdraw(who, fen)
  assert.deepEqual([asked.state, asked.trouble], ['CANCELLED', 'PARAM_ERROR'])
  assert.deepEqual(await sumsOf(who), { ...NOTHING, availableFen: fen })
})

test('a notification of another sum is quarantined; a forged one is refused; an unknown one is a person’s', async () => {
  const { who, fen } = await earned()
  const { withdrawal: asked } = await withdraw(who, fen)
  const transfer = world.sandbox.world.store.transfers.get(asked.outBillNo)
  assert.ok(transfer)
  transfer.amountFen += 1
  await world.sim('POST', '/_sim/transfers/confirmation', { package: transfer.packageInfo })
  await until(
    async () =>
      (
        await rows(world, `select 1 from payment_alarm where kind = 'transfer_stuck' and subject = $1`, [
          asked.outBillNo,
        ])
      ).length === 1,
    'a person is told',
  )
  assert.deepEqual(await sumsOf(who), { ...NOTHING, withdrawingFen: fen })
  transfer.amountFen -= 1
  await world.advance(3600)
  await world.sweep('commissions.transfers')
  assert.equal((await withdrawal(who, asked.id)).state, 'PAID')
  const forged = await world.linli.http.app.inject({
    method: 'POST',
    url: '/hooks/wechat/transfers',
    payload: {},
  })
  assert.equal(forged.statusCode, 401)
})

test('race: twenty withdrawals at once are one; nothing is paid twice', async () => {
  const { who, fen } = await earned()
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => withdraw(who, fen)))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.deepEqual(await sumsOf(who), { ...NOTHING, withdrawingFen: fen })
})

test('domain 2.5 劳务报酬 · the month counts as one time: tax is withheld, recorded, and shown to whoever declares it', async () => {
  world.clock.advance(1)
  await hq('POST /console/v1/commission-terms', {
    body: { ...TERMS, tax: 'labour', taxNote: '法务确认按劳务报酬预扣' },
  })
  const who = await promoter(hq, await someone())
  // What nobody here buys enough for.
  await rows(
    world,
    `insert into commission_posting (account_id, reason, available_fen, guide_reward_id, by, at)
     select account_id, 'guide', 500000, 1000000, 'test', now() from promoter where member_id = $1`,
    [who.memberId],
  )
  const first = 200_000
  const quote = await who.api('POST /v1/promoter/withdrawal-quotes', { body: { amountFen: first } })
  assert.deepEqual(quote, { amountFen: first, taxFen: 24_000, netFen: 176_000, needsIdentity: true })
  await refused(withdraw(who, first, 176_000), 'commissions.identity_missing', 409)
  await refused(
    who.api('PUT /v1/promoter/identity', { body: { name: '测试员', document: '110105194912310021' } }),
    'commissions.document_invalid',
    422,
  )
  await who.api('PUT /v1/promoter/identity', { body: { name: '测试员', document: '11010519491231002X' } })
  await refused(withdraw(who, first, first), 'commissions.net_changed', 409)
  const one = await withdraw(who, first, 176_000)
  await confirm(world, who, one)
  assert.equal(world.sandbox.world.store.transfers.get(one.withdrawal.outBillNo)?.name, '测试员')
  // 4,000 yuan in the month: (4,000 − 800) × 20% = 640, of which 240 were withheld.
  const two = await withdraw(who, 200_000, 200_000 - 40_000)
  await confirm(world, who, two)
  const month = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
  const taxes = await hq('GET /console/v1/commission-taxes/:month', { params: { month } })
  const mine = taxes.items.find(({ owner }) => owner.member?.id === who.memberId)
  assert.deepEqual(mine && [mine.times, mine.amountFen, mine.taxFen, mine.netFen, mine.documentTail], [
    2,
    400_000,
    64_000,
    336_000,
    '002X',
  ])
  const params = { accountId: mine?.owner.accountId ?? '' }
  const seen = await hq('POST /console/v1/commission-accounts/:accountId/identity-reveals', {
    params,
    body: { reason: '申报个税' },
  })
  assert.deepEqual(seen, { name: '测试员', document: '11010519491231002X' })
  const declared = await hq('POST /console/v1/commission-taxes/:month/declarations', {
    params: { month },
    body: { reason: '申报个税' },
  })
  const row = declared.items.find(({ accountId }) => accountId === params.accountId)
  assert.deepEqual(
    [row?.name, row?.document, row?.amountFen, row?.taxFen],
    [...Object.values(seen), 400_000, 64_000],
  )
  const looks = await rows<{ action: string; people: number | null }>(
    world,
    `select action, (after ->> 'people')::int as people from audit_event
     where action in ('commissions.identity_seen', 'commissions.taxes_exported') order by at, id`,
  )
  assert.deepEqual(looks, [
    { action: 'commissions.identity_seen', people: null },
    { action: 'commissions.taxes_exported', people: declared.items.length },
  ])
  const raw = await rows<{ text: string }>(world, 'select t::text as text from commission_identity t')
  assert.ok(raw.every(({ text }) => !text.includes('测试员') && !text.includes('11010519491231')))
  await hq('POST /console/v1/commission-terms', { body: { ...TERMS, dailyFen: 1000 } })
  await refused(withdraw(who, 2000), 'commissions.too_much_today', 409)
  await refused(withdraw(who, 5), 'commissions.too_little', 422)
})
