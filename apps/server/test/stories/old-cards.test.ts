// Row 76: plastic cards of the time before come in by CSV, and each becomes one member's, with its points and its history.
import { ApiProblem } from '@linli/contract/client'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plantPoints } from '../benefits.ts'
import { APPLE, plant } from '../fixtures.ts'
import { rows } from '../payments/purchase.ts'
import { refused } from '../refused.ts'
import { order, wrongInTheBooks } from '../shopping.ts'
import { type LinliApi, openWorld, type Shopper, type World } from '../world.ts'

let world: World
let hq: LinliApi
let clerk: LinliApi
before(async () => {
  world = await openWorld({
    fill: async (url) => {
      await plant(url, { onHand: 500 })
      await plantPoints(url)
    },
  })
  hq = await world.staff('hq')
  clerk = await world.staff('clerk01', 'floor')
  const tier = (code: string, name: string, atGrowth: number) => ({
    code,
    name,
    atGrowth,
    pointsTimesBp: 10_000,
    offBp: 0,
  })
  await hq('POST /console/v1/tier-terms', {
    body: {
      growthPerYuan: 1,
      periodMonths: 12,
      exceptCategoryIds: [],
      tiers: [tier('green', '青柿', 0), tier('gold', '金柿', 500)],
      active: true,
      since: null,
    },
  })
})
after(async () => {
  const wrong = await wrongInTheBooks(world)
  await world.close()
  assert.deepEqual(wrong, [])
})

const HEAD = '卡号,姓名,手机号,积分,成长值,首次消费,最近消费,消费次数,消费金额'
const run = (lines: readonly string[], dryRun = false) =>
  hq('POST /console/v1/old-card-imports', { body: { csv: [HEAD, ...lines].join('\n'), dryRun } })
let serial = 0
/** A card that nobody has; registered with this phone, if any. */
async function card(over: { phone?: string; points?: number; growth?: number } = {}): Promise<string> {
  const no = `88${String(++serial).padStart(6, '0')}`
  const { phone = '', points = 120, growth = 0 } = over
  const { applied, faults } = await run([
    `${no},王小满,${phone},${points},${growth},2019-03-01,2025-12-30,88,1234.50`,
  ])
  assert.ok(applied, JSON.stringify(faults))
  return no
}
let people = 800
async function newcomer(withPhone = true): Promise<Shopper & { phone: string }> {
  const name = `shopper-0${++people}`
  const phone = `1990000${String(people).padStart(4, '0')}`
  const shopper = await world.member(name)
  if (withPhone) {
    const { code } = await world.sim<{ code: string }>('POST', '/_sim/phone', { shopper: name, phone })
    await shopper.api('PUT /v1/me/phone', { body: { code } })
  }
  return { ...shopper, phone }
}
const mine = ({ api }: Shopper, no: string) => api('POST /v1/me/old-cards', { body: { no } })
const atCounter = ({ memberId }: Shopper, no: string, by = clerk, storeId = 'S01') =>
  by('POST /staff/v1/old-card-bindings', { body: { storeId, no, memberId } })
const pointsOf = async ({ api }: Shopper) => {
  const { available, debt } = await api('GET /v1/points')
  return { available, debt }
}
const bindingOf = async (no: string) => {
  const { items } = await hq('GET /console/v1/old-cards', { query: { q: no } })
  return items[0]?.binding?.id ?? ''
}
const undo = (bindingId: string, by = hq) =>
  by('POST /console/v1/card-bindings/:bindingId/undoing', {
    params: { bindingId },
    body: { reason: '绑错人了' },
  })

test('a file comes in whole or not at all, with every faulty row named; sent again it changes nothing', async () => {
  const good = '70000001,李大山,13900000318,50,0,,,,'
  const before = await world.fingerprint()
  const faulty = await run([good, '70000002,,,-1,,,,,', '7000 0001,,,5,,,,,'])
  assert.deepEqual([faulty.applied, faulty.faults.map(({ line }) => line)], [false, [3, 4]])
  const dry = await run([good], true)
  assert.deepEqual([dry.applied, dry.added], [false, 1])
  assert.equal(await world.fingerprint(), before)
  assert.deepEqual([(await run([good])).added, (await run([good])).unchanged], [1, 1])
  assert.equal((await run([good.replace(',50,', ',60,')])).changed, 1)
  const manager = await world.staff('s01')
  await refused(
    manager('POST /console/v1/old-card-imports', { body: { csv: HEAD, dryRun: true } }),
    'staff.not_allowed',
  )
  const [kept] = await rows<{ text: string }>(
    world,
    `select string_agg(c::text, '') as text from plastic_card c`,
  )
  for (const secret of ['李大山', '13900000318']) assert.ok(!kept?.text.includes(secret))
})

test('by the phone it was registered with: points, growth and history come along, and a tier at once', async () => {
  const shopper = await newcomer()
  const no = await card({ phone: shopper.phone, points: 300, growth: 600 })
  const bound = await mine(shopper, `${no.slice(0, 4)} ${no.slice(4)}`)
  assert.deepEqual(
    [bound.points, bound.purchases, bound.spentFen, bound.firstBought],
    [300, 88, 123_450, '2019-03-01'],
  )
  assert.deepEqual(await pointsOf(shopper), { available: 300, debt: 0 })
  const { standing } = await shopper.api('GET /v1/me/membership')
  assert.deepEqual([standing?.code, standing?.growth], ['gold', 600])
  await refused(mine(shopper, no), 'cards.bound')
  assert.equal((await shopper.api('GET /v1/me/old-cards')).items.length, 1)
  const { items } = await shopper.api('GET /v1/points/postings', { query: {} })
  assert.deepEqual(
    items.map(({ reason, available }) => [reason, available]),
    [['card', 300]],
  )
})

