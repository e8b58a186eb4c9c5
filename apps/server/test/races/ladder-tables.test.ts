// Ladders are promised twice: here the tables are asked alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { goodsOf, only } from '../campaigns.ts'
import { groupCampaign, groupOf, ladderOf, payFor, sit } from '../groups.ts'
import { until } from '../until.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let groupId = ''
let orderId = ''
let first = 0
before(async () => {
  world = await openWorld({ onHand: 20 })
  const sku = only(await goodsOf(world))
  first = sku.priceFen - 50
  const campaignId = await groupCampaign(world, await world.staff('hq'), sku, { terms: ladderOf(sku) })
  for (const name of ['one', 'two', 'three']) {
    const who = await world.member(name)
    const { id } = await sit(who, campaignId, sku, groupId || undefined)
    await payFor(world, who, id)
    groupId ||= (await groupOf(who)).id
    orderId = id
  }
  await world.advance(2 * 3600)
  await until(async () => {
    await world.sweep('orders.groups')
    const { rowCount } = await ask(`select from order_line where order_id = $1 and group_back_fen = 10`, [
      orderId,
    ])
    return rowCount === 1
  }, 'gathered')
})
after(() => world.close())

const ask = (text: string, values: unknown[]) => world.ctx.database.pool.query(text, values)
/** Another group like that one, but for what is said of it. */
const another = (over: object) =>
  ask(`insert into buy_group select (jsonb_populate_record(b, $1::jsonb)).* from buy_group b where id = $2`, [
    JSON.stringify({ id: '00000000-0000-4000-8000-000000000001', ...over }),
    groupId,
  ])
const rungs = (...steps: [size: number, priceFen: number][]) => ({
  rungs: steps.map(([size, priceFen]) => ({ size, priceFen })),
})

test('rungs rise, and their prices fall; the first makes the group and the last fills it', async () => {
  for (const wrong of [
    rungs([2, first], [3, first - 10], [5, first - 10]),
    rungs([2, first], [3, first + 10], [5, first - 10]),
    rungs([2, first], [5, first - 10], [5, first - 20]),
    rungs([2, first], [4, first - 10]),
    rungs([3, first], [5, first - 10]),
    rungs([2, first], [3, first - 10], [5, 0]),
    rungs([2, 9], [3, 8], [4, 7], [4, 6], [4, 5], [5, 4]),
    { rungs: [] },
  ])
    await assert.rejects(another(wrong), /buy_group_ladder/, JSON.stringify(wrong))
})

test('a group comes to the price of one of its rungs, and that stands', async () => {
  await assert.rejects(another({ price_fen: first - 11 }), /buy_group_rung/)
  for (const set of [
    `price_fen = ${first - 25}`,
    `rungs = '${JSON.stringify(rungs([2, first], [5, first - 10]).rungs)}'`,
  ])
    await assert.rejects(
      ask(`update buy_group set ${set} where id = $1`, [groupId]),
      /the price of group .* stands/,
    )
})

test('the difference of a line is never more than was paid, and never another', async () => {
  const set = (fen: string) =>
    ask(`update order_line set group_back_fen = ${fen} where order_id = $1`, [orderId])
  for (const fen of ['group_back_fen + 1', '0'])
    await assert.rejects(set(fen), /the difference of line 1 of order .* stands/)
  const more =
    'insert into order_line select (jsonb_populate_record(l, $2::jsonb)).* from order_line l where order_id = $1'
  const [over, none] = [{ group_back_fen: first + 1 }, { group_back_fen: -1 }].map((each) =>
    JSON.stringify({ line_no: 2, ...each }),
  )
  for (const wrong of [over, none]) await assert.rejects(ask(more, [orderId, wrong]), /order_line_group_back/)
})

test('one payment gives its difference back once, whatever the code believes', async () => {
  await assert.rejects(
    ask(
      `insert into refund select (jsonb_populate_record(r, $2::jsonb)).* from refund r where order_id = $1 and cause = 'group_price'`,
      [
        orderId,
        JSON.stringify({ id: '00000000-0000-4000-8000-000000000002', amount_fen: 1, idem_key: null }),
      ],
    ),
    /refund_out_refund_no_key/,
  )
})
