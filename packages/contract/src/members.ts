import { Type } from 'typebox'
import { Instant, Line, Maybe, Nothing, Strict, Text, Uuid } from './parts.ts'
import { defineRoutes } from './route.ts'

export const Member = Type.Object({
  id: Uuid,
  nickname: Type.String(),
  phone: Maybe(Type.String({ description: 'masked, e.g. 199****0001' })),
  joinedAt: Instant,
})

export const MobileNumber = Type.String({ pattern: '^1[0-9]{10}$' })

export const AddressInput = Strict({
  name: Line(30),
  phone: MobileNumber,
  district: Line(60),
  detail: Line(120),
  tag: Type.Optional(Text(10)),
  isDefault: Type.Optional(Type.Boolean()),
})
export const Address = Type.Object({
  id: Uuid,
  name: Type.String(),
  phone: Type.String({ description: 'whole: only its owner reads this' }),
  district: Type.String(),
  detail: Type.String(),
  tag: Maybe(Type.String()),
  isDefault: Type.Boolean(),
})
/** Month and day of birth; the year is nobody's business here. */
const BirthdayInput = {
  month: Type.Integer({ minimum: 1, maximum: 12 }),
  day: Type.Integer({ minimum: 1, maximum: 31 }),
}
export const Birthday = Type.Object({
  birthday: Maybe(Type.Object(BirthdayInput)),
  /** It changes once a year; null: at any time. Taking it back is always possible. */
  changeableFrom: Maybe(Instant),
})
const ByAddress = Strict({ addressId: Uuid })

export const memberRoutes = defineRoutes({
  'POST /v1/sessions': {
    summary: 'Sign in with a WeChat login code; the first time makes a member',
    access: 'public',
    body: Strict({ code: Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\w.~-]+$' }) }),
    ok: Type.Object({ token: Type.String(), expiresAt: Instant, member: Member }),
    status: 201,
    errors: ['members.code_invalid', 'members.login_unavailable', 'members.blocked'],
  },
  'DELETE /v1/sessions/current': {
    summary: 'Sign out',
    access: 'member',
    ok: Nothing,
    status: 204,
    errors: [],
  },
  'GET /v1/me': { summary: 'Who I am', access: 'member', ok: Member, errors: [] },
  'PUT /v1/me/nickname': {
    summary: 'Change my nickname',
    access: 'member',
    body: Strict({ nickname: Line(20) }),
    ok: Member,
    errors: [],
  },
  'PUT /v1/me/phone': {
    summary: 'Bind the phone number behind a one-time WeChat phone code',
    access: 'member',
    body: Strict({ code: Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\w.~-]+$' }) }),
    ok: Member,
    errors: ['members.code_invalid', 'members.phone_taken', 'members.login_unavailable'],
  },
  'GET /v1/me/birthday': {
    summary: 'Month and day of my birth, if I said so; only I read it',
    access: 'member',
    ok: Birthday,
    errors: [],
  },
  'PUT /v1/me/birthday': {
    summary: 'Say it, or say otherwise a year after I said it last',
    access: 'member',
    body: Strict(BirthdayInput),
    ok: Birthday,
    errors: ['members.birthday_unknown', 'members.birthday_fixed'],
  },
  'DELETE /v1/me/birthday': {
    summary: 'Take it back, at any time',
    access: 'member',
    ok: Nothing,
    status: 204,
    errors: [],
  },
  'GET /v1/me/addresses': {
    summary: 'My addresses',
    access: 'member',
    ok: Type.Object({ items: Type.Array(Address) }),
    errors: [],
  },
  'POST /v1/me/addresses': {
    summary: 'Add an address (at most 20)',
    access: 'member',
    body: AddressInput,
    ok: Address,
    status: 201,
    errors: ['members.too_many_addresses'],
  },
  'PUT /v1/me/addresses/:addressId': {
    summary: 'Replace an address',
    access: 'member',
    params: ByAddress,
    body: AddressInput,
    ok: Address,
    errors: ['members.address_missing'],
  },
  'DELETE /v1/me/addresses/:addressId': {
    summary: 'Remove an address',
    access: 'member',
    params: ByAddress,
    ok: Nothing,
    status: 204,
    errors: ['members.address_missing'],
  },
})

/** As little of a member as tells two apart at a desk. */
export const MemberAtDesk = Type.Object({
  id: Uuid,
  name: Type.String({ description: 'nickname with its middle hidden' }),
  phoneTail: Maybe(Type.String()),
})
export const consoleMemberRoutes = defineRoutes({
  'GET /console/v1/members': {
    summary: 'Members by the last four digits of their phone or a part of their name, 50 at most',
    access: 'console',
    permission: 'members.read',
    query: Strict({ q: Line(40) }),
    ok: Type.Object({ items: Type.Array(MemberAtDesk) }),
    errors: [],
  },
  'GET /console/v1/members/:memberId': {
    summary: 'A member, masked',
    access: 'console',
    permission: 'members.read',
    params: Strict({ memberId: Uuid }),
    ok: Type.Object({
      ...MemberAtDesk.properties,
      phone: Maybe(Type.String({ description: 'masked, e.g. 199****0001' })),
      joinedAt: Instant,
      blocked: Type.Boolean(),
    }),
    errors: ['members.missing'],
  },
  'POST /console/v1/members/:memberId/phone-reveals': {
    summary: 'The whole phone number of a member, for a reason that goes into the trail',
    access: 'console',
    permission: 'members.reveal',
    params: Strict({ memberId: Uuid }),
    body: Strict({ reason: Line(200) }),
    ok: Type.Object({ phone: Type.String() }),
    errors: ['members.missing', 'members.no_phone'],
  },
  'POST /console/v1/member-lookups': {
    summary: 'Which members these whole phone numbers belong to; numbers that nobody has bound have none',
    access: 'console',
    permission: 'coupons.write',
    body: Strict({ phones: Type.Array(MobileNumber, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
    ok: Type.Object({
      items: Type.Array(Type.Object({ phone: MobileNumber, member: Maybe(MemberAtDesk) })),
    }),
    errors: [],
  },
})
