import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const stores: readonly Guard[] = [
  {
    name: 'profit sharing is head office’s',
    file: `${R}/stores/stores.ts`,
    find: "      if (feature === 'profit_sharing' && call.actor.storeIds !== null) refuse(notAllowed)\n",
    replace: '',
    tests: [`${STORIES}/refund-queue.test.ts`],
  },
]
