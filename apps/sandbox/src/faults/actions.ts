/**
 * Everything that can be made to go wrong, as data. `modes` are the failure modes the table below numbers; the numbers
 * are those of the protocol notes this sandbox was designed from, so a test can say which one it covers.
 *
 * | # | failure mode | how to get it |
 * | --- | --- | --- |
 * | 1 | request lost before processing | `timeout-before`, `reset-before` |
 * | 2, 47 | processed, reply lost | `timeout-after` |
 * | 3 | connection reset mid-body | `reset-mid-body` |
 * | 4 | 500 SYSTEM_ERROR, then success | `status` with `times: 1` |
 * | 5 | 429 | `status` 429 FREQUENCY_LIMITED |
 * | 6 | skewed clock | send a stale timestamp: the ±300 s check answers 401 SIGN_ERROR |
 * | 7 | slow | `slow` with `ms` |
 * | 8 | proxy's HTML page | `html` |
 * | 9 | truncated JSON | `truncated-json` |
 * | 10 | unknown fields and enum values | `extra-fields`, `unknown-enum` |
 * | 11 | 202 USERPAYING | `status` 202 USERPAYING |
 * | 12 | bad signature | `bad-signature` |
 * | 13 | missing headers | `missing-headers` |
 * | 14 | stale or future timestamp | `stale-timestamp`, `future-timestamp` |
 * | 15 | unknown serial | `unknown-serial` |
 * | 16 | signed by the platform certificate | `certificate-key` |
 * | 17 | SIGNTEST on a reply | `signtest` |
 * | 18 | tampered body | `tampered-body` |
 * | 19 | key change mid-run | `POST /_sim/settings {signWith: 'certificate'}` |
 * | 20 | notification never comes | `drop` |
 * | 21, 22 | duplicates, one after another or at once | `duplicate`, `duplicate-concurrent` |
 * | 23 | paid before the order's reply | `pay-before-reply` |
 * | 24–26 | hours late, after local close or stock release | `delay` with `seconds`; outcome `late` |
 * | 27 | SIGNTEST, then a good one | `signtest` on `notify` with `times: 1` |
 * | 28 | wrong tag, wrong APIv3 key | `wrong-tag`, `wrong-key` |
 * | 29 | other mchid, other appid | `other-mchid`, `other-appid` |
 * | 30 | amount mismatch | `amount-mismatch` |
 * | 31 | unknown out_trade_no | `unknown-order` |
 * | 32 | replay of a day-old delivery | `stale-timestamp` on `notify` |
 * | 33–35 | product answers 500, answers late, is down | the ladder: the product's own doing |
 * | 36 | coupon, payer_total < total | `POST /_sim/pay {couponFen}` |
 * | 37 | two attempts of one order both paid | pay both prepay ids |
 * | 38 | unknown event_type | `unknown-event` |
 * | 39 | header case, chunked body, BOM | `header-case`, `chunked`, `bom` |
 * | 40 | pay and close race | `pay-first` on `close`; closing first makes the cashier refuse |
 * | 41 | close answers 500 | `status` or `error-after` on `close` |
 * | 42 | close of an unknown order | built in: 404 ORDER_NOT_EXIST |
 * | 43 | refund PROCESSING for days | `refund-hold` |
 * | 44, 45 | ABNORMAL, CLOSED | `refund-abnormal`, `refund-closed` |
 * | 46 | NOT_ENOUGH | `status` 403 NOT_ENOUGH on `refund` |
 * | 48 | refund notified before the reply | `notify-before-reply` |
 * | 49 | query shows an older state | `stale-view` |
 * | 50 | partial refunds over the total | built in: INVALID_REQUEST |
 * | 51 | refund made in the merchant console | `POST /_sim/orders/{number}/refund` |
 * | 52 | refund of a shared order | built in while its money is frozen: 403 NOT_ENOUGH; `POST /_sim/orders/{number}/release` ends that |
 * | 53 | bill not ready | `bill-not-ready`; built in before nine |
 * | 54 | no statement | built in for a day without trades |
 * | 55 | hash mismatch | `bill-hash-mismatch` |
 * | 56 | expired download_url | `bill-url-expired`; built in after 30 s |
 * | 57 | extra column, reordered columns | `bill-extra-column`, `bill-reordered` |
 * | 58 | comma, quote, newline, emoji in a name | `bill-odd-names` |
 * | 59 | payment at 23:59:59.9 Beijing | built in: the Beijing day of `success_time` |
 * | 60 | row that the product does not know | `bill-extra-row` |
 * | 61 | row missing in the bill | `bill-missing-row` |
 * | 62 | amount off by one fen | `bill-off-by-one` |
 * | 63 | five decimals, negative fee | built in |
 * | 64 | summary disagrees with rows | `bill-summary-wrong` |
 * | 65 | large bill | `bill-large` with `rows` |
 * | 71 | nobody confirms for a day | built in: CANCELLED, OVERDUE_CLOSE |
 * | 72 | not confirmed now | built in: 暂不收款 on the page changes nothing |
 * | 73 | taken back as it is confirmed | `confirm-first` |
 * | 74 | wrong name | `transfer-fail` |
 * | 75 | merchant's balance short | `transfer-hold`; `status` 403 NOT_ENOUGH |
 * | 82 | shipping info refused: 10060001 for a while, 10060002 … | `errcode` on `shipping-info` and `special-order`; the checks are built in |
 * | 97 | refund told of with TRADE_SUCCESS | built in: every partial refund |
 * | 98 | `%`, `+`, Chinese in the subject | `odd-title` |
 * | 99 | sign_type RSA | `weak-signature` |
 * | 100 | TRADE_FINISHED after SUCCESS | `POST /_sim/alipay/trades/{number}/finish` |
 * | 101 | wrong seller, app, amount | `other-seller`, `other-appid`, `amount-mismatch` |
 * | 83 | a code that is JSON instead of a picture | `errcode` on `wxacode` |
 * | 80, 85 | subscribe message refused: 43101, 47003, 40037, 45009 … | `errcode` on `subscribe-send`; the checks are built in, but for 45009 |
 * | 76–78 | token and code errors | `errcode` on a `/wx` route; `POST /_sim/tokens/invalidation` |
 *
 * Without a mode number: `unsigned` leaves Alipay's signature out; `bill-truncated` breaks the file of a bill off in the middle; `missing-headers`, `unknown-serial`, `future-timestamp`, `bad-signature` and `tampered-body`
 * also work on `notify`.
 */

