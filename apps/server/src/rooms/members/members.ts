import type { Member } from '@linli/contract/members'
import type { Static } from 'typebox'
import type { MemberActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse, sessionEnded } from '#kernel/problem'
import { followEnded, tellEnded } from '#kernel/sessions'
import { type Birthdays, createBirthdays } from './birthdays.ts'
import * as sql from './members.sql.ts'
import { masked, phoneContext, sealedPhone, wholeNumber } from './phone.ts'
import { blocked, phoneTaken } from './problems.ts'
import * as sessionSql from './sessions.sql.ts'
import type { Wechat } from './wechat.ts'

export type Shown = Static<typeof Member>

const SESSION_SECONDS = 30 * 86_400
const KEEP_ENDED_SECONDS = 30 * 86_400

/** What others want to hear, in the transaction in which it happens. */
export interface MemberEvents {
  /** A member has this phone now; `phone` is its keyed hash, in hex. */
  phoneBound?(tx: Tx, fact: PhoneBound): Promise<unknown>
  /** A member said their birthday for the first time. */
  birthdayGiven?(tx: Tx, fact: { memberId: string; at: Date }): Promise<unknown>
}
export interface PhoneBound {
  memberId: string
  phone: string
  /** They had none before. */
  first: boolean
  at: Date
}
export interface Register {
  connect(events: MemberEvents): void
  signIn(code: string): Promise<{ token: string; expiresAt: Date; member: Shown }>
  authenticate(bearer: string): MemberActor
  signOut(actor: MemberActor): Promise<void>
  me(memberId: string): Promise<Shown>
  rename(memberId: string, nickname: string): Promise<Shown>
  bindPhone(memberId: string, code: string): Promise<Shown>
  birthdays: Birthdays
  sweep(): Promise<void>
}

/** A name to start with, different enough to tell two newcomers apart. */
const firstNickname = (id: string): string =>
  `邻里会员${String(Number.parseInt(id.slice(-8), 16) % 10_000).padStart(4, '0')}`

export async function createRegister(ctx: Ctx, wechat: Wechat): Promise<Register> {
  const { clock, db, secrets, tokens } = ctx
  const shown = ({ id, nickname, phoneCipher, joinedAt }: sql.MemberRow): Shown => ({
    id,
    nickname,
    phone: phoneCipher && masked(secrets.open(phoneCipher, phoneContext(id))),
    joinedAt: joinedAt.toISOString(),
  })
  await followEnded(ctx, () => sessionSql.listEndedSessions(db, clock.now()))

  /** The member behind an openid, made at the first sight of it. Two first sign-ins at once meet at the identity's key. */
  async function memberOf(tx: Tx, openid: string): Promise<sql.MemberRow> {
    const known = await sql.findByOpenid(tx, openid)
    if (known) return known
    const id = newId()
    const made = await sql.claimOpenid(tx, { id, openid, nickname: firstNickname(id), at: clock.now() })
    return made ?? (await sql.findByOpenid(tx, openid)) ?? refuse(sessionEnded)
  }

  const told: MemberEvents[] = []
  return {
    connect(events) {
      told.push(events)
    },
    birthdays: createBirthdays(ctx, told),
    async signIn(code) {
      const openid = await wechat.openidOf(code)
      const now = clock.now()
      const session = { id: newId(), createdAt: now, expiresAt: secondsAfter(now, SESSION_SECONDS) }
      const member = await inTx(db, async (tx) => {
        const row = await memberOf(tx, openid)
        if (row.blocked) refuse(blocked)
        await sessionSql.insertSession(tx, { ...session, memberId: row.id })
        return row
      })
      const { id: sessionId, expiresAt } = session
      const token = tokens.issue({ face: 'member', sessionId, subjectId: member.id, expiresAt })
      return { token, expiresAt, member: shown(member) }
    },

    authenticate(bearer) {
      const claims = tokens.read(bearer)
      if (claims === null || claims === 'ended' || claims.face !== 'member') return refuse(sessionEnded)
      return { kind: 'member', memberId: claims.subjectId, sessionId: claims.sessionId }
    },

    async signOut({ sessionId }) {
      const ended = await inTx(db, async (tx) => {
        const session = await sessionSql.revokeSession(tx, sessionId, clock.now())
        if (session) await tellEnded(tx, [session])
        return session
      })
      if (ended) tokens.end(ended.id, ended.expiresAt)
    },

    me: async (memberId) => shown((await sql.findMember(db, memberId)) ?? refuse(sessionEnded)),

    rename: async (memberId, nickname) =>
      shown((await inTx(db, (tx) => sql.setNickname(tx, memberId, nickname.trim()))) ?? refuse(sessionEnded)),

    async bindPhone(memberId, code) {
      const whole = wholeNumber(await wechat.phoneOf(code))
      const phone = sealedPhone(secrets, memberId, whole)
      try {
        const row = await inTx(db, async (tx) => {
          const first = (await sql.findMember(tx, memberId))?.phoneCipher === null
          const bound = await sql.setPhone(tx, memberId, phone)
          const fact = { memberId, phone: phone.hash.toString('hex'), first, at: clock.now() }
          for (const events of told) await events.phoneBound?.(tx, fact)
          return bound
        })
        return shown(row ?? refuse(sessionEnded))
      } catch (error) {
        if (violates(error, 'member_phone_hash_key')) return refuse(phoneTaken)
        throw error
      }
    },

    async sweep() {
      const before = secondsAfter(clock.now(), -KEEP_ENDED_SECONDS)
      await inTx(db, (tx) => sessionSql.dropOldSessions(tx, before))
    },
  }
}
