import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

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
]
