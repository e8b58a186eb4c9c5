import { Type } from 'typebox'
import {
  Instant,
  Limit,
  Line,
  Maybe,
  Nothing,
  OneOf,
  PageNo,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'

export const ROLE_NAMES = ['hq', 'manager', 'clerk', 'picker'] as const
const Role = OneOf(ROLE_NAMES)
const Account = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.-]+$' })
const Password = Type.String({ minLength: 1, maxLength: 200 })
/** At sign-in: a password that somebody else made lets its owner in only together with one of their own. */
const NewPassword = Type.String({ minLength: 10, maxLength: 200, description: 'a password of my own choice' })

export const Staff = Type.Object({
  id: Uuid,
  account: Type.String(),
  name: Type.String(),
  role: Type.String({ description: 'hq, manager, clerk or picker' }),
  storeIds: Maybe(Type.Array(StoreId)),
  permissions: Type.Array(Type.String()),
})
const Credentials = Strict({
  account: Account,
  password: Password,
  next: Type.Optional(NewPassword),
  otp: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
})
const SignedIn = Type.Object({ token: Type.String(), expiresAt: Instant, staff: Staff })
const signIn = {
  summary: 'Sign in with account and password',
  access: 'public',
  body: Credentials,
  ok: SignedIn,
  status: 201,
  errors: [
    'staff.credentials_wrong',
    'staff.locked',
    'staff.console_denied',
    'staff.otp_unsupported',
    'staff.password_change_due',
    'staff.password_expired',
    'staff.password_weak',
  ],
} as const
const changePassword = {
  summary: 'Change my password; my other sessions end',
  body: Strict({ current: Password, next: NewPassword }),
  ok: Nothing,
  status: 204,
  errors: ['staff.password_wrong', 'staff.locked', 'staff.password_weak'],
} as const

export const staffRoutes = defineRoutes({
  'POST /staff/v1/sessions': { ...signIn, summary: 'Staff sign-in (shop floor)' },
  'DELETE /staff/v1/sessions/current': {
    summary: 'Sign out',
    access: 'staff',
    ok: Nothing,
    status: 204,
    errors: [],
  },
  'GET /staff/v1/me': { summary: 'Who I am', access: 'staff', ok: Staff, errors: [] },
  'PUT /staff/v1/me/password': { ...changePassword, access: 'staff' },
})

/** Kinds of deeds: an action begins with one of these, e.g. `catalog.listing_changed`. */
export const AUDITED = [
  'staff',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'aftersales',
  'reconciliation',
  'pricing',
  'coupons',
  'points',
  'ledgers',
  'stores',
  'partners',
  'members',
  'tiers',
  'cards',
  'feeds',
  'webhooks',
  'messages',
  'promoters',
  'rewards',
  'shares',
  'commissions',
  'tills',
  'campaigns',
  'audiences',
  'drops',
] as const
export const AuditEvent = Type.Object({
  id: Uuid,
  at: Instant,
  actor: Type.String(),
  actorName: Maybe(Type.String({ description: 'the name of the person now; null where no account did it' })),
  action: Type.String(),
  subject: Type.String(),
  storeId: Maybe(StoreId),
  before: Type.Unknown(),
  after: Type.Unknown(),
  requestId: Type.String(),
})

/** One account as those see it who look after it. Never a password, not even its hash. */
export const Colleague = Type.Object({
  id: Uuid,
  account: Type.String(),
  name: Type.String(),
  role: Role,
  storeIds: Maybe(Type.Array(StoreId, { description: 'null: every store' })),
  active: Type.Boolean(),
  demo: Type.Boolean(),
  passwordTemporaryUntil: Maybe(Instant),
  lastSignInAt: Maybe(Type.String({ description: 'instant; null when not within the last 30 days' })),
  editable: Type.Boolean({ description: 'whether I may change this account' }),
})
/** The one time that a password made by us is shown. */
const TemporaryPassword = { password: Type.String(), passwordTemporaryUntil: Instant }
const ByStaff = Strict({ staffId: Uuid })
const StoreIds = Type.Array(StoreId, { maxItems: 200, uniqueItems: true })

export const consoleStaffRoutes = defineRoutes({
  'POST /console/v1/sessions': { ...signIn, summary: 'Console sign-in' },
  'DELETE /console/v1/sessions/current': {
    summary: 'Sign out',
    access: 'console',
    ok: Nothing,
    status: 204,
    errors: [],
  },
  'GET /console/v1/me': { summary: 'Who I am and what I may do', access: 'console', ok: Staff, errors: [] },
  'PUT /console/v1/me/password': { ...changePassword, access: 'console' },
  'GET /console/v1/staff': {
    summary: 'Accounts within my reach: head office sees all, a manager those of the own stores',
    access: 'console',
    permission: 'staff.write',
    query: Strict({
      q: Type.Optional(Text(40)),
      role: Type.Optional(Role),
      storeId: Type.Optional(StoreId),
      active: Type.Optional(Type.Boolean()),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(Colleague).properties,
      active: Type.Integer(),
      inactive: Type.Integer(),
      grantable: Type.Array(Role, { description: 'roles that I may give' }),
    }),
    errors: ['staff.out_of_scope'],
  },
  'POST /console/v1/staff': {
    summary: 'Open an account; answers a password for one sign-in, shown this once',
    access: 'console',
    permission: 'staff.write',
    body: Strict({ account: Account, name: Line(20), role: Role, storeIds: StoreIds }),
    ok: Type.Object({ staff: Colleague, ...TemporaryPassword }),
    status: 201,
    errors: ['staff.account_taken', 'staff.stores_unfit', 'staff.out_of_reach', 'staff.out_of_scope'],
  },
  'PUT /console/v1/staff/:staffId': {
    summary: 'Change name, role and stores of an account; with another role its sessions end',
    access: 'console',
    permission: 'staff.write',
    params: ByStaff,
    body: Strict({ name: Line(20), role: Role, storeIds: StoreIds }),
    ok: Colleague,
    errors: [
      'staff.missing',
      'staff.yourself',
      'staff.stores_unfit',
      'staff.last_head_office',
      'staff.out_of_reach',
      'staff.out_of_scope',
    ],
  },
  'PUT /console/v1/staff/:staffId/active': {
    summary: 'Disable an account, its sessions end at once; or enable it again',
    access: 'console',
    permission: 'staff.write',
    params: ByStaff,
    body: Strict({ active: Type.Boolean() }),
    ok: Colleague,
    errors: ['staff.missing', 'staff.yourself', 'staff.last_head_office', 'staff.out_of_reach'],
  },
  'POST /console/v1/staff/:staffId/password': {
    summary: 'Reset a password: all sessions end; answers a password for one sign-in, shown this once',
    access: 'console',
    permission: 'staff.write',
    params: ByStaff,
    ok: Type.Object(TemporaryPassword),
    status: 201,
    errors: ['staff.missing', 'staff.yourself', 'staff.out_of_reach'],
  },
  'GET /console/v1/audit-events': {
    summary: 'Who changed what, newest first',
    access: 'console',
    permission: 'audit.read',
    query: Strict({
      q: Type.Optional(Text(40)),
      about: Type.Optional(OneOf(AUDITED)),
      storeId: Type.Optional(StoreId),
      page: PageNo,
      limit: Limit,
    }),
    ok: TablePage(AuditEvent),
    errors: ['staff.out_of_scope'],
  },
})
