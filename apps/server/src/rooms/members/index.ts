/**
 * Members: who a shopper is, by WeChat identity, phone and address, and their sessions.
 *
 * Owns member, member_birthday, member_identity, member_session, address, provider_token and chain_key. Promises that one openid is one member however
 * often it signs in at once, that a phone belongs to one member, that phone, birthday and address are sealed at rest, that WeChat's session key is never read, and that what a
 * card shows is dead a minute later.
 * Tells others who is calling, who shows a card at a till, the openid to pay with, and the little that a desk may show about a shopper. Signs for the
 * chain what others check without us.
 */
import assert from 'node:assert/strict'
import type { MemberActor } from '#kernel/actor'
import type { Ctx } from '#kernel/ctx'
import type { Http } from '#kernel/http'
import type { Sweep } from '#kernel/jobs'
import { refuse } from '#kernel/problem'
import { signToken } from '#kernel/signed-token'
import type { Staff } from '#room/staff'
import { createAddresses } from './addresses.ts'
import { type Contact, createContact } from './contact.ts'
import { type CardKey, keepCardKeys } from './card-keys.ts'
import { type AtDesk, atDesk, createFinding } from './finding.ts'
import { type CardAsker, type CardShown, createIdentifying } from './identifying.ts'
import { createLooking } from './looking.ts'
import { createRegister, type MemberEvents } from './members.ts'
import { blocked, memberMissing } from './problems.ts'
import * as sql from './members.sql.ts'
import { mountCards, mountConsole, mountMembers } from './routes.ts'
import { createWechat } from './wechat.ts'

export { judgeToken as judgeCard, type CardVerdict } from './card.ts'
export type { CardKey } from './card-keys.ts'
export type { AtDesk } from './finding.ts'
export type { CardAsker, CardShown } from './identifying.ts'
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
  /** Whether somebody may use what is theirs; refuses with `members.missing` or `members.blocked`. */
  standingOf(memberId: string): Promise<{ hasPhone: boolean }>
  /** Is this whole number, as a keyed hash, the one that the member bound? */
  hasPhone(memberId: string, hash: Buffer): Promise<boolean>
  /** What a desk may show of these members. */
  atDesk(ids: readonly string[]): Promise<Map<string, AtDesk>>
  /**
   * Who shows this card or says these digits. Refuses by name what is unknown, forged, not of this minute, or of a blocked member, and locks whoever
   * guesses.
   */
  identify(shown: CardShown, asker: CardAsker): Promise<string>
  /** Public keys for whoever checks without us what the chain signed. */
  cardKeys(): CardKey[]
  /** Signs something short for the chain (`kernel/signed-token`). */
  sign(kind: string, body: Buffer): string
  /** Keyed hashes of these days (`MM-DD`), as the birthdays of members are kept. */
  birthdayHashes(days: readonly string[]): Buffer[]
  /** Who hears of phones and birthdays that become known. */
  connect(events: MemberEvents): void
  /** Keyed hashes of these members' phones, in hex, of those whose phone is known: the same for whoever has the number. */
  phoneHashes(ids: readonly string[]): Promise<Map<string, string>>
  routes(http: Http): void
  sweeps: readonly Sweep[]
}

export async function createMembers(
  ctx: Ctx,
  { staff }: { staff: Pick<Staff, 'requireScope' | 'audit'> },
): Promise<Members> {
  const { db } = ctx
  const wechat = createWechat(ctx)
  const register = await createRegister(ctx, wechat)
  const addresses = createAddresses(ctx)
  const finding = createFinding(ctx)
  const keys = await keepCardKeys(ctx)
  const cards = createIdentifying(ctx, keys)
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
    async standingOf(memberId) {
      const known = (await sql.findMember(db, memberId)) ?? refuse(memberMissing, { memberId })
      if (known.blocked) refuse(blocked)
      return { hasPhone: known.phoneCipher !== null }
    },
    hasPhone: async (memberId, hash) => (await sql.findPhoneHash(db, memberId))?.hash?.equals(hash) === true,
    atDesk: async (ids) => new Map((await sql.listCards(db, ids)).map((card) => [card.id, atDesk(card)])),
    identify: (shown, asker) => cards.identify(shown, asker),
    cardKeys: () => keys.list(),
    sign: (kind, body) => signToken(kind, keys.signing(), body),
    birthdayHashes: (days) => days.map((day) => register.birthdays.hash(day)),
    connect: (events) => register.connect(events),
    phoneHashes: async (ids) =>
      new Map((await sql.listPhoneHashes(db, ids)).map(({ id, hash }) => [id, hash])),
    routes(http) {
      mountMembers(http, register, addresses)
      mountCards(http, { cards, finding, staff })
      mountConsole(http, finding, createLooking(ctx, staff))
    },
    sweeps: [
      { name: 'members.sessions', seconds: 3600, run: () => register.sweep() },
      { name: 'members.cards', seconds: 3600, run: () => cards.forget() },
      { name: 'members.keys', seconds: 3600, run: () => keys.rotate() },
    ],
  }
}
