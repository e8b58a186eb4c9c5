import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/campaigns.test.ts`]
const FLASH = [`${STORIES}/flash.test.ts`]
const GATE = [`${R}/campaigns/gate.test.ts`]
const MODEL = [`${R}/campaigns/claims.test.ts`]
const OPERATORS = [`${STORIES}/campaign-abuse.test.ts`]
const CROWD = [`${STORIES}/campaign-abuse-orders.test.ts`]
const GOODS = [`${STORIES}/campaign-abuse-goods.test.ts`]
const PEOPLE = [`${STORIES}/campaign-abuse-people.test.ts`]

export const campaigns: readonly Guard[] = [
  {
    name: 'more than was released',
    file: `${R}/campaigns/claims.ts`,
    find: 'return left < claim.quantity ?',
    replace: 'return left < 0 ?',
    tests: MODEL,
  },
  {
    name: 'the limit of a member',
    file: `${R}/campaigns/claims.ts`,
    find: 'if (taken.size + claim.quantity > claim.perMember)',
    replace: 'if (taken.size > claim.perMember)',
    tests: MODEL,
  },
  {
    name: 'a campaign that is not open, in time',
    file: `${R}/campaigns/claims.ts`,
    find: 'if (!stock?.open || at < stock.from || at >= stock.until)',
    replace: 'if (!stock)',
    tests: MODEL,
  },
  {
    name: 'pieces that come back after the end',
    file: `${R}/campaigns/claims.ts`,
    find: 'const kept = stock.open && at < stock.until',
    replace: 'const kept = true',
    tests: STORY,
  },
  {
    name: 'the part of the limit of an order that nobody paid',
    file: `${R}/orders/decide-campaign.ts`,
    find: 'writes.freedTakes.push(id)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'pieces of a campaign come out of what is kept for it',
    file: `${R}/orders/holds.ts`,
    find: 'const lockedDelta = kept ? -reservedDelta : 0',
    replace: 'const lockedDelta = 0',
    tests: STORY,
  },
  {
    name: 'one order of campaigns for a first order, by the desk',
    file: `${R}/orders/decide-campaign.ts`,
    find: 'if (claim.firstOrder && fold.view.firsts.has(memberId))',
    replace: 'if (claim.firstOrder && fold.view.firsts.size > 9)',
    tests: ['test/races/campaigns.test.ts'],
  },
  {
    name: 'one order of campaigns for a first order, by the table',
    file: 'db/migrations/0038_first_orders.sql',
    find: 'member_id uuid primary key references member',
    replace: 'member_id uuid not null references member',
    tests: ['test/races/constraints.test.ts'],
  },
  {
    name: 'a first order that nobody paid was none',
    file: `${R}/campaigns/desk.sql.ts`,
    find: 'where f.order_id = x.order_id',
    replace: 'where false and f.order_id = x.order_id',
    tests: ['test/races/campaigns.test.ts'],
  },
  {
    name: 'the limit, by the table',
    file: 'db/migrations/0029_campaigns.sql',
    find: 'primary key (campaign_id, member_id, slot),',
    replace: '',
    tests: STORY,
  },
  {
    name: 'one campaign on a SKU at a time',
    file: 'db/migrations/0029_campaigns.sql',
    find: 'exclude using gist (store_id with =, sku_id with =, during with &&) where (open)',
    replace: 'check (true)',
    tests: STORY,
  },
  {
    name: 'an edit of what somebody else has edited',
    file: `${R}/campaigns/campaigns.sql.ts`,
    find: 'where id = ${id} and revision = ${revision} and',
    replace: 'where id = ${id} and',
    tests: STORY,
  },
  {
    name: 'a pass of another member',
    file: `${R}/campaigns/gate.ts`,
    find: 'said.memberId !== memberId ||',
    replace: '',
    tests: GATE,
  },
  {
    name: 'a pass of another session',
    file: `${R}/campaigns/gate.ts`,
    find: 'said.session.getTime() !== session.getTime()',
    replace: 'false',
    tests: GATE,
  },
  {
    name: 'a pass that ran out',
    file: `${R}/campaigns/passes.ts`,
    find: 'if (expiresAt <= clock.now()) return undefined',
    replace: '',
    tests: GATE,
  },
  {
    name: 'a pass that nobody signed',
    file: `${R}/campaigns/passes.ts`,
    find: "if (signature === '' || !secrets.signatureFits(PURPOSE, text, signature)) return undefined",
    replace: '',
    tests: GATE,
  },
  {
    name: 'two orders with one pass',
    file: `${R}/campaigns/gate.ts`,
    find: 'if (order !== undefined && order !== key) return passUsed',
    replace: '',
    tests: GATE,
  },
  {
    name: 'an order of a flash sale without a pass',
    file: `${R}/campaigns/admitting.ts`,
    find: 'if (isGated(campaign) && key !== undefined) {',
    replace: 'if (false) {',
    tests: FLASH,
  },
  {
    name: 'nothing is sold between two sessions',
    file: `${R}/campaigns/sessions.ts`,
    find: 'sessionsOf(campaign).find(({ from, until }) => from <= at && at < until)',
    replace: 'sessionsOf(campaign)[0]',
    tests: FLASH,
  },
  {
    name: 'only who reserved before the session',
    file: `${R}/campaigns/entering.ts`,
    find: 'if (reservedOnly(campaign) && !(reservedAt && reservedAt < session.from))',
    replace: 'if (false)',
    tests: FLASH,
  },
  {
    name: 'questions of one member at the gate',
    file: `${R}/campaigns/gate.ts`,
    find: 'members.take(`${campaignId} ${memberId}`, now),',
    replace: '0,',
    tests: GATE,
  },
  {
    name: 'members on one telephone',
    file: `${R}/campaigns/gate.ts`,
    find: 'if (brought.size >= terms.membersPerDevice) return true',
    replace: '',
    tests: GATE,
  },
  {
    name: 'campaigns are scheduled one after another',
    file: `${R}/campaigns/running.ts`,
    find: 'await sql.scheduleAlone(tx)',
    replace: '',
    tests: CROWD,
  },
  {
    name: 'a bundle that is made of other things since',
    file: `${R}/orders/decide-campaign.ts`,
    find: 'if (!lines.every((line) => sameParts(piecesOf(line, 1), claim.parts))) return refused(goodsChanged)',
    replace: '',
    tests: GOODS,
  },
  {
    name: 'a campaign that is short locks nothing while the shelf is empty',
    file: `${R}/campaigns/running.ts`,
    find: `if (due === 'arm' && !mayArm(room, id)) continue`,
    replace: '',
    tests: GOODS,
  },
  {
    name: 'coupons that nobody made',
    file: `${R}/campaigns/named.ts`,
    find: '.filter(({ templateId }) => !known.has(templateId))',
    replace: '.filter(() => false)',
    tests: PEOPLE,
  },
  {
    name: 'tiers that there are not',
    file: `${R}/campaigns/named.ts`,
    find: 'const strange = wanted?.filter((code) => !has.includes(code)) ?? []',
    replace: 'const strange: string[] = []',
    tests: OPERATORS,
  },
  {
    name: 'prices of what runs, in the table',
    file: 'db/migrations/0029_campaigns.sql',
    find: 'create trigger campaign_item_kept before update or delete',
    replace: 'create trigger campaign_item_kept before delete',
    tests: OPERATORS,
  },
  {
    name: 'quotas of what runs, in the table',
    file: 'db/migrations/0029_campaigns.sql',
    find: 'update of campaign_id, store_id, sku_id, quota, during, parts on',
    replace: 'update of campaign_id on',
    tests: OPERATORS,
  },
]