import {
  ALIPAY_FAULTS,
  ALIPAY_NOTIFY_FAULTS,
  ALIPAY_ONLY,
  ALIPAY_ROUTES,
  BILL_FILE_FAULTS,
  BILL_FILES,
  BILL_ROUTES,
  type Route,
  SMS_FAULTS,
  WX_FAULTS,
  WX_ROUTES,
} from './routes.ts'

/** Where an action takes hold. */
export type Stage = 'before' | 'work' | 'reply' | 'notify'

export type ActionKind = keyof typeof actions

export type ActionNote = {
  stages: readonly Stage[]
  modes: readonly number[]
  title: string
  /** Optional numbers and texts the action reads, with their defaults. */
  takes?: readonly string[]
  /** The only routes it makes sense on; without it, every route of its stage. */
  only?: readonly Route[]
}

export const actions = {
  'timeout-before': { stages: ['before'], modes: [1], title: '处理前超时', takes: ['ms'] },
  'reset-before': { stages: ['before'], modes: [1], title: '处理前断开' },
  status: {
    stages: ['before'],
    modes: [4, 5, 11, 41, 46],
    title: '直接返回错误',
    takes: ['status', 'code', 'message'],
  },
  html: { stages: ['before'], modes: [8], title: '代理返回 HTML' },
  slow: { stages: ['before'], modes: [7], title: '慢响应', takes: ['ms'] },
  errcode: {
    stages: ['before'],
    modes: [76, 77, 78, 80, 82, 83, 85],
    title: '微信接口 errcode',
    only: WX_ROUTES,
    takes: ['errcode', 'errmsg'],
  },
  'pay-first': { stages: ['before'], modes: [40], title: '关单前用户刚好付款', only: ['query', 'close'] },
  'pay-before-reply': { stages: ['work'], modes: [23], title: '下单应答前已支付并通知', only: ['jsapi'] },
  'notify-before-reply': { stages: ['work'], modes: [48], title: '退款通知先于应答', only: ['refund'] },
  'refund-hold': { stages: ['work'], modes: [43], title: '退款一直处理中', only: ['refund'] },
  'refund-abnormal': {
    stages: ['work'],
    modes: [44],
    title: '退款异常',
    only: ['refund', 'abnormal-refund'],
  },
  'refund-closed': { stages: ['work'], modes: [45], title: '退款关闭', only: ['refund'] },
  'confirm-first': {
    stages: ['work'],
    modes: [73],
    title: '撤销前用户刚好确认收款',
    only: ['transfer-cancel'],
  },
  'transfer-fail': {
    stages: ['work'],
    modes: [74],
    title: '转账失败（姓名不符）',
    only: ['transfer'],
    takes: ['code'],
  },
  'transfer-hold': { stages: ['work'], modes: [75], title: '转账一直处理中（余额不足）', only: ['transfer'] },
  'stale-view': { stages: ['work'], modes: [49], title: '查询返回旧状态', only: ['refund-query'] },
  'bill-not-ready': {
    stages: ['work'],
    modes: [53],
    title: '账单还没生成',
    only: ['tradebill', 'fundflowbill', 'alipay-bill'],
  },
  'bill-hash-mismatch': {
    stages: ['work'],
    modes: [55],
    title: '账单摘要不符',
    only: ['tradebill', 'fundflowbill'],
  },
  'bill-url-expired': {
    stages: ['work'],
    modes: [56],
    title: '账单地址已过期',
    only: ['tradebill', 'fundflowbill', 'alipay-bill'],
  },
  'bill-extra-column': { stages: ['work'], modes: [57], title: '账单多一列', only: BILL_ROUTES },
  'bill-reordered': { stages: ['work'], modes: [57], title: '账单换了列序', only: BILL_ROUTES },
  'bill-odd-names': {
    stages: ['work'],
    modes: [58],
    title: '商品名带逗号引号换行',
    only: BILL_ROUTES,
  },
  'bill-extra-row': { stages: ['work'], modes: [60], title: '账单多一笔', only: BILL_ROUTES },
  'bill-missing-row': { stages: ['work'], modes: [61], title: '账单少一笔', only: BILL_ROUTES },
  'bill-off-by-one': { stages: ['work'], modes: [62], title: '账单差一分', only: BILL_ROUTES },
  'bill-summary-wrong': { stages: ['work'], modes: [64], title: '账单合计不符', only: BILL_ROUTES },
  'bill-large': { stages: ['work'], modes: [65], title: '账单特别大', only: ['tradebill'], takes: ['rows'] },
  'bill-truncated': { stages: ['reply'], modes: [], title: '账单文件被截断', only: BILL_FILES },
  'timeout-after': { stages: ['reply'], modes: [2, 47], title: '处理后超时（应答丢失）', takes: ['ms'] },
  'error-after': { stages: ['reply'], modes: [41], title: '处理后返回 500' },
  'reset-mid-body': { stages: ['reply'], modes: [3], title: '应答中途断开' },
  'truncated-json': { stages: ['reply'], modes: [9], title: 'JSON 被截断' },
  'extra-fields': { stages: ['reply'], modes: [10], title: '应答多出未知字段' },
  'unknown-enum': { stages: ['reply'], modes: [10], title: '未知枚举值' },
  'bad-signature': { stages: ['reply', 'notify'], modes: [12], title: '签名错误' },
  'missing-headers': { stages: ['reply', 'notify'], modes: [13], title: '缺少签名头' },
  'stale-timestamp': { stages: ['reply', 'notify'], modes: [14, 32], title: '时间戳过旧' },
  'future-timestamp': { stages: ['reply', 'notify'], modes: [14], title: '时间戳在未来' },
  'unknown-serial': { stages: ['reply', 'notify'], modes: [15], title: '未知证书序列号' },
  'certificate-key': { stages: ['reply', 'notify'], modes: [16], title: '改用平台证书签名' },
  signtest: { stages: ['reply', 'notify'], modes: [17, 27], title: 'SIGNTEST 探测' },
  'tampered-body': { stages: ['reply', 'notify'], modes: [18], title: '报文被篡改' },
  drop: { stages: ['notify'], modes: [20], title: '通知永不送达' },
  duplicate: { stages: ['notify'], modes: [21], title: '重复通知' },
  'duplicate-concurrent': { stages: ['notify'], modes: [22], title: '并发重复通知' },
  delay: { stages: ['notify'], modes: [24, 25, 26], title: '延迟通知', takes: ['seconds'] },
  'wrong-tag': { stages: ['notify'], modes: [28], title: '密文校验失败' },
  'wrong-key': { stages: ['notify'], modes: [28], title: '用错 APIv3 密钥加密' },
  'other-mchid': { stages: ['notify'], modes: [29], title: '别人的商户号' },
  'other-appid': { stages: ['notify'], modes: [29, 101], title: '别人的 appid' },
  'amount-mismatch': { stages: ['notify'], modes: [30, 101], title: '金额不一致' },
  'unknown-order': { stages: ['notify'], modes: [31], title: '未知商户单号' },
  'unknown-event': { stages: ['notify'], modes: [38], title: '未知事件类型' },
  'header-case': { stages: ['notify'], modes: [39], title: '请求头全小写' },
  unsigned: { stages: ['reply', 'notify'], modes: [], title: '没有签名', only: ALIPAY_ONLY },
  'weak-signature': {
    stages: ['notify'],
    modes: [99],
    title: '改用 RSA（SHA-1）签名',
    only: ['alipay-notify'],
  },
  'other-seller': { stages: ['notify'], modes: [101], title: '别人的收款账号', only: ['alipay-notify'] },
  'odd-title': { stages: ['notify'], modes: [98], title: '标题带 % 和 +', only: ['alipay-notify'] },
  chunked: { stages: ['notify'], modes: [39], title: '分块传输' },
  bom: { stages: ['notify'], modes: [39], title: '报文带 BOM' },
} as const satisfies Record<string, ActionNote>

export const isActionKind = (name: unknown): name is ActionKind =>
  typeof name === 'string' && Object.hasOwn(actions, name)

/** Whether an action takes hold at this stage. */
export const actsAt = (kind: ActionKind, stage: Stage): boolean => {
  const note: ActionNote = actions[kind]
  return note.stages.includes(stage)
}

/** Whether an action can do anything to a call of this route. */
export const canStrike = (kind: ActionKind, route: Route): boolean => {
  const note: ActionNote = actions[kind]
  if (note.only?.includes(route)) return true
  if (ALIPAY_ROUTES.includes(route)) return ALIPAY_FAULTS.includes(kind)
  if (route === 'alipay-notify') return ALIPAY_NOTIFY_FAULTS.includes(kind)
  if (note.only) return note.only.includes(route)
  if (BILL_FILES.includes(route)) return BILL_FILE_FAULTS.includes(kind)
  if (route === 'sms') return SMS_FAULTS.includes(kind)
  if (route === 'notify') return note.stages.includes('notify')
  return WX_ROUTES.includes(route)
    ? WX_FAULTS.includes(kind)
    : note.stages.some((stage) => stage !== 'notify')
}
