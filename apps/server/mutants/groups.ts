import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const RULES = 'src/rooms/campaigns/kinds/group/group.test.ts'

const LADDERS = 'test/desk/ladders.test.ts'
const LADDER_STORIES = `${STORIES}/ladders.test.ts`
const TABLES = 'db/migrations/0037_ladders.sql'
const TABLE_TESTS = 'test/races/ladder-tables.test.ts'

/** Group buying: who sits where, and what follows. */
export const groups: readonly Guard[] = [
  {
    name: 'a seat beyond the size of the group',
    file: `${R}/campaigns/kinds/group/group.ts`,
    find: "taken(group).length >= mostOf(group) ? 'full'",
    replace: "taken(group).length > mostOf(group) ? 'full'",
    tests: [RULES, `${STORIES}/groups.test.ts`],
  },
  {
    name: 'two seats of one member in a group',
    file: `${R}/campaigns/kinds/group/group.ts`,
    find: "if (taken(group).some((seat) => seat.memberId === memberId)) return 'member_already'",
    replace: '',
    tests: [RULES, `${STORIES}/groups.test.ts`],
  },
  {
    name: 'joining in the last minutes',
    file: `${R}/campaigns/kinds/group/group.ts`,
    find: "if (at >= joinsUntil(group)) return 'too_late'",
    replace: '',
    tests: [RULES, `${STORIES}/groups.test.ts`],
  },
  {
    name: 'packing an order that waits for its group',
    file: `${R}/orders/collectable.ts`,
    find: "if (order.state === 'WAIT_GROUP') return refused(waitsForGroup)",
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'a part of a seat given back',
    file: `${R}/orders/decide-money.ts`,
    find: 'if (seated && !whole) return refused(waitsForGroup)',
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'ladder · who pays when the group is over is not counted',
    file: `${R}/campaigns/kinds/group/group.ts`,
    find: "moveSeat(seat, late ? 'pay_late' : 'pay')",
    replace: "moveSeat(seat, 'pay')",
    tests: [RULES, LADDERS],
  },
  {
    name: 'ladder · the difference goes back as the group comes to its price',
    file: `${R}/orders/decide-gather.ts`,
    find: 'const backFen = settlePrice(fold, order, group, command)',
    replace: 'const backFen = group.seats.length > 0 ? 0 : settlePrice(fold, order, group, command)',
    tests: [LADDERS],
  },
  {
    name: 'ladder · an order is settled with its group once',
    file: `${R}/orders/decide-gather.ts`,
    find: '  if (!to) return done\n',
    replace: '',
    tests: [LADDERS],
  },
  {
    name: 'ladder · the difference is a part of what is given back of a line',
    file: `${R}/orders/refund-plan.ts`,
    find: 'const payFen = paidFen - groupBackFen',
    replace: 'const payFen = paidFen',
    tests: [`${R}/orders/refund-plan.test.ts`, LADDERS],
  },
  {
    name: 'ladder · table · rungs rise and their prices fall',
    file: TABLES,
    find: 'bool_and(r.size > r.smaller and r.fen < r.dearer)',
    replace: 'bool_and(r.size > 0 and r.fen > 0)',
    tests: [TABLE_TESTS],
  },
  {
    name: 'ladder · table · the price of a group is one of its rungs',
    file: TABLES,
    find: "check (price_fen is null or rungs @> jsonb_build_array(jsonb_build_object('priceFen', price_fen)))",
    replace: 'check (price_fen is null or price_fen > 0)',
    tests: [TABLE_TESTS],
  },
  {
    name: 'ladder · table · the price of a group stands',
    file: TABLES,
    find: 'when (old.rungs is distinct from new.rungs or (old.price_fen is not null and old.price_fen is distinct from new.price_fen))',
    replace: 'when (old.rungs is distinct from new.rungs and old.price_fen < 0)',
    tests: [TABLE_TESTS],
  },
  {
    name: 'ladder · table · the difference of a line stands',
    file: TABLES,
    find: 'when (old.group_back_fen > 0 and old.group_back_fen <> new.group_back_fen)',
    replace: 'when (old.group_back_fen < 0 and old.group_back_fen <> new.group_back_fen)',
    tests: [TABLE_TESTS],
  },
  {
    name: 'ladder · table · no more difference than was paid',
    file: TABLES,
    find: 'check (group_back_fen between 0 and pay_fen and group_back_fen + coalesce(weight_back_fen, 0) <= pay_fen)',
    replace: 'check (group_back_fen >= 0)',
    tests: [TABLE_TESTS],
  },
  {
    name: 'ladder · the difference goes back under one number, whoever asks',
    file: `${R}/payments/numbers.ts`,
    find: 'return `G${compact(attemptId)}`',
    replace: 'return `G${compact(refundId)}`',
    tests: [LADDER_STORIES],
  },
  {
    name: 'ladder · steps of a ladder that do not fall',
    file: `${R}/campaigns/kinds/group/index.ts`,
    find: 'if (before && priceFen >= before.priceFen)',
    replace: 'if (before && priceFen > before.priceFen * 2)',
    tests: [LADDER_STORIES],
  },
  {
    name: 'ladder · nobody earns of a difference that goes back',
    file: `${R}/commissions/orders.sql.ts`,
    find: 'pay_fen - group_back_fen',
    replace: 'pay_fen',
    tests: [LADDER_STORIES],
  },
  {
    name: 'old customers in a group for new ones',
    file: `${R}/campaigns/grouping.ts`,
    find: 'if (campaign.terms.newOnly && (await hasBought(db, memberId))) refuse(groupOnlyNew)',
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'a group whose time runs out while its campaign is paused',
    file: `${R}/campaigns/group-ends.sql.ts`,
    find: 'where c.paused and',
    replace: 'where false and',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'groups of another store on the desk',
    file: `${R}/campaigns/groups-shown.ts`,
    find: 'storeId === undefined ? staff.scopeOf(actor) : [storeId]',
    replace: 'storeId === undefined ? null : [storeId]',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'groups of a store that was named, and is not theirs',
    file: `${R}/campaigns/groups-shown.ts`,
    find: 'if (storeId !== undefined) staff.requireScope(actor, storeId)',
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
  {
    name: 'the orders of a group of another store',
    file: `${R}/campaigns/groups-shown.ts`,
    find: 'room.staff.requireScope(actor, group.storeId)',
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
]
