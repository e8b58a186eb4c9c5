// Coupons and points are promised twice too. Here their tables are asked alone: whatever the code believes, they refuse.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { idOf, plant } from '../fixtures.ts'
import { createDatabase, type TestDatabase } from '../postgres-server.ts'

let database: TestDatabase
let client: pg.Client
const [MEMBER, FIRST, SECOND, TEMPLATE, COUPON] = ['member', 'first', 'second', 'template', 'coupon'].map(
  idOf,
)

const order = (id: string) =>
  `insert into orders (id, no, store_id, member_id, idem_key, body_hash, state, pay_state, fulfilment, goods_fen, total_fen, paid_fen, placed_at)
   values ('${id}', '${id}', 'S01', '${MEMBER}', '${id}', '\\x00', 'PENDING_PAY', 'UNPAID', 'pickup', 100, 100, 0, now())`
const coupon = (id: string, key: string) =>
  `insert into member_coupon (id, template_id, member_id, state, granted_at, starts_at, expires_at, grant_key)
   values ('${id}', '${TEMPLATE}', '${MEMBER}', 'UNUSED', now(), now(), now() + interval '1 day', '${key}')`
const firstCoupon = (name: string) =>
  coupon(idOf(name), name).replace('grant_key)', 'grant_key, first_order)').replace(/\)$/, ', true)')
const move = (set: string) => `update member_coupon set ${set} where id = '${COUPON}'`
const lock = (orderId = FIRST, round = 1) =>
  move(`state = 'LOCKED', order_id = '${orderId}', round = ${round}`)
const event = (verb: string, { round = 1, reason = 'null' } = {}) =>
  `insert into coupon_event (coupon_id, round, verb, to_state, expires_at, reason, by, at)
   values ('${COUPON}', ${round}, '${verb}', 'LOCKED', now(), ${reason}, 'b', now())`
const posting = (columns: string, values: string) =>
  `insert into point_posting (member_id, reason, by, at, ${columns}) values ('${MEMBER}', 'grant', 'b', now(), ${values})`
const ten = posting('available, last_day', `10, '2099-12-31'`)
const earned = posting('frozen, order_id', `5, '${FIRST}'`).replace("'grant'", "'earn'")
const spent = posting(
  'available, last_day, held, spent, spent_day, order_id',
  `-4, '2099-12-31', 4, 4, '2099-12-31', '${FIRST}'`,
).replace("'grant'", "'hold'")
const terms = `insert into points_terms (points_per_yuan, cap_bp, min_order_fen, fen_per_point, frozen_days, valid_months, since, by)
  values (100, 5000, 0, 100, 7, 12, now(), 'b')`

before(async () => {
  database = await createDatabase()
  await plant(database.url)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  for (const text of [
    `insert into member (id, nickname, joined_at) values ('${MEMBER}', 'm', now())`,
    order(FIRST ?? ''),
    order(SECOND ?? ''),
    `insert into coupon_template (id, label, kind, steps, stack_group, funding, valid_days, most, most_each, granted, created_at, created_by)
     values ('${TEMPLATE}', 'l', 'steps', '[{}]', 'g', 'hq', 30, 1, 1, 1, now(), 'b')`,
    coupon(COUPON ?? '', 'key'),
  ])
    await client.query(text)
})
after(async () => {
  await client.end()
  await database.drop()
})

