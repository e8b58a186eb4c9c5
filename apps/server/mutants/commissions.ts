import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const ROOM = `${R}/commissions`
const RULES = [`${ROOM}/rules.test.ts`]
const STORY = [`${STORIES}/commissions.test.ts`]
const PAID_OUT = [`${STORIES}/withdrawals.test.ts`]
const MODEL = ['test/races/commissions.test.ts']
const MIGRATION = 'db/migrations/0030_commissions.sql'
const PEOPLE = [`${STORIES}/campaign-abuse-promoters.test.ts`]

export const commissions: readonly Guard[] = [
  {
    name: 'commission of what one buys oneself',
    file: `${ROOM}/rules.ts`,
    find: ' && (terms.selfReward || who.promoterId !== buyerId)',
    replace: '',
    tests: RULES,
  },
  {
    name: 'a second share where the terms say one',
    file: `${ROOM}/rules.ts`,
    find: 'terms.depth === 2 && ',
    replace: '',
    tests: RULES,
  },
  {
    name: 'a promoter who was stopped',
    file: `${ROOM}/rules.ts`,
    find: 'who?.active === true && ',
    replace: 'who != null && ',
    tests: RULES,
  },
  {
    name: 'the latest promoter where the first holds',
    file: `${ROOM}/rules.ts`,
    find: "return isValid && bindMode === 'first' ? 'nothing' : 'bind'",
    replace: "return isValid ? 'bind' : 'bind'",
    tests: RULES,
  },
  {
    name: 'tax of a month that was paid in parts',
    file: `${ROOM}/tax.ts`,
    find: 'labourTax(earnedFen + amountFen) - withheldFen',
    replace: 'labourTax(amountFen)',
    tests: RULES,
  },
  {
    name: 'commission while somebody asks for money back',
    file: `${ROOM}/orders.sql.ts`,
    find: "a.state not in ('DONE', 'CANCELLED', 'REJECTED', 'INSPECT_REJECTED') or ",
    replace: '',
    tests: STORY,
  },
  {
    name: 'commission before the after-sales term is over',
    file: `${ROOM}/orders.sql.ts`,
    find: ' and c.free_at <= ${at} and o.refund_state',
    replace: ' and o.refund_state',
    tests: STORY,
  },
  {
    name: 'commission of money that went back',
    file: `${ROOM}/following.ts`,
    find: '    if (back > 0)\n',
    replace: '    if (back < 0)\n',
    tests: MODEL,
  },
  {
    name: 'more than there is',
    file: `${ROOM}/withdrawing.ts`,
    find: '    if (account.availableFen < amountFen) refuse(problems.short, { availableFen: account.availableFen })\n',
    replace: '',
    tests: STORY,
  },
  {
    name: 'more than a day allows',
    file: `${ROOM}/withdrawing.ts`,
    find: '    if (today + amountFen > dailyFen)',
    replace: '    if (today + amountFen < 0)',
    tests: PAID_OUT,
  },
  {
    name: 'a sum that is another than was shown',
    file: `${ROOM}/withdrawing.ts`,
    find: '          if (quote.netFen !== expectNetFen) refuse(problems.netChanged, { netFen: quote.netFen })\n',
    replace: '',
    tests: PAID_OUT,
  },
  {
    name: 'a withdrawal of somebody else',
    file: `${ROOM}/mine.ts`,
    find: 'row?.accountId === accountId ? row',
    replace: 'row ? row',
    tests: PAID_OUT,
  },
  {
    name: 'a refusal that nobody looked behind',
    file: `${ROOM}/paying.ts`,
    find: "    if (seen.state !== 'refused' && seen.state !== 'ended') return void (await apply(row, seen))\n",
    replace: '    if (seen) return void (await apply(row, seen))\n',
    tests: PAID_OUT,
  },
  {
    name: 'a transfer of another sum',
    file: `${R}/payments/transfers.ts`,
    find: '  return bill.transfer_amount === amountFen\n',
    replace: '  return bill.transfer_amount > 0\n',
    tests: PAID_OUT,
  },
  {
    name: 'the second share is nobody but who invited the first, in the table',
    file: MIGRATION,
    find: ' and p.inviter_id = new.promoter_id',
    replace: '',
    tests: STORY,
  },
  {
    name: 'seats of groups that are full earn something',
    file: `${R}/commissions/orders.sql.ts`,
    find: `e.verb in ('pay', 'gather')`,
    replace: `e.verb = 'pay'`,
    tests: PEOPLE,
  },
]
