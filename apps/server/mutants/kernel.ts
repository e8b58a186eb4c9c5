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
]
