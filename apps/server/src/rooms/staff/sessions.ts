import type { StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse, sessionEnded } from '#kernel/problem'
import { followEnded, tellEnded } from '#kernel/sessions'
import type { Audit } from './audit.ts'
import { nextTry } from './login-guard.ts'
import { createPasswordCheck, hashPassword, isWeak } from './passwords.ts'
import { consoleDenied, credentialsWrong, locked, otpUnsupported, passwordWeak } from './problems.ts'
import { roleOf } from './roles.ts'
import type { Profile, Roster } from './roster.ts'
import * as sql from './sessions.sql.ts'
import { changePassword as writePassword, findCredentials } from './staff.sql.ts'

const SESSION_SECONDS = 12 * 3600
const KEEP_ENDED_SECONDS = 30 * 86_400

export type Face = 'console' | 'floor'
export interface SignIn {
  account: string
  password: string
  otp?: string
}
export interface SignedIn {
  token: string
  expiresAt: Date
  profile: Profile
}

export interface StaffSessions {
  authenticate(bearer: string, access: 'staff' | 'console'): StaffActor
  signIn(face: Face, input: SignIn, requestId: string): Promise<SignedIn>
  signOut(actor: StaffActor): Promise<void>
  changePassword(
    call: { actor: StaffActor; requestId: string },
    change: { current: string; next: string },
  ): Promise<void>
  sweep(): Promise<void>
}

export async function createSessions(ctx: Ctx, roster: Roster, audit: Audit): Promise<StaffSessions> {
  const { clock, config, db, tokens } = ctx
  const passwords = await createPasswordCheck()
  await followEnded(ctx, () => sql.listEndedSessions(db, clock.now()))

  async function takeTry(account: string): Promise<void> {
    const now = clock.now()
    const allowed = await inTx(db, async (tx) => {
      const tries = nextTry(await sql.lockTries(tx, account, now), now)
      return tries !== null && (await sql.keepTries(tx, account, tries))
    })
    if (!allowed) refuse(locked)
  }

  /** The person, when account and password fit. Every refusal looks and lasts the same, whether or not the account exists. */
  async function prove(account: string, password: string): Promise<{ id: string; role: string }> {
    const guarded = account.toLowerCase()
    await takeTry(guarded)
    const found = await findCredentials(db, account)
    const known = found && !(found.demo && config.production) ? found : null
    if (!(await passwords.fits(known?.passwordHash ?? null, password)) || !known)
      return refuse(credentialsWrong)
    await inTx(db, (tx) => sql.forgetTries(tx, guarded))
    return known
  }

  return {
    authenticate(bearer, access) {
      const claims = tokens.read(bearer)
      if (claims === null || claims === 'ended') return refuse(sessionEnded)
      const faceFits = claims.face === 'console' || (claims.face === 'floor' && access === 'staff')
      const profile = faceFits ? roster.find(claims.subjectId) : undefined
      return profile ? { kind: 'staff', sessionId: claims.sessionId, ...profile } : refuse(sessionEnded)
    },

    async signIn(face, { account, password, otp }, requestId) {
      if (otp !== undefined) refuse(otpUnsupported)
      const person = await prove(account, password)
      if (face === 'console' && !roleOf(person.role).console) refuse(consoleDenied)
      if (!roster.find(person.id)) await roster.reload()
      const profile = roster.find(person.id) ?? refuse(credentialsWrong)
      const now = clock.now()
      const session = {
        id: newId(),
        staffId: person.id,
        face,
        createdAt: now,
        expiresAt: secondsAfter(now, SESSION_SECONDS),
      }
      const actor: StaffActor = { kind: 'staff', sessionId: session.id, ...profile }
      await inTx(db, async (tx) => {
        await sql.insertSession(tx, session)
        await audit(
          tx,
          { actor, requestId },
          { action: 'staff.signed_in', subject: `staff:${account}`, after: { face } },
        )
      })
      const { expiresAt } = session
      return {
        token: tokens.issue({ face, sessionId: session.id, subjectId: person.id, expiresAt }),
        expiresAt,
        profile,
      }
    },

    async signOut({ sessionId }) {
      const ended = await inTx(db, async (tx) => {
        const session = await sql.revokeSession(tx, sessionId, clock.now())
        if (session) await tellEnded(tx, [session])
        return session
      })
      if (ended) tokens.end(ended.id, ended.expiresAt)
    },

    async changePassword(call, { current, next }) {
      const { actor } = call
      await prove(actor.account, current)
      if (isWeak(next, { account: actor.account, current })) refuse(passwordWeak)
      const passwordHash = await hashPassword(next)
      const ended = await inTx(db, async (tx) => {
        await writePassword(tx, actor.staffId, passwordHash)
        await audit(tx, call, { action: 'staff.password_changed', subject: `staff:${actor.account}` })
        const others = await sql.revokeOtherSessions(tx, {
          staffId: actor.staffId,
          keepId: actor.sessionId,
          at: clock.now(),
        })
        await tellEnded(tx, others)
        return others
      })
      for (const { id, expiresAt } of ended) tokens.end(id, expiresAt)
    },

    async sweep() {
      const now = clock.now()
      await inTx(db, async (tx) => {
        await sql.dropOldTries(tx, secondsAfter(now, -86_400))
        await sql.dropOldSessions(tx, secondsAfter(now, -KEEP_ENDED_SECONDS))
      })
    },
  }
}