/** The code, and where several rules would refuse, whose turn it is. */
const REFUSED: readonly [what: string, code: string, then: string, ...first: string[]][] = [
  ['one coupon for two orders in a round', '23001', lock(SECOND, 1), lock()],
  [
    'a coupon taken by one order and used by another',
    '23001',
    move(`state = 'USED', order_id = '${SECOND}'`),
    lock(),
  ],
  ['a coupon used that no order had taken', '23001', move(`state = 'USED', order_id = '${FIRST}'`)],
  [
    'a used coupon taken away',
    '23001',
    move(`state = 'VOID', order_id = null`),
    lock(),
    move(`state = 'USED'`),
  ],
  ['an expired coupon alive again', '23001', move(`state = 'UNUSED'`), move(`state = 'EXPIRED'`)],
  ['a withdrawn coupon taken by an order', '23001', lock(), move(`state = 'VOID'`)],
  ['a round that goes back', '23001', move('round = 0'), lock(), move(`state = 'UNUSED', order_id = null`)],
  ['a coupon in other hands', '23001', move(`member_id = gen_random_uuid()`)],
  ['a coupon gone without a trace', '23001', `delete from member_coupon`],
  ['a locked coupon that no order has', '23514', move(`state = 'LOCKED', round = 1`)],
  ['one grant twice', '23505', coupon(idOf('again'), 'key')],
  [
    'two first orders of one member',
    '23505 member_coupon_first_order',
    `update member_coupon set state = 'LOCKED', order_id = '${SECOND}', round = 1 where id = '${idOf('other first')}'`,
    firstCoupon('one first'),
    firstCoupon('other first'),
    `update member_coupon set state = 'LOCKED', order_id = '${FIRST}', round = 1 where id = '${idOf('one first')}'`,
  ],
  ['two locks in one round', '23505', event('lock'), event('lock')],
  ['a withdrawal without a reason', '23514', event('void')],
  ['an event of a coupon rewritten', '23001', `update coupon_event set by = 'x'`, event('lock')],
  ['more granted than promised', '23514', 'update coupon_template set granted = 2'],
  ['a promise edited', '23001', 'update coupon_template set valid_days = 31'],
  [
    'a grant of what has ended',
    '23001',
    'update coupon_template set granted = 1',
    `update coupon_template set ended_at = now(), ended_by = 'b', granted = 0`,
  ],
  ['an account written by hand', '23001', 'update points_account set available = available + 1', ten],
  ['a lot written by hand', '23001', 'update point_lot set available = available + 1', ten],
  [
    'an account made by hand',
    '23001',
    `insert into points_account (member_id, available) values ('${MEMBER}', 9)`,
  ],
  ['a lot taken out', '23001', 'delete from point_lot', ten],
  ['what an order spent rewritten', '23001', 'update point_spend set kept = 0', ten, spent],
  ['what an order earned rewritten', '23001', 'update point_grant set frozen = 0', earned],
  [
    'more spent than there is',
    '23514 points_account_available_check',
    posting('available, last_day', `-11, '2099-12-31'`),
    ten,
  ],
  [
    'more taken out of a lot than is in it',
    '23514 point_lot_available_check',
    posting('available, last_day', `-11, '2099-12-31'`),
    ten,
    posting('available, last_day', `5, '2098-12-31'`),
  ],
  ['a debt beside points that could pay it', '23514', posting('debt', '1'), ten],
  [
    'more given back than an order kept',
    '23514 point_spend_check',
    posting(
      'available, last_day, spent, spent_day, order_id',
      `5, '2099-12-31', -5, '2099-12-31', '${FIRST}'`,
    ),
    ten,
    spent,
    posting('held, order_id', `-4, '${FIRST}'`),
  ],
  ['a posting rewritten', '23001', 'update point_posting set available = 99', ten],
  ['a posting of nothing', '23514', posting('available', '0')],
  ['terms of points rewritten', '23001', 'update points_terms set fen_per_point = 1', terms],
]
for (const [what, code, then, ...first] of REFUSED)
  test(`the tables refuse ${what}`, async () => {
    await client.query('begin')
    try {
      for (const text of first) await client.query(text)
      const [sqlstate, constraint] = code.split(' ')
      await assert.rejects(
        client.query(then),
        { code: sqlstate, ...(constraint ? { constraint } : {}) },
        then,
      )
    } finally {
      await client.query('rollback')
    }
  })

test('when points become usable a grant may be told by hand, and nothing else of it', async () => {
  await client.query('begin')
  try {
    await client.query(earned)
    const { rowCount } = await client.query('update point_grant set usable_at = now()')
    assert.equal(rowCount, 1)
  } finally {
    await client.query('rollback')
  }
})
