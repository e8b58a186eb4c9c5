import { Type } from 'typebox'
import { Instant, Nothing, PageNo, Limit, StoreId, Strict, TablePage, Text, Uuid, Maybe } from './parts.ts'
import { defineRoutes } from './route.ts'

export const Staff = Type.Object({
  id: Uuid,
  account: Type.String(),
  name: Type.String(),
  role: Type.String({ description: 'hq, manager, clerk or picker' }),
  storeIds: Maybe(Type.Array(StoreId)),
  permissions: Type.Array(Type.String()),
})
const Credentials = Strict({
  account: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.-]+$' }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
  otp: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
})
const SignedIn = Type.Object({ token: Type.String(), expiresAt: Instant, staff: Staff })
const signIn = {
  summary: 'Sign in with account and password',
  access: 'public',
  body: Credentials,
  ok: SignedIn,
  status: 201,
  errors: ['staff.credentials_wrong', 'staff.locked', 'staff.console_denied', 'staff.otp_unsupported'],
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
})

export const AuditEvent = Type.Object({
  id: Uuid,
  at: Instant,
  actor: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  storeId: Maybe(StoreId),
  before: Type.Unknown(),
  after: Type.Unknown(),
  requestId: Type.String(),
})
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
  'PUT /console/v1/me/password': {
    summary: 'Change my password; my other sessions end',
    access: 'console',
    body: Strict({
      current: Type.String({ minLength: 1, maxLength: 200 }),
      next: Type.String({ minLength: 10, maxLength: 200 }),
    }),
    ok: Nothing,
    status: 204,
    errors: ['staff.credentials_wrong', 'staff.password_weak'],
  },
  'GET /console/v1/audit-events': {
    summary: 'Who changed what, newest first',
    access: 'console',
    permission: 'audit.read',
    query: Strict({ q: Type.Optional(Text(40)), page: PageNo, limit: Limit }),
    ok: TablePage(AuditEvent),
    errors: [],
  },
})
