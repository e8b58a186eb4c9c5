import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const fulfilment: readonly Guard[] = [
  {
    name: 'store of a hand-over',
    file: `${R}/fulfilment/pickups.ts`,
    find: '  if (!here)\n',
    replace: '  if (!here && found.storeId === reading.storeId)\n',
    tests: [`${STORIES}/handover.test.ts`],
  },
  {
    name: 'age of a QR code',
    file: `${R}/fulfilment/codes.ts`,
    find: "return window >= now - 1 ? 'fits' : 'expired'",
    replace: "return 'fits'",
    tests: [`${R}/fulfilment/codes.test.ts`],
  },
  {
    name: 'signature of a QR code',
    file: `${R}/fulfilment/codes.ts`,
    find: 'given.length !== right.length || !timingSafeEqual(given, right) || window > now',
    replace: 'window > now',
    tests: [`${R}/fulfilment/codes.test.ts`],
  },
  {
    name: 'lock after guessed codes',
    file: 'src/kernel/guesses.ts',
    find: 'if (count < WRONG_AT_MOST) return id',
    replace: 'if (count >= 0) return id',
    tests: [`${STORIES}/handover.test.ts`],
  },
]
