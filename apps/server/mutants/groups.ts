import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const RULES = 'src/rooms/campaigns/kinds/group/group.test.ts'

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
    name: 'old customers in a group for new ones',
    file: `${R}/campaigns/grouping.ts`,
    find: 'if (campaign.terms.newOnly && (await hasBought(db, memberId))) refuse(groupOnlyNew)',
    replace: '',
    tests: [`${STORIES}/groups.test.ts`],
  },
]
