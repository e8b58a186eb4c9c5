import type { StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse, sessionEnded } from '#kernel/problem'
import { followEnded, tellEnded } from '#kernel/sessions'
import type { Audit, AuditedCall } from './audit.ts'
import { endSessions, type Ending } from './ending.ts'
import { nextTry } from './login-guard.ts'
import { createPasswordCheck, hashPassword, isWeak } from './passwords.ts'
import {
  consoleDenied,
  credentialsWrong,
  locked,
  otpUnsupported,
  passwordChangeDue,
  passwordExpired,
  passwordWeak,
  passwordWrong,
} from './problems.ts'
import { roleOf } from './roles.ts'
import type { Profile, Roster } from './roster.ts'
import * as sql from './sessions.sql.ts'
import {
  changePassword as writePassword,
  type Credentials,
  findCredentials,
  lockProven,
} from './staff.sql.ts'

const SESSION_SECONDS = 12 * 3600
const KEEP_ENDED_SECONDS = 30 * 86_400

export type Face = 'console' | 'floor'
export interface SignIn {
  account: string
  password: string
  /** The password of their own that somebody chooses who was given one. */
  next?: string
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
  changePassword(call: AuditedCall, change: { current: string; next: string }): Promise<void>
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

  /** The person, when account and password fit. Every `misfit` looks and lasts the same, whether or not the account exists. */
  async function prove(account: string, password: string, misfit = credentialsWrong): Promise<Credentials> {
    const guarded = account.toLowerCase()
    await takeTry(guarded)
    const found = await findCredentials(db, account)
    const known = found && !(found.demo && config.production) ? found : null
    if (!(await passwords.fits(known?.passwordHash ?? null, password)) || !known) return refuse(misfit)
    await inTx(db, (tx) => sql.forgetTries(tx, guarded))
    return known
  }

  /** The hash of the password that this sign-in also sets; refuses a given password that comes without one, comes too late, or is weak. */
  async function chosen(person: Credentials, current: string, next: string | undefined) {
    const { account, passwordTemporaryUntil: until } = person
    if (until && until <= clock.now()) refuse(passwordExpired)
    if (next === undefined) return until ? refuse(passwordChangeDue) : undefined
    if (isWeak(next, { account, current })) refuse(passwordWeak)
    return hashPassword(next)
  }

  /** Writes a password that its owner chose and ends the sessions that were opened with the one before. */
  async function replacePassword(tx: Tx, call: AuditedCall, passwordHash: string): Promise<Ending> {
    const { staffId, account, sessionId: keepId } = call.actor
    await writePassword(tx, staffId, passwordHash)
    await audit(tx, call, { action: 'staff.password_changed', subject: `staff:${account}` })
    return endSessions(tx, { staffId, keepId, at: clock.now() })
  }

  const settle = (ended: Ending) => {
    for (const { id, expiresAt } of ended) tokens.end(id, expiresAt)
  }

  return {
    authenticate(bearer, access) {
      const claims = tokens.read(bearer)
      if (claims === null || claims === 'ended') return refuse(sessionEnded)
      const faceFits = claims.face === 'console' || (claims.face === 'floor' && access === 'staff')
      const profile = faceFits ? roster.find(claims.subjectId) : undefined
      if (!profile || (claims.face === 'console' && !roleOf(profile.role).console))
        return refuse(sessionEnded)
      return { kind: 'staff', sessionId: claims.sessionId, ...profile }
    },

    async signIn(face, { account, password, next, otp }, requestId) {
      if (otp !== undefined) refuse(otpUnsupported)
      const person = await prove(account, password)
      if (face === 'console' && !roleOf(person.role).console) refuse(consoleDenied)
      const nextHash = await chosen(person, password, next)
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
      const call = { actor: { kind: 'staff' as const, sessionId: session.id, ...profile }, requestId }
      const ended = await inTx(db, async (tx) => {
        // Between the proof and now the person may have been disabled, or the password been used up or reset.
        if (!(await lockProven(tx, person))) refuse(credentialsWrong)
        await sql.insertSession(tx, session)
        await audit(tx, call, { action: 'staff.signed_in', subject: `staff:${account}`, after: { face } })
        return nextHash === undefined ? [] : replacePassword(tx, call, nextHash)
      })
      settle(ended)
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
      const person = await prove(call.actor.account, current, passwordWrong)
      if (isWeak(next, { account: person.account, current })) refuse(passwordWeak)
      const passwordHash = await hashPassword(next)
      const ended = await inTx(db, async (tx) => {
        if (!(await lockProven(tx, person))) refuse(passwordWrong)
        return replacePassword(tx, call, passwordHash)
      })
      settle(ended)
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