test('nobody learns whose a card is: another’s, one without a phone, and none are refused alike; guessing locks', async () => {
  const shopper = await newcomer()
  const theirs = await card({ phone: '13900009999' })
  const tailOnly = await card({ phone: '9999' })
  for (const no of [theirs, tailOnly, 'NOSUCH']) await refused(mine(shopper, no), 'cards.unmatched')
  await refused(mine(await newcomer(false), theirs), 'cards.phone_missing')
  const guesses = await Promise.allSettled(
    Array.from({ length: 12 }, (_, i) => mine(shopper, `99${String(i).padStart(6, '0')}`)),
  )
  const codes = guesses.map((each) =>
    each.status === 'rejected' && each.reason instanceof ApiProblem ? each.reason.problem.code : '',
  )
  assert.equal(codes.filter((code) => code === 'cards.unmatched').length, 7)
  assert.equal(codes.filter((code) => code === 'cards.locked').length, 5)
})

test('staff who saw it bind it, and the trail says so; what was lost only its phone can bind', async () => {
  const shopper = await newcomer()
  const no = await card({ phone: '0318' })
  const seen = await clerk('POST /staff/v1/old-card-lookups', { body: { storeId: 'S01', no } })
  assert.deepEqual([seen.name, seen.phoneTail, seen.points, seen.state], ['王*满', '0318', 120, 'free'])
  assert.equal((await atCounter(shopper, no)).state, 'bound')
  const other = await newcomer()
  const lost = await card({ phone: other.phone })
  const body = { lost: true, reason: '顾客说丢了' }
  await hq('POST /console/v1/old-cards/:cardNo/loss', { params: { cardNo: lost }, body })
  await refused(atCounter(shopper, lost), 'cards.lost')
  await mine(other, lost)
  await refused(
    hq('POST /console/v1/old-cards/:cardNo/loss', { params: { cardNo: lost }, body }),
    'cards.bound',
  )
  await refused(atCounter(shopper, no, await world.staff('clerk02', 'floor')), 'staff.out_of_scope')
  const nobody = { ...shopper, memberId: '01900000-0000-7000-8000-000000000000' }
  await refused(atCounter(nobody, await card()), 'members.missing')
  const trail = await rows<{ action: string }>(
    world,
    `select action from audit_event where subject in ('old_card:${no}', 'old_card:${lost}') order by at`,
  )
  assert.deepEqual(
    trail.map(({ action }) => action),
    ['cards.bound', 'cards.lost'],
  )
})

test('two members and a clerk at the same moment: exactly one has it, and its points came once', async () => {
  for (let round = 0; round < 5; round++) {
    const owner = await newcomer()
    const other = await newcomer()
    const no = await card({ phone: owner.phone, points: 77, growth: 10 })
    const tries = await Promise.allSettled([
      mine(owner, no),
      atCounter(other, no),
      mine(owner, no),
      atCounter(owner, no, hq),
      atCounter(other, no, hq),
    ])
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const each of tries)
      if (each.status === 'rejected')
        assert.equal(each.reason instanceof ApiProblem && each.reason.problem.code, 'cards.bound')
    const sum = (await pointsOf(owner)).available + (await pointsOf(other)).available
    assert.equal(sum, 77)
    const [growth] = await rows<{ n: number }>(
      world,
      `select coalesce(sum(growth), 0)::int as n from growth_posting where member_id in ('${owner.memberId}', '${other.memberId}')`,
    )
    assert.equal(growth?.n, 10)
  }
})

test('a wrong binding is undone with a reason: what was spent is owed, and the right one has it whole', async () => {
  const wrong = await newcomer()
  const right = await newcomer()
  const no = await card({ points: 400, growth: 500 })
  await atCounter(wrong, no)
  await order(wrong, { lines: [{ skuId: APPLE, quantity: 1 }], usePoints: 150 })
  const bindingId = await bindingOf(no)
  await refused(undo(bindingId, await world.staff('s02')), 'staff.out_of_scope')
  const manager = await world.staff('s01')
  const twice = await Promise.allSettled([
    undo(bindingId, manager),
    undo(bindingId),
    undo(bindingId, manager),
  ])
  assert.equal(twice.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.deepEqual(await pointsOf(wrong), { available: 0, debt: 150 })
  assert.equal((await wrong.api('GET /v1/me/membership')).standing?.growth, 0)
  await atCounter(right, no)
  assert.deepEqual(await pointsOf(right), { available: 400, debt: 0 })
  await refused(undo(bindingId), 'cards.undone')
  const byPhone = await newcomer()
  const theirs = await card({ phone: byPhone.phone })
  await mine(byPhone, theirs)
  await refused(undo(await bindingOf(theirs), manager), 'staff.out_of_scope')
})

test('the tables refuse what the code would: a bound card changed, a binding edited, a card of two', async () => {
  const shopper = await newcomer()
  const no = await card()
  await atCounter(shopper, no)
  const { faults } = await run([`${no},,,999,0,,,,`])
  assert.equal(faults.length, 1)
  const { pool } = world.ctx.database
  await assert.rejects(pool.query('update plastic_card set points = 1 where no = $1', [no]), {
    code: '23001',
  })
  await assert.rejects(pool.query('update card_binding set points = 1 where card_no = $1', [no]), {
    code: '23001',
  })
  await assert.rejects(
    pool.query(
      `insert into card_binding (id, card_no, member_id, way, points, growth, at, by)
       values (gen_random_uuid(), $1, $2, 'phone', 0, 0, now(), 'test')`,
      [no, shopper.memberId],
    ),
    { code: '23505' },
  )
  const { counts } = await hq('GET /console/v1/old-cards', { query: { state: 'bound' } })
  assert.ok(counts.bound > 0 && counts.free > 0)
})
