import assert from 'node:assert/strict'
import { test } from 'node:test'

import { csvOf } from './csv.ts'
import {
  dayWords,
  deltaOf,
  eventWords,
  feeFen,
  feeRate,
  filtersOf,
  keepsOpen,
  reasonOf,
  sidesOf,
  signedFen,
  standing,
  stateOf,
  troubleOf,
  type Day,
  type Detail,
  type Difference,
} from './model.ts'

const difference: Difference = {
  id: '01900000-0000-7000-8000-000000000000',
  provider: 'wechat',
  no: 'D-1121-02',
  day: '2026-11-21',
  source: 'payment',
  kind: 'amount_diff',
  state: 'OPEN',
  number: '4200001234202611210123456789',
  ourNo: '01900000000070008000000000000000',
  orderId: null,
  orderNo: '2026112100421190',
  storeId: 'S01',
  oursFen: 3590,
  theirsFen: 3400,
  oursState: 'PAID',
  theirsState: 'SUCCESS',
  happenedAt: '2026-11-21T12:33:01.000Z',
  foundAt: '2026-11-22T02:05:00.000Z',
  endedAt: null,
  resolution: null,
  note: null,
  owner: null,
}
const sides = { ours: 1, oursFen: 3590, theirs: 1, theirsFen: 3590 }
const day: Day = {
  signedOff: null,
  provider: 'wechat',
  day: '2026-11-21',
  state: 'DONE',
  tries: 0,
  nextTryAt: null,
  trouble: null,
  reconciledAt: '2026-11-22T02:05:00.000Z',
  tradeAt: null,
  fundsAt: null,
  billRows: 1,
  fundRows: 2,
  payments: sides,
  refunds: sides,
  settleFen: 1280,
  feeMilliFen: 7680,
  fundsInFen: 1280,
  fundsOutFen: 8,
  waiting: 0,
  open: 0,
  closed: 0,
  resolved: 0,
}

test('a day can be signed off once it is reconciled and nothing is open', () => {
  assert.equal(keepsOpen(day), undefined)
  assert.equal(keepsOpen({ ...day, open: 2, waiting: 3 }), '先平 5 笔')
  assert.equal(keepsOpen({ ...day, state: 'FAILED' }), '先对成')
})

test('what one side lacks counts as nothing, and the sign says whose side is short', () => {
  assert.equal(deltaOf(difference), -190)
  assert.equal(deltaOf({ oursFen: null, theirsFen: 4680 }), 4680)
  assert.equal(deltaOf({ oursFen: 1250, theirsFen: null }), -1250)
  assert.deepEqual([signedFen(4680), signedFen(-190), signedFen(0)], ['+46.80', '−1.90', '0.00'])
})

test('fees are rounded to the fen away from zero, and the rate is of what was due', () => {
  assert.deepEqual([7680, -7680, 500, -500, 499, 0].map(feeFen), [8, -8, 1, -1, 0, 0])
  assert.equal(feeRate(day), '0.60%')
  assert.equal(feeRate({ ...day, settleFen: 0 }), undefined)
})

test('a day says how it stands: trouble first, then what is open, then what waits', () => {
  assert.equal(standing(day).word, '对平')
  assert.equal(standing({ ...day, open: 5, waiting: 1 }).word, '5 笔没平')
  assert.equal(standing({ ...day, waiting: 1 }).word, '1 笔挂着')
  assert.equal(standing({ ...day, state: 'DUE' }).word, '等账单')
  const signedOff = { at: '2026-11-22T03:00:00.000Z', byName: '总部', reopenedAt: null, reopenedBy: null }
  assert.equal(standing({ ...day, signedOff }).word, '已关账')
  const again = { ...signedOff, reopenedAt: '2026-11-23T03:00:00.000Z', reopenedBy: 'system' }
  assert.equal(standing({ ...day, signedOff: again, open: 1 }).word, '1 笔没平')
  assert.equal(standing({ ...day, signedOff: again }).word, '对平', 'to be signed off once more')
  assert.equal(standing({ ...day, state: 'FAILED', trouble: 'BILL_HASH' }).tone, 'alarm')
  assert.equal(troubleOf({ ...day, trouble: 'BILL_HASH' }), '账单的摘要不符')
  assert.match(troubleOf({ ...day, trouble: 'NEW' }) ?? '', /NEW/)
  assert.deepEqual(dayWords('2026-11-21'), { date: '11-21', weekday: '周六' })
})

