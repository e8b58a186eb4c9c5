import { Type } from 'typebox'
import { MemberAtDesk } from './members.ts'
import { Day, Instant, Maybe, OneOf, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

/** Where a figure is kept: with a member, in a lot of points, with what an order spent, or with what it earned. */
export const CHECKED_BOOKS = ['account', 'lot', 'spend', 'grant'] as const
export const CHECKED_FIGURES = ['available', 'frozen', 'held', 'debt', 'points', 'kept'] as const

const LedgerFault = Type.Object({
  member: Maybe(MemberAtDesk),
  book: OneOf(CHECKED_BOOKS),
  figure: OneOf(CHECKED_FIGURES),
  orderId: Maybe(Uuid),
  lastDay: Maybe(Day),
  stands: Type.Integer({ description: 'what the book says: points, or fen of stored value' }),
  posted: Type.Integer({ description: 'what its postings add up to' }),
})
export const LedgerCheck = Type.Object({
  id: Uuid,
  at: Instant,
  nightly: Type.Boolean(),
  by: Type.String(),
  accounts: Type.Integer({ description: 'members’ accounts that there were' }),
  wrong: Type.Integer({ description: 'figures that are not the sum of their postings' }),
  faults: Type.Array(LedgerFault, { description: 'the first hundred of them' }),
})

const LIST = {
  access: 'console',
  ok: Type.Object({ items: Type.Array(LedgerCheck) }),
  errors: [],
} as const
const RUN = { access: 'console', ok: LedgerCheck, errors: ['ledgers.check_running'] } as const

export const consoleLedgerCheckRoutes = defineRoutes({
  'GET /console/v1/points-checks': {
    summary: 'The last thirty comparisons of points with their postings',
    permission: 'members.read',
    ...LIST,
  },
  'POST /console/v1/points-checks': {
    summary: 'Compare all points with their postings now',
    permission: 'points.write',
    ...RUN,
  },
  'GET /console/v1/stored-value-checks': {
    summary: 'The last thirty comparisons of stored value with its postings',
    permission: 'value.read',
    ...LIST,
  },
  'POST /console/v1/stored-value-checks': {
    summary: 'Compare all stored value with its postings now',
    permission: 'value.terms',
    ...RUN,
  },
})
