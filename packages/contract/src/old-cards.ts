import { Type } from 'typebox'
import { MemberAtDesk } from './members.ts'
import {
  Day,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

/** As it is printed on the card; small letters and spaces are forgiven. */
export const CardNo = Type.String({ minLength: 4, maxLength: 40, pattern: '^[0-9A-Za-z -]+$' })
const history = {
  points: Type.Integer(),
  growth: Type.Integer(),
  firstBought: Maybe(Day),
  lastBought: Maybe(Day),
  purchases: Maybe(Type.Integer()),
  spentFen: Maybe(Fen),
}
const MyOldCard = Type.Object({ no: Type.String(), ...history, boundAt: Instant })

export const oldCardRoutes = defineRoutes({
  'GET /v1/me/old-cards': {
    summary: 'Plastic cards that I bound, with what they brought',
    access: 'member',
    ok: Type.Object({ items: Type.Array(MyOldCard) }),
    errors: [],
  },
  'POST /v1/me/old-cards': {
    summary: 'Bind a plastic card that was registered with my phone number',
    access: 'member',
    body: Strict({ no: CardNo }),
    ok: MyOldCard,
    status: 201,
    errors: ['cards.phone_missing', 'cards.unmatched', 'cards.bound', 'cards.locked'],
  },
})

const Seen = Type.Object({
  no: Type.String(),
  name: Maybe(Type.String({ description: 'with its middle hidden' })),
  phoneTail: Maybe(Type.String()),
  ...history,
  state: OneOf(['free', 'lost', 'bound']),
})
export const staffOldCardRoutes = defineRoutes({
  'POST /staff/v1/old-card-lookups': {
    summary: 'A plastic card that somebody lays on the counter',
    access: 'staff',
    permission: 'cards.bind',
    body: Strict({ storeId: StoreId, no: CardNo }),
    ok: Seen,
    errors: ['cards.missing', 'cards.locked', 'staff.out_of_scope'],
  },
  'POST /staff/v1/old-card-bindings': {
    summary: 'Bind a plastic card that staff saw to a member who stands before them',
    access: 'staff',
    permission: 'cards.bind',
    body: Strict({ storeId: StoreId, no: CardNo, memberId: Uuid }),
    ok: Seen,
    status: 201,
    errors: [
      'cards.missing',
      'cards.lost',
      'cards.bound',
      'cards.locked',
      'members.missing',
      'members.blocked',
      'staff.out_of_scope',
    ],
  },
})

export const OldCardRow = Type.Object({
  no: Type.String(),
  name: Maybe(Type.String()),
  phoneTail: Maybe(Type.String()),
  ...history,
  lostAt: Maybe(Instant),
  importedAt: Instant,
  binding: Maybe(
    Type.Object({
      id: Uuid,
      member: MemberAtDesk,
      way: OneOf(['phone', 'staff']),
      storeId: Maybe(StoreId),
      at: Instant,
      by: Type.String(),
    }),
  ),
})
export const CardImportReport = Type.Object({
  /** True when the rows were written; false for a dry run or when any row has a fault. */
  applied: Type.Boolean(),
  rows: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  faults: Type.Array(
    Type.Object({
      line: Type.Integer(),
      no: Type.String(),
      column: Type.String(),
      reason: Type.String(),
    }),
  ),
})
const ByCard = Strict({ cardNo: Type.String({ pattern: '^[0-9A-Z]{4,24}$' }) })

export const consoleOldCardRoutes = defineRoutes({
  'GET /console/v1/old-cards': {
    summary: 'Plastic cards by number, phone tail or state, newest import first',
    access: 'console',
    permission: 'cards.read',
    query: Strict({
      q: Type.Optional(Text(40)),
      state: Type.Optional(OneOf(['free', 'lost', 'bound'])),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(OldCardRow).properties,
      counts: Type.Object({ free: Type.Integer(), lost: Type.Integer(), bound: Type.Integer() }),
    }),
    errors: [],
  },
  'POST /console/v1/old-card-imports': {
    summary: 'Import plastic cards from CSV: all rows or none, with every faulty row named',
    access: 'console',
    permission: 'cards.import',
    body: Strict({ csv: Type.String({ minLength: 1, maxLength: 4_000_000 }), dryRun: Type.Boolean() }),
    ok: CardImportReport,
    errors: ['cards.csv_unreadable', 'cards.csv_columns_missing', 'cards.csv_too_long'],
  },
  'POST /console/v1/old-cards/:cardNo/loss': {
    summary: 'Report a plastic card lost, or found again: a lost one cannot be bound by who brings it',
    access: 'console',
    permission: 'cards.undo',
    params: ByCard,
    body: Strict({ lost: Type.Boolean(), reason: Line(200) }),
    ok: OldCardRow,
    errors: ['cards.missing', 'cards.bound'],
  },
  'POST /console/v1/card-bindings/:bindingId/undoing': {
    summary: 'Undo a wrong binding: its points and growth go, points that were spent are owed',
    access: 'console',
    permission: 'cards.undo',
    params: Strict({ bindingId: Uuid }),
    body: Strict({ reason: Line(200) }),
    ok: OldCardRow,
    errors: ['cards.binding_missing', 'cards.undone', 'staff.out_of_scope'],
  },
  'GET /console/v1/members/:memberId/old-cards': {
    summary: 'Plastic cards of a member',
    access: 'console',
    permission: 'members.read',
    params: Strict({ memberId: Uuid }),
    ok: Type.Object({ items: Type.Array(OldCardRow) }),
    errors: ['members.missing'],
  },
})
