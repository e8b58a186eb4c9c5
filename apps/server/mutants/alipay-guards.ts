import type { Guard } from './guard.ts'

const PAYMENTS = 'src/rooms/payments'
const STORIES = 'test/stories'

/** What stands between Alipay's words and our books. */
export const alipayGuards: readonly Guard[] = [
  {
    name: 'Alipay signature of a reply',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "return sdk.rsaCheck(covered, signature, 'RSA2') ? parsed(covered) : null",
    replace: 'return parsed(covered)',
    tests: [`${PAYMENTS}/alipay-client.test.ts`],
  },
  {
    name: 'Alipay reply without a signature',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "if (typeof signature !== 'string' || signature === '') return null",
    replace:
      "if (typeof signature !== 'string' || signature === '') return toReply((parsed(text) ?? {})[name])",
    tests: [`${PAYMENTS}/alipay-client.test.ts`],
  },
  {
    name: 'Alipay reply is read as it was signed',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "if (code === '10000') return content",
    replace: "if (code === '10000') return toReply(envelope[name]) ?? content",
    tests: [`${PAYMENTS}/alipay-client.test.ts`],
  },
  {
    name: 'Alipay signature of a notification',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "return sdk.checkNotifySignV2(fields) ? fields : 'signature'",
    replace: 'return fields',
    tests: [`${PAYMENTS}/alipay-notices.test.ts`],
  },
  {
    name: 'Alipay notification signed with RSA2 only',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "if (fields['sign_type'] !== 'RSA2') return 'algorithm'",
    replace: '',
    tests: [`${PAYMENTS}/alipay-notices.test.ts`],
  },
  {
    name: 'Alipay fields that come twice',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: "if (Object.keys(fields).length !== pairs.length) return 'repeated field'",
    replace: '',
    tests: [`${PAYMENTS}/alipay-notices.test.ts`],
  },
  {
    name: 'Alipay time stamps are those of Beijing',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: 'timestamp: beijingTime(ports.clock.stamp()) }',
    replace: '}',
    tests: [`${PAYMENTS}/alipay-client.test.ts`],
  },
  {
    name: 'Alipay 20000 is unknown',
    file: `${PAYMENTS}/alipay-client.ts`,
    find: '/^1|^20000$/.test(code)',
    replace: 'false',
    tests: [`${PAYMENTS}/alipay-client.test.ts`],
  },
  {
    name: 'app of an Alipay payment',
    file: `${PAYMENTS}/alipay-trade.ts`,
    find: "difference('应用 app_id', notice.app_id, us.appId) ??",
    replace: '',
    tests: [`${PAYMENTS}/alipay-trade.test.ts`],
  },
  {
    name: 'seller of an Alipay payment',
    file: `${PAYMENTS}/alipay-trade.ts`,
    find: "difference('收款账号 seller_id', notice.seller_id, us.sellerId)",
    replace: 'null',
    tests: [`${PAYMENTS}/alipay-trade.test.ts`],
  },
  {
    name: 'amount of an Alipay payment',
    file: `${PAYMENTS}/alipay-trade.ts`,
    find: "difference('金额（分）', fenOf(trade.total_amount), attempt.amountFen)",
    replace: 'null',
    tests: [`${PAYMENTS}/alipay-trade.test.ts`],
  },
  {
    name: 'an Alipay refund is no payment',
    file: `${PAYMENTS}/alipay-trade.ts`,
    find: 'PAID.has(notice.trade_status) && !tellsOfRefund(notice)',
    replace: 'PAID.has(notice.trade_status)',
    tests: [`${PAYMENTS}/alipay-trade.test.ts`],
  },
  {
    name: 'a notification of one provider pays nothing of another',
    file: `${PAYMENTS}/notices.ts`,
    find: 'if (!attempt || attempt.provider !== name) {',
    replace: 'if (!attempt) {',
    tests: [`${STORIES}/alipay.test.ts`],
  },
  {
    name: 'an Alipay trade that nobody began is looked at once more',
    file: `${PAYMENTS}/alipay-provider.ts`,
    find: 'return reply ? null : secondsAfter(createdAt, unpaidMinutes * 60 + AFTERWARDS_SECONDS)',
    replace: 'return reply && null',
    tests: [`${STORIES}/alipay-close.test.ts`],
  },
]
