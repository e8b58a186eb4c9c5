import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = `${STORIES}/stored-value.test.ts`
const TILL = `${STORIES}/stored-value-till.test.ts`
const RACE = 'test/races/stored-value.test.ts'
const TABLE = 'test/races/stored-value-tables.test.ts'
const LAW = 'test/desk/law.test.ts'
const MIGRATION = 'db/migrations/0019_stored_value.sql'
const VERBS = `${R}/ledgers/stored-value.ts`

/** Money that members paid ahead. */
export const storedValue: readonly Guard[] = [
  {
    name: 'stored value · more than is there',
    file: `${R}/orders/decide-stored.ts`,
    find: 'return stored && availableFen < stored.fen ?',
    replace: 'return stored && availableFen < 0 ?',
    tests: [STORY, RACE],
  },
  {
    name: 'stored value · the chain’s switch, for orders',
    file: `${R}/orders/placing.ts`,
    find: 'if (useStoredValue > 0 && (ahead || !ledgers.valueOpen())) refuse(valueOff)',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'stored value · more than the order costs',
    file: `${R}/orders/placing.ts`,
    find: 'if (useStoredValue > totalFen) refuse(valueShort, { availableFen: totalFen })',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'stored value · in what makes a placement the same',
    file: `${R}/orders/body-hash.ts`,
    find: '    useStoredValue ?? 0,\n',
    replace: '',
    tests: [STORY],
  },
  {
    name: 'stored value · its part off what is asked of others',
    file: `${R}/orders/tenders.ts`,
    find: 'return totalFen - storedValueFen',
    replace: 'return totalFen - storedValueFen * 0',
    tests: [STORY],
  },
  {
    name: 'stored value · spent when the rest is paid',
    file: `${R}/orders/decide-pay.ts`,
    find: '  captureStored(fold, order, stamp)\n',
    replace: '',
    tests: [LAW, STORY],
  },
  {
    name: 'stored value · free again when the order is closed',
    file: `${R}/orders/decide-goods.ts`,
    find: '  releaseStored(fold, order, command)\n',
    replace: '',
    tests: [LAW, STORY],
  },
  {
    name: 'stored value · its refund arrives',
    file: `${R}/orders/decide-money.ts`,
    find: '  if (toStored) giveBackStored(fold, order, made, facts)\n',
    replace: '',
    tests: [LAW, STORY],
  },
  {
    name: 'stored value · its refund is there at once',
    file: `${R}/payments/refund-states.ts`,
    find: 'amountFen === 0 || toStored ?',
    replace: 'amountFen === 0 ?',
    tests: [LAW, STORY],
  },
  {
    name: 'stored value · the lock of a hand-over',
    file: `${R}/orders/desk.ts`,
    find: "['pay', 'take', 'cancel', 'refund', 'hand_over', 'gather']",
    replace: "['pay', 'take', 'cancel', 'refund', 'gather']",
    tests: [STORY],
  },
  {
    name: 'ladder · the lock of stored value as a group comes to its price',
    file: `${R}/orders/desk.ts`,
    find: ", 'hand_over', 'gather']",
    replace: ", 'hand_over']",
    tests: [`${STORIES}/ladders.test.ts`],
  },
  {
    name: 'stored value · set aside only once, spent or freed only once',
    file: `${R}/payments/desk.sql.ts`,
    find: "where a.id = x.id and a.state = 'HELD'",
    replace: 'where a.id = x.id',
    tests: [TABLE],
  },
  {
    name: 'stored value · the limit of a top-up',
    file: VERBS,
    find: 'if (amountFen > roomFen) refuse(problems.tooMuch, { roomFen })',
    replace: '',
    tests: [TILL, RACE],
  },
  {
    name: 'stored value · the chain’s switch, for top-ups',
    file: VERBS,
    find: 'if (!open()) refuse(problems.valueOff)',
    replace: '',
    tests: [STORY, TILL],
  },
  {
    name: 'stored value · a recorded name',
    file: VERBS,
    find: 'if (!(await sql.lockHolder(tx, memberId))) refuse(problems.holderMissing)',
    replace: 'await sql.lockHolder(tx, memberId)',
    tests: [TILL],
  },
  {
    name: 'stored value · the number of a document',
    file: VERBS,
    find: 'if (holder && !isDocument(holder.document)) refuse(problems.documentInvalid)',
    replace: '',
    tests: [TILL],
  },
  {
    name: 'stored value · cash and slips of a top-up',
    file: VERBS,
    find: 'if (tenderedFen !== undefined && tenderedFen < amountFen) refuse(problems.tenderIncomplete)',
    replace: '',
    tests: [TILL],
  },
  {
    name: 'stored value · another body under a key of the till',
    file: VERBS,
    find: 'if (before) return isSame(before, wanted) ? before.at : refuse(problems.keyReused)',
    replace: 'if (before) return before.at',
    tests: [TILL],
  },
  {
    name: 'stored value · a repeat at the till',
    file: VERBS,
    find: '      const before = await sql.findByKey(tx, wanted.memberId, wanted.idemKey)\n',
    replace: '      const before = undefined as sql.CounterPosting | undefined\n',
    tests: [TILL, RACE],
  },
  {
    name: 'stored value · the till locks before it looks',
    file: VERBS,
    find: '      await lock(tx)\n      const before = await sql.findByKey(tx, wanted.memberId, wanted.idemKey)\n',
    replace:
      '      const before = await sql.findByKey(tx, wanted.memberId, wanted.idemKey)\n      await lock(tx)\n',
    tests: [RACE],
  },
  {
    name: 'stored value · a payout of what is on the screen',
    file: VERBS,
    find: 'if (availableFen !== expectFen) refuse(problems.balanceChanged, { availableFen })',
    replace: '',
    tests: [TILL],
  },
  {
    name: 'stored value · a payout of more than is there',
    file: VERBS,
    find: 'if (availableFen < amountFen) refuse(problems.valueShort, { availableFen })',
    replace: '',
    tests: [TILL],
  },
  {
    name: 'stored value · whose ledger it is',
    file: `${R}/ledgers/value.sql.ts`,
    find: "    .where('member_id', '=', memberId)\n  if (!whole)",
    replace: '  if (!whole)',
    tests: [STORY],
  },
  {
    name: 'stored value · the trail of the till',
    file: VERBS,
    find: "    await staff.audit(tx, call, {\n      action: reason === 'top_up'",
    replace: "    if (note === '') await staff.audit(tx, call, {\n      action: reason === 'top_up'",
    tests: [TILL],
  },
  ...(
    [
      [
        'available below nothing',
        'available_fen bigint not null default 0 check (available_fen >= 0)',
        'available_fen bigint not null default 0',
      ],
      [
        'held below nothing',
        'held_fen bigint not null default 0 check (held_fen >= 0)',
        'held_fen bigint not null default 0',
      ],
      [
        'nobody without a name',
        'member_id uuid primary key references value_holder,',
        'member_id uuid primary key references member,',
      ],
      [
        'the limit of the law',
        'if x.topped_up and balance > 500000 then',
        'if x.topped_up and balance > 500000000 then',
      ],
      [
        'terms above the law',
        'check (max_balance_fen between 10000 and 500000)',
        'check (max_balance_fen > 0)',
      ],
      ['a key once', 'create unique index value_posting_key', 'create index value_posting_key'],
      ['a refund once', 'create unique index value_posting_refund', 'create index value_posting_refund'],
      ['held once', 'create unique index value_posting_hold', 'create index value_posting_hold'],
      ['spent or freed, not both', 'create unique index value_posting_end', 'create index value_posting_end'],
      [
        'only postings move an account',
        'create trigger value_account_follows before insert or update or delete',
        'create trigger value_account_follows before delete',
      ],
      [
        'postings stay',
        'create trigger value_posting_append_only before update or delete on value_posting',
        'create trigger value_posting_append_only before delete on value_posting',
      ],
      [
        'a posting moves as its reason says',
        "when 'hold' then available_fen < 0 and held_fen = -available_fen",
        "when 'hold' then held_fen <> 0",
      ],
    ] as const
  ).map(([what, find, replace]) => ({
    name: `table · stored value: ${what}`,
    file: MIGRATION,
    find,
    replace,
    tests: [TABLE],
  })),
]
