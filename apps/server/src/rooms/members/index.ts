/**
 * Members: who a shopper is, by WeChat identity, phone and address, and their sessions.
 *
 * Owns member, member_identity, member_session, address and provider_token. Promises that one openid is one member however often it signs in at
 * once, that a phone belongs to one member, that phone and address are sealed at rest, and that WeChat's session key is never read.
 * Tells others who is calling, the openid to pay with, and the little that a desk may show about a shopper.
 */
import assert from 'node:assert/strict'
import type { MemberActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { createAddresses } from './addresses.ts'
import { type Contact, createContact } from './contact.ts'
import { type AtDesk, atDesk, createFinding } from './finding.ts'
import { createRegister } from './members.ts'
import * as sql from './members.sql.ts'
import { mountConsole, mountMembers } from './routes.ts'
import { createWechat } from './wechat.ts'

export type { AtDesk } from './finding.ts'
export type { MemberCard } from './members.sql.ts'
export { memberMissing } from './problems.ts'

const MOST_BY_TAIL = 200

export interface Members extends Contact {
  /** Who is calling, by token; refuses with `session.ended`. */
  authenticate(bearer: string): Promise<MemberActor>
  /** The openid WeChat Pay asks for. */
  openidOf(memberId: string): Promise<string>
  /** A 小程序码 that opens this page with this scene, as WeChat draws it; null when it does not. */
  drawCode(scene: string, page: string): Promise<Buffer | null>
  /** Says something to WeChat with our access token. Its errcode (0: taken), or null when it gave no answer. */
  tellWechat(path: string, body: object): Promise<number | null>
  cards(ids: readonly string[]): Promise<Map<string, sql.MemberCard>>
  /** Members whose phone ends in these four digits, 200 at most. */
  idsByPhoneTail(tail: string): Promise<string[]>
  /** Members whose phone ends in these four digits, or with this in their name, 200 at most. */
  idsBy(typed: string): Promise<string[]>
  /** What a desk may show of these members. */
  atDesk(ids: readonly string[]): Promise<Map<string, AtDesk>>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createMembers(ctx: Ctx): Promise<Members> {
  const { db } = ctx
  const wechat = createWechat(ctx)
  const register = await createRegister(ctx, wechat)
  const addresses = createAddresses(ctx)
  const finding = createFinding(ctx)
  return {
    ...createContact(ctx),
    authenticate: async (bearer) => register.authenticate(bearer),
    async openidOf(memberId) {
      const known = await sql.openidOf(db, memberId)
      assert.ok(known, 'a member without a WeChat identity')
      return known.openid
    },
    drawCode: (scene, page) => wechat.draw(scene, page),
    tellWechat: (path, body) => wechat.tell(path, body),
    cards: async (ids) => new Map((await sql.listCards(db, ids)).map((card) => [card.id, card])),
    idsByPhoneTail: async (tail) =>
      (await sql.listIdsByPhoneTail(db, tail, MOST_BY_TAIL)).map(({ id }) => id),
    idsBy: (typed) => finding.ids(typed, MOST_BY_TAIL),
    atDesk: async (ids) => new Map((await sql.listCards(db, ids)).map((card) => [card.id, atDesk(card)])),
    routes(http) {
      mountMembers(http, register, addresses)
      mountConsole(http, finding)
    },
    sweeps: [{ name: 'members.sessions', seconds: 3600, run: () => register.sweep() }],
  }
}
