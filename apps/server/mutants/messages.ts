import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const ON_THEIR_WAY = [`${STORIES}/messages.test.ts`]
const WANTED = [`${STORIES}/messages-wanted.test.ts`]
const RULES = [`${R}/messages/rules.test.ts`]

export const messages: readonly Guard[] = [
  {
    name: 'marketing without consent',
    file: `${R}/messages/rules.ts`,
    find: "  if (facts.marketing && !facts.agreed.marketing) return nowhere('no_consent')\n",
    replace: '',
    tests: RULES,
  },
  {
    name: 'the night',
    file: `${R}/messages/rules.ts`,
    find: "  if (until) return { go: 'hold', until }\n",
    replace: '',
    tests: RULES,
  },
  {
    name: 'marketing in an inbox that did not agree',
    file: `${R}/messages/telling.ts`,
    find: "marketing && !agreed ? 'no_consent' : null",
    replace: 'marketing && !agreed ? null : null',
    tests: WANTED,
  },
  {
    name: 'an answer that nobody heard',
    file: `${R}/messages/rules.ts`,
    find: "errcode === null ? 'unknown'",
    replace: "errcode === null ? 'again'",
    tests: RULES,
  },
  {
    name: 'one press on WeChat’s sheet is one consent',
    file: `${R}/messages/subscriptions.sql.ts`,
    find: 'select 1 where not exists (select from subscription_posting',
    replace: 'select 1 where true or not exists (select from subscription_posting',
    tests: ON_THEIR_WAY,
  },
  {
    name: 'no consent, says WeChat: none is left',
    file: `${R}/messages/sending.ts`,
    find: "  if (verdict === 'refused') await subscriptions.empty(tx, posting)\n",
    replace: '',
    tests: ON_THEIR_WAY,
  },
  {
    name: 'replies to text messages are signed',
    file: `${R}/messages/replies.ts`,
    find: "  if (!sms.signed(header('x-sms-signature'), header('x-sms-timestamp'), body)) return refuse(signatureInvalid)\n",
    replace: '',
    tests: WANTED,
  },
  {
    name: 'somebody else’s message',
    file: `${R}/messages/inbox.sql.ts`,
    find: "    .where('id', '=', id)\n    .where('member_id', '=', memberId)\n",
    replace: "    .where('id', '=', id)\n",
    tests: WANTED,
  },
  {
    name: 'ending coupons · each told once',
    file: `${R}/coupons/expiring.sql.ts`,
    find: 'and not exists (select from coupon_told d where d.coupon_id = m.id)',
    replace: '',
    tests: [`${STORIES}/messages-wanted.test.ts`],
  },
  {
    name: 'ending coupons · not on the day they were got',
    file: `${R}/coupons/expiring.sql.ts`,
    find: 'm.granted_at < ${grantedBefore}',
    replace: '${grantedBefore}::timestamptz is not null',
    tests: [`${STORIES}/messages-wanted.test.ts`],
  },
]
