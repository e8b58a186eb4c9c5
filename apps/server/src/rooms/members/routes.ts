import { memberCardRoutes, staffMemberRoutes } from '@linli/contract/member-cards'
import { consoleMemberRoutes, memberRoutes } from '@linli/contract/members'
import { type Http, mount } from '#kernel/http'
import type { Addresses } from './addresses.ts'
import type { Staff } from '#room/staff'
import type { Finding } from './finding.ts'
import type { Identifying } from './identifying.ts'
import type { Looking } from './looking.ts'
import type { Register } from './members.ts'

export function mountMembers(http: Http, register: Register, addresses: Addresses): void {
  mount(http, memberRoutes, {
    'POST /v1/sessions': async ({ body }) => {
      const { token, expiresAt, member } = await register.signIn(body.code)
      return { token, expiresAt: expiresAt.toISOString(), member }
    },
    'DELETE /v1/sessions/current': async ({ actor }) => {
      await register.signOut(actor)
      return null
    },
    'GET /v1/me': ({ actor }) => register.me(actor.memberId),
    'PUT /v1/me/nickname': ({ actor, body }) => register.rename(actor.memberId, body.nickname),
    'PUT /v1/me/phone': ({ actor, body }) => register.bindPhone(actor.memberId, body.code),
    'GET /v1/me/birthday': ({ actor }) => register.birthdays.get(actor.memberId),
    'PUT /v1/me/birthday': ({ actor, body }) => register.birthdays.give(actor.memberId, body),
    'DELETE /v1/me/birthday': async ({ actor }) => {
      await register.birthdays.takeBack(actor.memberId)
      return null
    },
    'GET /v1/me/addresses': async ({ actor }) => ({ items: await addresses.list(actor.memberId) }),
    'POST /v1/me/addresses': ({ actor, body }) => addresses.add(actor.memberId, body),
    'PUT /v1/me/addresses/:addressId': ({ actor, params, body }) =>
      addresses.replace(actor.memberId, params.addressId, body),
    'DELETE /v1/me/addresses/:addressId': async ({ actor, params }) => {
      await addresses.remove(actor.memberId, params.addressId)
      return null
    },
  })
}

export function mountConsole(http: Http, finding: Finding, looking: Looking): void {
  mount(http, consoleMemberRoutes, {
    'GET /console/v1/members': async ({ query }) => ({ items: await finding.find(query.q) }),
    'GET /console/v1/members/:memberId': ({ params }) => looking.look(params.memberId),
    'POST /console/v1/members/:memberId/phone-reveals': ({ actor, requestId, params, body }) =>
      looking.reveal({ actor, requestId }, params.memberId, body.reason),
    'POST /console/v1/member-lookups': async ({ body }) => ({ items: await finding.lookUp(body.phones) }),
  })
}

export function mountCards(
  http: Http,
  { cards, finding, staff }: { cards: Identifying; finding: Finding; staff: Pick<Staff, 'requireScope'> },
): void {
  mount(http, memberCardRoutes, {
    'GET /v1/me/card': async ({ actor: { memberId } }) => {
      const [{ validUntil, now, ...face }, { phoneTail }] = await Promise.all([
        cards.face(memberId),
        finding.require(memberId),
      ])
      return { ...face, validUntil: validUntil.toISOString(), now: now.toISOString(), phoneTail }
    },
  })
  mount(http, staffMemberRoutes, {
    'POST /staff/v1/member-identifications': async ({ actor, body: { storeId, shown } }) => {
      staff.requireScope(actor, storeId)
      return finding.require(await cards.identify(shown, { device: `staff:${actor.staffId}`, storeId }))
    },
  })
}