test('the state of a difference says who is at it', () => {
  const owner = { account: 'hq', name: '何敏', mine: false }
  assert.equal(stateOf(difference).word, '待认领')
  assert.equal(stateOf({ ...difference, owner }).word, '处理中')
  assert.equal(stateOf({ ...difference, state: 'WAITING' }).word, '挂着')
  assert.deepEqual(
    reasonOf({ ...difference, state: 'RESOLVED', resolution: 'platform_subsidy', note: '立减' }),
    ['记成平台补贴', '立减'],
  )
  assert.deepEqual(
    reasonOf({ ...difference, state: 'CLOSED', resolution: 'booked' })[1],
    '向对方查实，已补上',
  )
})

test('both sides side by side: only what both could know is compared', () => {
  const detail: Detail = {
    difference,
    ours: { number: difference.number, state: 'PAID', amountFen: 3590, at: null, reason: null },
    theirs: {
      day: difference.day,
      state: 'SUCCESS',
      amountFen: 3400,
      settleFen: 3400,
      couponFen: 0,
      feeMilliFen: 20_400,
      rate: '0.60%',
      at: difference.happenedAt,
      outTradeNo: 'x',
    },
    events: [],
  }
  assert.deepEqual(
    sidesOf(detail).map(({ name, ours, theirs, differs }) => [name, ours, theirs, differs]),
    [
      ['订单金额', '35.90', '34.00', true],
      ['代金券', '—', '0.00', false],
      ['结算给我们', '—', '34.00', false],
      ['手续费 0.60%', '—', '−0.20', false],
      ['状态', '成功', '成功', false],
    ],
  )
  const missing = sidesOf({ ...detail, theirs: null })
  assert.deepEqual(missing.at(-1), { name: '状态', ours: '成功', theirs: '—', differs: true })
})

test('history in words, with what a person said', () => {
  const at = difference.foundAt
  assert.equal(eventWords({ verb: 'found', by: 'system', byName: null, at, note: null }), '比对出差异')
  assert.equal(
    eventWords({
      verb: 'resolved',
      by: 'staff:hq',
      byName: '何敏',
      at,
      note: 'merchant_console: 店长退的: 运费',
    }),
    '说明：商户平台手工退的，店长退的: 运费',
  )
  assert.equal(eventWords({ verb: 'unheard', by: 'system', byName: null, at, note: 'x' }), 'unheard：x')
})

test('filters come from the address, and nonsense is no filter', () => {
  assert.deepEqual(filtersOf(new URLSearchParams('day=2026-11-21&view=mine&kind=amount_diff&bills=alipay')), {
    provider: 'alipay',
    day: '2026-11-21',
    view: 'mine',
    kind: 'amount_diff',
  })
  assert.deepEqual(filtersOf(new URLSearchParams('day=today&view=toString&kind=constructor&bills=x')), {
    provider: 'wechat',
  })
})

test('an exported row keeps every digit and runs no formula', () => {
  const csv = csvOf([
    {
      ...difference,
      state: 'RESOLVED',
      resolution: 'other',
      note: '=HYPERLINK("http://x")',
      theirsFen: null,
    },
  ])
  const [head, row, end] = csv.split('\r\n')
  assert.ok(head?.startsWith('\uFEFF"编号"'))
  assert.equal(end, '')
  assert.ok(row?.includes('"35.90","","-35.90"'))
  assert.ok(row?.includes('"\t4200001234202611210123456789"'))
  assert.ok(row?.includes(`"'=HYPERLINK(""http://x"")"`))
  assert.ok(row?.includes('"2026-11-21 20:33:01"'))
})
