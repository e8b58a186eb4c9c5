// Every failure of the outside world that the sandbox can play, by number: the test that it really does it, and the test that the server survives it.
// The rules that play them are named in apps/sandbox/src/faults/actions.ts. A number without both fails; so does a test that is no longer there.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

type Place = readonly [file: string, text: string]
interface Proof {
  /** Below apps/sandbox/test. */
  plays: Place
  /** Below apps/server. */
  survives: Place
}

const LIBRARY = 'conformance.test.ts'
const CLIENT = 'test/payments/wxpay.test.ts'
const NOTICES = 'test/stories/payment-notices.test.ts'
const OUTAGES = 'test/stories/payment-outages.test.ts'
const CLOSE = 'test/stories/payment-close.test.ts'
const REFUNDS = 'test/stories/refunds.test.ts'
const COMMISSIONS = 'test/stories/withdrawals.test.ts'
const BILLS = 'test/stories/reconciliation-bills.test.ts'
const RECONCILIATION = 'test/stories/reconciliation.test.ts'
const proof = (plays: Place, survives: Place): Proof => ({ plays, survives })

const PROOFS: Readonly<Record<number, Proof>> = {
  // Requests
  1: proof([LIBRARY, "['timeout-before',"], [CLIENT, "[1, 'timeout-before']"]),
  2: proof([LIBRARY, "['timeout-after',"], [CLIENT, "[2, 'timeout-after']"]),
  3: proof([LIBRARY, "['reset-mid-body',"], [CLIENT, "[3, 'reset-mid-body']"]),
  4: proof([LIBRARY, "['a 500',"], [CLIENT, "[4, { kind: 'status', status: 500,"]),
  5: proof([LIBRARY, "['a 429',"], [CLIENT, "[5, { kind: 'status', status: 429,"]),
  6: proof(['orders.test.ts', "['a clock 301 s behind',"], [CLIENT, "test('mode 6 ·"]),
  7: proof(['faults.test.ts', "test('slow replies come late but well'"], [CLIENT, "test('mode 7 ·"]),
  8: proof([LIBRARY, "['html',"], [CLIENT, "[8, 'html']"]),
  9: proof(
    [LIBRARY, "test('truncated JSON is well signed and unreadable'"],
    [CLIENT, "[9, 'truncated-json']"],
  ),
  10: proof([LIBRARY, "'extra-fields', 'unknown-enum'"], [CLIENT, "test('mode 10 ·"]),
  11: proof(
    ['faults.test.ts', "test('status answers what it is told"],
    [CLIENT, "[11, { kind: 'status', status: 202,"],
  ),
  // Replies
  12: proof([LIBRARY, "'bad-signature': /SIGNATURE/"], [CLIENT, "[12, 'bad-signature']"]),
  13: proof([LIBRARY, "'missing-headers': /INCOMPLATE/"], [CLIENT, "[13, 'missing-headers']"]),
  14: proof([LIBRARY, "'future-timestamp': /TIMESTAMP/"], [CLIENT, "[14, 'future-timestamp']"]),
  15: proof([LIBRARY, "'unknown-serial': /SERIAL/"], [CLIENT, "[15, 'unknown-serial']"]),
  16: proof([LIBRARY, "test('the certificate key, extra fields"], [CLIENT, "test('mode 16 and 19 ·"]),
  17: proof([LIBRARY, 'signtest: /SIGNATURE/'], [CLIENT, "[17, 'signtest']"]),
  18: proof([LIBRARY, "'tampered-body': /SIGNATURE/"], [CLIENT, "[18, 'tampered-body']"]),
  19: proof(
    ['notifications.test.ts', "test('the operator may sign with the certificate instead"],
    [CLIENT, "test('mode 16 and 19 ·"],
  ),
  // Notifications of payments
  20: proof(
    ['notifications.test.ts', 'one dropped for ever'],
    ['test/stories/payment-checks.test.ts', "test('mode 20 ·"],
  ),
  21: proof(
    ['notifications.test.ts', "test('drop ends it, delay postpones it, duplicates double it'"],
    [NOTICES, "[21, 'duplicate']"],
  ),
  22: proof(
    ['notifications.test.ts', "test('drop ends it, delay postpones it, duplicates double it'"],
    [NOTICES, "[22, 'duplicate-concurrent']"],
  ),
  23: proof(
    ['faults.test.ts', "test('pay-before-reply:"],
    ['test/stories/payments.test.ts', "test('mode 23 ·"],
  ),
  24: proof(['notifications.test.ts', "test('late: paid at once"], [NOTICES, "test('modes 24, 27 ·"]),
  25: proof(['notifications.test.ts', 'one delayed once'], [CLOSE, 'test(`modes 25, 26 ·']),
  26: proof(['notifications.test.ts', 'one delayed once'], [CLOSE, 'test(`modes 25, 26 ·']),
  27: proof(
    ['notifications.test.ts', 'a probe first and then the good one'],
    [NOTICES, "test('modes 24, 27 ·"],
  ),
  28: proof(
    ['notifications.test.ts', "'wrong-tag': { genuine: true, openable: false }"],
    [NOTICES, 'test(`mode 28 ·'],
  ),
  29: proof(['notifications.test.ts', "'other-mchid': {"], [NOTICES, 'test(`modes 29, 30 ·']),
  30: proof(['notifications.test.ts', "'amount-mismatch': {"], [NOTICES, 'test(`modes 29, 30 ·']),
  31: proof(['notifications.test.ts', "'unknown-order': {"], [NOTICES, "test('mode 31 ·"]),
  32: proof(
    ['notifications.test.ts', "test('a probe’s signature begins as probes do, and a stale one is a day old'"],
    [NOTICES, "[32, 'stale-timestamp']"],
  ),
  33: proof(
    ['notifications.test.ts', "test('only 200 and 204 within the time limit count"],
    [OUTAGES, "test('mode 33 ·"],
  ),
  34: proof(
    ['notifications.test.ts', "test('only 200 and 204 within the time limit count"],
    [OUTAGES, "test('mode 34 ·"],
  ),
  35: proof(['notifications.test.ts', "test('a shop that is down is retried"], [OUTAGES, "test('mode 35 ·"]),
  36: proof(
    ['notifications.test.ts', "test('a coupon lowers what the payer pays"],
    ['test/stories/payments.test.ts', "test('mode 36 ·"],
  ),
  37: proof(['orders.test.ts', "test('paying twice is refused"], [CLOSE, "test('mode 37 ·"]),
  38: proof(['notifications.test.ts', "await act(id, 'unknown-event')"], [NOTICES, "test('mode 38 ·"]),
  39: proof(['notifications.test.ts', "test('odd but lawful wrappings"], [NOTICES, 'test(`modes 16, 39 ·']),
  // Closing
  40: proof(['faults.test.ts', "test('pay-first:"], [CLOSE, "test('mode 40 ·"]),
  41: proof([LIBRARY, "['an error after the work was done',"], [CLOSE, "test('mode 41 ·"]),
  42: proof(['orders.test.ts', 'of an unknown one · 404 ORDER_NOT_EXIST'], [CLOSE, "test('mode 42 ·"]),
  // Refunds
  43: proof(['refunds.test.ts', "test('a held refund stays PROCESSING"], [REFUNDS, "test('mode 43 ·"]),
  44: proof(
    ['refunds.test.ts', "test('ABNORMAL, then to a bank card"],
    ['test/stories/refund-rescue.test.ts', "test('mode 44 ·"],
  ),
  45: proof(['refunds.test.ts', "test('CLOSED gives nothing back"], [REFUNDS, "test('mode 45 ·"]),
  46: proof(['faults.test.ts', "test('status answers what it is told"], [REFUNDS, 'test(`mode 46 ·']),
  47: proof([LIBRARY, "['timeout-after',"], [REFUNDS, "test('mode 47 ·"]),
  48: proof(
    ['refunds.test.ts', "test('the notification may come before the reply"],
    [REFUNDS, "test('mode 48 ·"],
  ),
  49: proof(['refunds.test.ts', 'a query may show an older state'], [REFUNDS, "test('mode 49 ·"]),
  50: proof(
    ['refunds.test.ts', "test('POST refund · partial refunds stop at what was paid'"],
    ['test/stories/refund-pieces.test.ts', "test('more pieces than are left"],
  ),
  51: proof(['bills.test.ts', "test('a refund in the merchant console"], [REFUNDS, "test('mode 51 ·"]),
  52: proof(['refunds.test.ts', "test('mode 52 ·"], ['test/stories/refund-queue.test.ts', "test('mode 52 ·"]),
  // Bills
  53: proof(
    ['bills.test.ts', "test('faults bill-not-ready"],
    [BILLS, 'a bill that is still being made is asked for again'],
  ),
  54: proof(['bills.test.ts', "test('a bill is being made until nine"], [BILLS, '“no statement” of a day']),
  55: proof(
    ['bills.test.ts', 'bill-hash-mismatch'],
    [BILLS, "[['tradebill', 'bill-hash-mismatch'], 'BILL_HASH']"],
  ),
  56: proof(
    ['bills.test.ts', "test('the address of a bill lives thirty seconds"],
    [BILLS, "[['tradebill', 'bill-url-expired'],"],
  ),
  57: proof(['bills.test.ts', "['bill-extra-column',"], [BILLS, "'bill-extra-column', 'bill-reordered'"]),
  58: proof(['bills.test.ts', "['bill-odd-names',"], [BILLS, "'bill-odd-names'"]),
  59: proof(['bills.test.ts', "test('mode 59"], [RECONCILIATION, 'a payment booked before midnight']),
  60: proof(['bills.test.ts', "['bill-extra-row',"], [RECONCILIATION, 'and a payment nobody here knows']),
  61: proof(['bills.test.ts', "['bill-missing-row',"], [RECONCILIATION, 'a payment that no bill shows']),
  62: proof(['bills.test.ts', "['bill-off-by-one',"], [RECONCILIATION, 'an amount that differs by one fen']),
  63: proof(
    ['bills.test.ts', 'five decimals of a fee'],
    ['src/rooms/reconciliation/trade-bill.test.ts', 'the thousandth of a fen'],
  ),
  64: proof(
    ['bills.test.ts', "['bill-summary-wrong',"],
    [BILLS, "[['tradebill', 'bill-summary-wrong'], 'summary_differs']"],
  ),
  65: proof(['bills.test.ts', "test('mode 65"], [BILLS, "test('mode 65 ·"]),
  // What the mini-program's own interfaces do
  // Transfers to people
  71: proof(['transfers.test.ts', "test('mode 71 ·"], [COMMISSIONS, "test('modes 71, 72 ·"]),
  72: proof(['transfers.test.ts', "test('mode 72 ·"], [COMMISSIONS, "test('modes 71, 72 ·"]),
  73: proof(['transfers.test.ts', "test('mode 73 ·"], [COMMISSIONS, "test('mode 73 ·"]),
  74: proof(['transfers.test.ts', "test('mode 74 ·"], [COMMISSIONS, "test('mode 74 ·"]),
  75: proof(['transfers.test.ts', "test('mode 75 ·"], [COMMISSIONS, "test('modes 2, 4, 5, 12, 75 ·"]),
  82: proof(
    ['reports.test.ts', "test('mode 82 ·"],
    ['test/stories/wechat-reports.test.ts', "test('mode 82 ·"],
  ),
}

