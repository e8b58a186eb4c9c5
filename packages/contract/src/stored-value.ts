import { Type } from 'typebox'
import { COUNTER_TENDERS } from './counter.ts'
import { Cursor, Fen, Instant, Limit, Line, Maybe, OneOf, Page, StoreId, Strict, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** What an account in somebody's name may hold at most: 5,000 yuan, by the rules for single-purpose prepaid cards. */
export const MOST_STORED_FEN = 500_000

export const VALUE_REASONS = ['top_up', 'hold', 'capture', 'release', 'give_back', 'pay_out'] as const

/** One change, as its owner reads it: what moved what they may spend. */
const VALUE_POSTING = {
  id: Type.String(),
  reason: OneOf(VALUE_REASONS),
  /** What came to the balance that may be spent, or went from it. */
  availableFen: Type.Integer({ description: 'fen, negative when it went' }),
  orderId: Maybe(Uuid),
  at: Instant,
}
const ValuePosting = Type.Object(VALUE_POSTING)
const ConsoleValuePosting = Type.Object({
  ...VALUE_POSTING,
  heldFen: Type.Integer({ description: 'fen that were set aside for an order, negative when they left it' }),
  storeId: Maybe(StoreId),
  tender: Maybe(OneOf(COUNTER_TENDERS)),
  slip: Maybe(Type.String()),
  note: Maybe(Type.String()),
  by: Type.String(),
})

export const storedValueRoutes = defineRoutes({
  'GET /v1/stored-value': {
    summary: 'Money I paid ahead: what I may spend and what is set aside for orders',
    access: 'member',
    ok: Type.Object({
      /** Whether the chain takes stored value now. What is there stays its owner’s either way. */
      open: Type.Boolean(),
      availableFen: Fen,
      heldFen: Fen,
    }),
    errors: [],
  },
  'GET /v1/stored-value/postings': {
    summary: 'What became of it, newest first',
    access: 'member',
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(ValuePosting),
    errors: ['stored_value.cursor_invalid'],
  },
})

/** Terms of the chain. */
const TERMS = {
  open: Type.Boolean(),
  maxBalanceFen: Type.Integer({ minimum: 10_000, maximum: MOST_STORED_FEN, description: 'fen' }),
  /** Number of the filing with the commerce authority, due within 30 days of opening. */
  filingNo: Maybe(Line(40)),
}
const ValueBooks = Type.Object({
  terms: Maybe(Type.Object({ ...TERMS, since: Instant, by: Type.String() })),
  /** What the chain owes its members: available and set aside together. */
  accounts: Type.Integer(),
  availableFen: Fen,
  heldFen: Fen,
  /** How it came to be so: topped up − paid out − spent = owed. */
  toppedUpFen: Fen,
  paidOutFen: Fen,
  spentFen: Fen,
})

/** A member as those see it who take money for them: no phone number, no full name. */
export const ValueMember = Type.Object({
  memberId: Uuid,
  name: Type.String({ description: 'nickname with its middle hidden' }),
  phoneTail: Maybe(Type.String()),
  availableFen: Fen,
  heldFen: Fen,
  /** How much more the account may be topped up by; 0 while the chain takes none. */
  roomFen: Fen,
  /** In whose name it is; null until that is recorded. */
  holder: Maybe(Type.Object({ name: Type.String(), documentTail: Type.String() })),
})

const Key = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' })
const Amount = Type.Integer({ minimum: 1, maximum: MOST_STORED_FEN, description: 'fen' })
const ByMember = Strict({ memberId: Uuid })
const ByTail = Strict({ phoneTail: Type.String({ pattern: '^[0-9]{4}$' }) })

const FIND = {
  summary: 'Members whose phone number ends so, with their balance, to take money for one of them',
  query: ByTail,
  ok: Type.Object({ items: Type.Array(ValueMember) }),
  errors: [],
} as const
const TOP_UP = {
  summary: 'Take cash or a card for a member’s stored value. Safe to repeat with its key',
  params: ByMember,
  body: Strict({
    idempotencyKey: Key,
    storeId: StoreId,
    tender: OneOf(COUNTER_TENDERS),
    amountFen: Amount,
    tenderedFen: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
    slip: Type.Optional(Line(32)),
    /** Name and identity card, the first time. */
    holder: Type.Optional(
      Strict({ name: Line(40), document: Type.String({ pattern: '^[0-9]{17}[0-9X]$' }) }),
    ),
  }),
  ok: Type.Object({ ...ValueMember.properties, amountFen: Fen, changeFen: Fen, at: Instant }),
  status: 201,
  errors: [
    'staff.out_of_scope',
    'stores.missing',
    'stored_value.off',
    'stored_value.too_much',
    'stored_value.holder_missing',
    'stored_value.document_invalid',
    'stored_value.tender_incomplete',
    'stored_value.key_reused',
    'members.missing',
  ],
} as const

export const staffStoredValueRoutes = defineRoutes({
  'GET /staff/v1/stored-value-members': { ...FIND, access: 'staff', permission: 'value.top_up' },
  'POST /staff/v1/stored-value-members/:memberId/top-ups': {
    ...TOP_UP,
    access: 'staff',
    permission: 'value.top_up',
  },
})

export const consoleStoredValueRoutes = defineRoutes({
  'GET /console/v1/stored-value': {
    summary: 'The chain’s terms for stored value, and what it owes its members',
    access: 'console',
    permission: 'value.read',
    ok: ValueBooks,
    errors: [],
  },
  'PUT /console/v1/stored-value/terms': {
    summary: 'Switch stored value on or off for the whole chain, and set how much an account may hold',
    access: 'console',
    permission: 'value.terms',
    body: Strict(TERMS),
    ok: ValueBooks,
    errors: [],
  },
  'GET /console/v1/stored-value-members': { ...FIND, access: 'console', permission: 'value.top_up' },
  'GET /console/v1/stored-value-members/:memberId/postings': {
    summary: 'What became of a member’s stored value, newest first',
    access: 'console',
    permission: 'value.read',
    params: ByMember,
    query: Strict({ cursor: Cursor, limit: Limit }),
    ok: Page(ConsoleValuePosting),
    errors: ['stored_value.cursor_invalid'],
  },
  'POST /console/v1/stored-value-members/:memberId/top-ups': {
    ...TOP_UP,
    access: 'console',
    permission: 'value.top_up',
  },
  'POST /console/v1/stored-value-members/:memberId/pay-outs': {
    summary: 'Pay stored value out to a member in cash, with a reason. Safe to repeat with its key',
    access: 'console',
    permission: 'value.pay_out',
    params: ByMember,
    body: Strict({
      idempotencyKey: Key,
      storeId: StoreId,
      amountFen: Amount,
      /** The balance that was on the screen; another one refuses. */
      expectFen: Fen,
      reason: Line(60),
    }),
    ok: Type.Object({ ...ValueMember.properties, amountFen: Fen, at: Instant }),
    status: 201,
    errors: [
      'staff.out_of_scope',
      'stores.missing',
      'stored_value.short',
      'stored_value.balance_changed',
      'stored_value.key_reused',
      'members.missing',
    ],
  },
})
