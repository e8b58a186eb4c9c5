import type { Guard } from './guard.ts'
import { STORIES } from './paths.ts'

export const kernel: readonly Guard[] = [
  {
    name: 'length of the queue of the desk',
    file: 'src/kernel/desk.ts',
    find: 'if (queue.length >= maxQueue)',
    replace: 'if (queue.length < 0)',
    tests: [`${STORIES}/orders.test.ts`],
  },
  {
    name: 'stores of staff',
    file: 'src/kernel/actor.ts',
    find: 'actor.storeIds === null || actor.storeIds.includes(storeId)',
    replace: 'actor.storeIds === null || storeId.length > 0',
    tests: [`${STORIES}/console-orders.test.ts`, `${STORIES}/stock.test.ts`],
  },
  {
    name: 'permission of a route',
    file: 'src/kernel/http.ts',
    find: 'if (route.permission && !',
    replace: 'if (route.permission === undefined && !',
    tests: [`${STORIES}/staff.test.ts`, `${STORIES}/console-orders.test.ts`],
  },
  {
    name: 'signature of a session',
    file: 'src/kernel/tokens.ts',
    find: 'if (!secrets.signatureFits(PURPOSE, text, token.slice(cut + 1))) return null',
    replace: '',
    tests: ['src/kernel/tokens.test.ts'],
  },
  {
    name: 'end of a session',
    file: 'src/kernel/tokens.ts',
    find: 'expiresAt <= clock.now() || ended.has(sessionId)',
    replace: 'expiresAt <= clock.now()',
    tests: ['src/kernel/tokens.test.ts'],
  },
]
