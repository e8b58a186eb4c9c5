import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const SIGN_OFF = `${STORIES}/reconciliation-sign-off.test.ts`

export const reconciliation: readonly Guard[] = [
  {
    name: 'differences of somebody else',
    file: `${R}/reconciliation/working.ts`,
    find: 'if (!mine && before.ownerId !== call.actor.staffId) refuse(notYours)',
    replace: '',
    tests: [`${STORIES}/reconciliation-work.test.ts`],
  },
  {
    name: 'a difference taken from somebody',
    file: `${R}/reconciliation/working.ts`,
    find: 'if (before.ownerId !== null && before.ownerId !== staffId) refuse(notYours)',
    replace: '',
    tests: [`${STORIES}/reconciliation-work.test.ts`],
  },
  {
    name: 'what is open is not opened again',
    file: `${R}/reconciliation/working.ts`,
    find: 'if (!isEnded(before)) refuse(differenceOpen)',
    replace: '',
    tests: [`${STORIES}/reconciliation-work.test.ts`],
  },
  {
    name: 'days out of reach',
    file: `${R}/reconciliation/reading.ts`,
    find: 'if (!isDay(day) || !withinReach(day, now)) refuse',
    replace: 'if (!isDay(day)) refuse',
    tests: [
      `${STORIES}/reconciliation.test.ts`,
      `${STORIES}/reconciliation-work.test.ts`,
      `${STORIES}/reconciliation-bills.test.ts`,
    ],
  },
  {
    name: 'sign-off · a day with open differences is not signed off',
    file: `${R}/reconciliation/signing-off.ts`,
    find: 'if (open > 0) refuse(dayUnsettled, { open })',
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · a day that was not reconciled is not signed off',
    file: `${R}/reconciliation/signing-off.ts`,
    find: "if (before.state !== 'DONE') refuse(dayNotReconciled)",
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · once',
    file: `${R}/reconciliation/signing-off.ts`,
    find: 'if (before.signedOffAt && !before.reopenedAt) refuse(daySignedOff)',
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · a run that finds something reopens its day',
    file: `${R}/reconciliation/running.ts`,
    find: '  await reopenDays(room, tx, bySystem(room))\n',
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · a difference that is opened again reopens its day',
    file: `${R}/reconciliation/working.ts`,
    find: '    await reopenDays(room, tx, { now: room.ctx.clock.now(), by: signature(call.actor) })\n',
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · table · a signed-off day without open differences',
    file: 'db/migrations/0011_reconciliation.sql',
    find: 'create constraint trigger bill_day_settled after insert or update on bill_day',
    replace: 'create constraint trigger bill_day_settled after insert on bill_day',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · table · an open difference on a signed-off day',
    file: 'db/migrations/0011_reconciliation.sql',
    find: 'after insert or update of state, day on bill_difference',
    replace: 'after insert on bill_difference',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · table · a sign-off and a difference at once',
    file: 'db/migrations/0011_reconciliation.sql',
    find: 'day = new.day for share;',
    replace: 'day = new.day;',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · waits for what opens differences',
    file: `${R}/reconciliation/signing-off.ts`,
    find: '    await days.lockRuns(tx)\n',
    replace: '',
    tests: [SIGN_OFF],
  },
  {
    name: 'sign-off · a difference is not opened under it',
    file: `${R}/reconciliation/working.ts`,
    find: '    await lockRuns(tx)\n',
    replace: '',
    tests: [SIGN_OFF],
  },
]
