import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = [`${STORIES}/rallies.test.ts`]
const RACE = ['test/races/rallies.test.ts']
const STATES = [`${R}/rallies/states.test.ts`]
const PEOPLE = [`${R}/rallies/helping.test.ts`]
const INVITES = [`${STORIES}/invites.test.ts`]
const TERMS = [`${R}/campaigns/kinds/bargain/bargain.test.ts`]
const ABUSE = [`${STORIES}/campaign-abuse-people.test.ts`]

export const rallies: readonly Guard[] = [
  {
    name: 'rally: a friend where no piece is free',
    file: `${R}/rallies/states.ts`,
    find: `if (free < 1) return 'sold_out'`,
    replace: `if (free < 0) return 'sold_out'`,
    tests: STATES,
  },
  {
    name: 'rally: a friend after the deadline',
    file: `${R}/rallies/states.ts`,
    find: `if (bargain.state !== 'CUTTING' || at >= bargain.deadline) return 'over'`,
    replace: `if (bargain.state !== 'CUTTING') return 'over'`,
    tests: STATES,
  },
  {
    name: 'rally: an order after the time that a piece is kept',
    file: `${R}/rallies/states.ts`,
    find: `if (bargain.state !== 'REACHED' || !bargain.heldUntil || at >= bargain.heldUntil) return 'over'`,
    replace: `if (bargain.state !== 'REACHED') return 'over'`,
    tests: STATES,
  },
  {
    name: 'rally: a piece that comes back too late for its bargain',
    file: `${R}/rallies/states.ts`,
    find: 'const inTime = !over && bargain.heldUntil !== null && at < bargain.heldUntil',
    replace: 'const inTime = !over',
    tests: STATES,
  },
  {
    name: 'rally: a piece that comes back to a campaign that was stopped',
    file: `${R}/orders/decide-campaign.ts`,
    find: 'returnOnce(rally, at, !stock.open || at >= stock.until)',
    replace: 'returnOnce(rally, at)',
    tests: STORY,
  },
  {
    name: 'rally: a bargain of somebody else',
    file: `${R}/orders/decide-campaign.ts`,
    find: 'if (rally?.memberId !== memberId || campaignKey(rally) !== campaignKey(claim))',
    replace: 'if (!rally)',
    tests: STORY,
  },
  {
    name: 'rally: the floor without a bargain',
    file: `${R}/campaigns/admitting.ts`,
    find: 'if (rallyId === undefined || quantity !== 1) refuse(rallyWanted)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'rally: self-help under another account',
    file: `${R}/rallies/helping.ts`,
    find: `if (isSamePerson(owner, helper)) return 'own'`,
    replace: `if (owner.memberId === helper.memberId) return 'own'`,
    tests: PEOPLE,
  },
  {
    name: 'rally: a second help on the same telephone',
    file: `${R}/rallies/helping.ts`,
    find: `a.memberId === b.memberId || same(a.device, b.device) || same(a.phone, b.phone)`,
    replace: `a.memberId === b.memberId || same(a.phone, b.phone)`,
    tests: PEOPLE,
  },
  {
    name: 'rally: helps of a campaign',
    file: `${R}/rallies/helping.ts`,
    find: `if (given.campaign >= limits.helpsEach) return 'limit_reached'`,
    replace: '',
    tests: PEOPLE,
  },
  {
    name: 'rally: helps of a day',
    file: `${R}/rallies/helping.ts`,
    find: `if (given.today >= limits.helpsPerDay) return 'limit_today'`,
    replace: '',
    tests: PEOPLE,
  },
  {
    name: 'rally: a help of somebody who was shown nothing',
    file: `${R}/rallies/lending.ts`,
    find: 'if (!hasSeen(ctx.secrets, seen, { rallyId, memberId }, at)) refuse(unseen)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'rally: what was shown an hour ago',
    file: `${R}/rallies/seen.ts`,
    find: 'return at <= now && now < secondsAfter(at, GOOD_SECONDS)',
    replace: 'return at <= now',
    tests: STORY,
  },
  {
    name: 'rally: the lock of a rally',
    file: `${R}/rallies/rallies.sql.ts`,
    find: 'from rally r where r.id = ${id} for update`',
    replace: 'from rally r where r.id = ${id}`',
    tests: RACE,
  },
  {
    name: 'rally: the locks of one person',
    file: `${R}/rallies/lending.ts`,
    find: 'await sql.lockPeople(tx, campaignId, keysOf(helper))',
    replace: '',
    tests: RACE,
  },
  {
    name: 'rally: a piece for each bargain that is reached',
    file: `${R}/rallies/lending.ts`,
    find: 'await room.campaigns.movePieces(tx, campaign, { storeId, skuId, pieces: 1 }, stamp)',
    replace: '',
    tests: STORY,
  },
  {
    name: 'rally: pieces of a campaign that was stopped go back to the shelf',
    file: `${R}/campaigns/holding.ts`,
    find: 'const over = pieces < 0 && (!stock.open || stamp.at >= stock.until)',
    replace: 'const over = false',
    tests: STORY,
  },
  {
    name: 'rally: a table that does not add up',
    file: `${R}/campaigns/kinds/bargain/soundness.ts`,
    find: 'else if (floorOf(terms) !== item.priceFen)',
    replace: 'else if (floorOf(terms) > item.priceFen)',
    tests: TERMS,
  },
  {
    name: 'rally: a bargain that starts at a price nobody asked',
    file: `${R}/campaigns/kinds/bargain/soundness.ts`,
    find: 'if (asks !== undefined && asks !== terms.startFen)',
    replace: 'if (asks !== undefined && asks > terms.startFen)',
    tests: TERMS,
  },
  {
    name: 'rally: a friend who brings themselves',
    file: `${R}/rallies/sharing.ts`,
    find: `if (isSamePerson(sharer, friend)) return 'own'`,
    replace: '',
    tests: PEOPLE,
  },
  {
    name: 'rally: what was bought too late',
    file: `${R}/rallies/invites.sql.ts`,
    find: 'and o.placed_at < f.until',
    replace: '',
    tests: INVITES,
  },
  {
    name: 'rally: what was paid and not collected',
    file: `${R}/rallies/invites.sql.ts`,
    find: `and o.state = 'COMPLETED'`,
    replace: '',
    tests: INVITES,
  },
  {
    name: 'rally: the lock of who passed it on',
    file: `${R}/rallies/inviting.ts`,
    find: 'await sql.lockInvite(tx, inviteId)',
    replace: '',
    tests: INVITES,
  },
  {
    name: 'rally: a friend who was shown nothing',
    file: `${R}/rallies/inviting.ts`,
    find: 'if (!hasSeen(ctx.secrets, seen, { rallyId: inviteId, memberId }, at)) refuse(unseen)',
    replace: '',
    tests: INVITES,
  },
  {
    name: 'rally: no time runs out while its campaign is paused',
    file: `${R}/rallies/ending.ts`,
    find: 'await inTx(room.ctx.db, (tx) => sql.keepPaused(tx, at, LEFT_AFTER_PAUSE))',
    replace: '',
    tests: ABUSE,
  },
  {
    name: 'rally: what was stopped a moment ago at another server',
    file: `${R}/rallies/lending.ts`,
    find: 'await room.campaigns.holdRunning(tx, campaignId)',
    replace: '',
    tests: ABUSE,
  },
]
