import type { Ctx } from '#kernel/ctx'
import { inTx, type Tx } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import { insertAccount, putTemporaryPassword } from './accounts.sql.ts'
import type { TemporaryPassword } from './accounts.ts'
import { insertEvent } from './audit.sql.ts'
import { endSessions } from './ending.ts'
import { hashPassword, newTemporaryPassword, temporaryUntil } from './passwords.ts'
import { accountMissing, accountTaken } from './problems.ts'
import { forgetTries } from './sessions.sql.ts'
import { findCredentials } from './staff.sql.ts'

type Hands = Pick<Ctx, 'db' | 'clock'>
/** How the trail names whoever has the machine in hand: there is no account behind it. */
const OPERATOR = 'operator'

const tell = (tx: Tx, at: Date, action: string, account: string, after: unknown = null) =>
  insertEvent(tx, {
    id: newId(),
    at,
    staffId: null,
    actor: OPERATOR,
    action,
    subject: `staff:${account}`,
    storeId: null,
    before: null,
    after,
    requestId: OPERATOR,
  })

async function make({ clock }: Pick<Ctx, 'clock'>) {
  const password = newTemporaryPassword()
  const at = clock.now()
  return { password, at, until: temporaryUntil(at), passwordHash: await hashPassword(password) }
}

/** Opens a head-office account from the machine itself: the first one, which nobody could open in the console. */
export async function openHeadOffice(
  hands: Hands,
  { account, name }: { account: string; name: string },
): Promise<TemporaryPassword> {
  const { password, at, until, passwordHash } = await make(hands)
  await inTx(hands.db, async (tx) => {
    const fresh = {
      id: newId(),
      account,
      name,
      role: 'hq' as const,
      passwordHash,
      passwordTemporaryUntil: until,
    }
    if (!(await insertAccount(tx, fresh))) refuse(accountTaken, { account })
    await tell(tx, at, 'staff.account_opened', account, { name, role: 'hq', storeIds: [] })
  })
  return { password, passwordTemporaryUntil: until }
}

/** Resets a password from the machine itself, for when nobody of head office can get in any more. All sessions of the account end. */
export async function resetByHand(hands: Hands, account: string): Promise<TemporaryPassword> {
  const { password, at, until, passwordHash } = await make(hands)
  const found = await findCredentials(hands.db, account)
  // A demo account stays one: its start in production is refused whatever its password.
  if (!found || found.demo) return refuse(accountMissing, { account })
  await inTx(hands.db, async (tx) => {
    await putTemporaryPassword(tx, found.id, { passwordHash, until })
    await forgetTries(tx, account.toLowerCase())
    await tell(tx, at, 'staff.password_reset', account)
    await endSessions(tx, { staffId: found.id, at })
  })
  return { password, passwordTemporaryUntil: until }
}