const SERVER = path.join(import.meta.dirname, '..')
const stands = (file: string, text: string): boolean =>
  existsSync(file) && readFileSync(file, 'utf8').includes(text)

for (let mode = 1; mode <= 65; mode++)
  test(`failure mode ${mode} has a test that the sandbox plays it, and one that the server survives it`, () => {
    assert.ok(PROOFS[mode], 'not in the list')
  })
for (const [mode, { plays, survives }] of Object.entries(PROOFS))
  test(`failure mode ${mode}: both tests are there`, () => {
    assert.ok(stands(path.join(SERVER, '../sandbox/test', plays[0]), plays[1]), plays.join(': '))
    assert.ok(stands(path.join(SERVER, survives[0]), survives[1]), survives.join(': '))
  })
test('the list can fail', () => {
  assert.equal(PROOFS[66], undefined)
  assert.equal(stands(path.join(SERVER, CLIENT), "test('mode 66 ·"), false)
  assert.equal(stands(path.join(SERVER, 'test/nowhere.test.ts'), ''), false)
})
test('every failure mode stands in the sandbox’s own table', () => {
  const table = readFileSync(path.join(SERVER, '../sandbox/src/faults/actions.ts'), 'utf8')
  const numbered = new Set(
    [...table.matchAll(/^ \* \| ([\d, –]+) \|/gm)].flatMap(([, cell = '']) =>
      cell.split(',').flatMap((part) => {
        const [from = 0, to = from] = part.split('–').map(Number)
        return Array.from({ length: to - from + 1 }, (_, at) => from + at)
      }),
    ),
  )
  assert.deepEqual(
    Object.keys(PROOFS).filter((mode) => !numbered.has(Number(mode))),
    [],
  )
})
