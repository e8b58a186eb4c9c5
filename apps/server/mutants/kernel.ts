import type { Guard } from './guard.ts'
import { STORIES } from './paths.ts'

const FOLLOWING = 'test/kernel/following.test.ts'

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
  {
    name: 'following · an entry that may still be overtaken by a lower one',
    file: 'src/kernel/following.ts',
    find: 'oldest >= fence ? Math.max(passed, mark) : passed',
    replace: 'Math.max(passed, mark, oldest * 0)',
    tests: [FOLLOWING],
  },
  {
    name: 'following · who writes and has a number above all that have ended',
    file: 'src/kernel/following.ts',
    find: 'pg_current_xact_id()::text::bigint as fence',
    replace: 'pg_snapshot_xmax(pg_current_snapshot())::text::bigint as fence',
    tests: [FOLLOWING],
  },
  {
    name: 'following · two at one book',
    file: 'src/kernel/following.ts',
    find: ' for update skip locked',
    replace: '',
    tests: [FOLLOWING],
  },
  {
    name: 'following · a fence of another installation',
    file: 'src/kernel/following.ts',
    find: 'passed >= cursor.mark || cursor.fence > fence',
    replace: 'passed >= cursor.mark || fence < 0',
    tests: [FOLLOWING],
  },
  {
    name: 'the end of a job that nobody awaits',
    file: 'src/kernel/jobs.ts',
    find: 'preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },',
    replace: '',
    tests: ['test/kernel/database.test.ts'],
  },
]
