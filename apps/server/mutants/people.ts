import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const people: readonly Guard[] = [
  {
    name: 'roles that may be given',
    file: `${R}/staff/accounts.ts`,
    find: 'if (!grantable(actor.role).includes(role)) refuse(outOfReach, { role })',
    replace: '',
    tests: [`${STORIES}/staff-accounts.test.ts`],
  },
  {
    name: 'stores that may be given',
    file: `${R}/staff/accounts.ts`,
    find: 'if (foreign !== undefined) refuse(outOfScope',
    replace: "if (foreign === '') refuse(outOfScope",
    tests: [`${STORIES}/staff-accounts.test.ts`],
  },
  {
    name: 'one’s own account',
    file: `${R}/staff/accounts.ts`,
    find: 'if (row.id === actor.staffId) return refuse(yourself)',
    replace: '',
    tests: [`${STORIES}/staff-accounts.test.ts`],
  },
  {
    name: 'a temporary password that is too old',
    file: `${R}/staff/sessions.ts`,
    find: 'if (until && until <= clock.now()) refuse(passwordExpired)',
    replace: '',
    tests: [`${STORIES}/staff-accounts.test.ts`, `${STORIES}/staff.test.ts`],
  },
  {
    name: 'a temporary password must be changed',
    file: `${R}/staff/sessions.ts`,
    find: 'if (next === undefined) return until ? refuse(passwordChangeDue) : undefined',
    replace: 'if (next === undefined) return undefined',
    tests: [`${STORIES}/staff-accounts.test.ts`, `${STORIES}/staff.test.ts`],
  },
  {
    name: 'weak passwords',
    file: `${R}/staff/sessions.ts`,
    find: 'if (isWeak(next, { account, current })) refuse(passwordWeak)',
    replace: '',
    tests: [`${STORIES}/staff-accounts.test.ts`, `${STORIES}/staff.test.ts`],
  },
  {
    name: 'who may use the console',
    file: `${R}/staff/sessions.ts`,
    find: "if (face === 'console' && !roleOf(person.role).console) refuse(consoleDenied)",
    replace: '',
    tests: [`${STORIES}/staff.test.ts`, `${STORIES}/staff-accounts.test.ts`],
  },
  {
    name: 'faces of staff',
    file: `${R}/staff/sessions.ts`,
    find: "claims.face === 'console' || (claims.face === 'floor' && access === 'staff')",
    replace: "claims.face !== 'member'",
    tests: [`${STORIES}/staff.test.ts`, 'test/contract/bad-input.test.ts'],
  },
  {
    name: 'blocked shoppers',
    file: `${R}/members/members.ts`,
    find: 'if (row.blocked) refuse(blocked)',
    replace: '',
    tests: [`${STORIES}/members.test.ts`],
  },
]
