import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

const STORY = `${STORIES}/webhooks.test.ts`

export const webhooks: readonly Guard[] = [
  {
    name: 'webhooks to addresses inside',
    file: `${R}/webhooks/address.ts`,
    find: "return isInside(host) ? 'address_inside' : undefined",
    replace: 'return undefined',
    tests: [`${R}/webhooks/address.test.ts`],
  },
  {
    name: 'a redirect is no receipt',
    file: `${R}/webhooks/schedule.ts`,
    find: 'status >= 200 && status < 300',
    replace: 'status >= 200 && status < 400',
    tests: [STORY],
  },
  {
    name: 'a secret that is over signs nothing',
    file: `${R}/webhooks/secrets.ts`,
    find: 'beforeUntil > clock.now()',
    replace: 'beforeUntil.getTime() > 0',
    tests: [STORY],
  },
  {
    name: 'webhooks of stores that an endpoint does not hear of',
    file: `${R}/webhooks/filling.ts`,
    find: 'at >= createdAt && (storeIds === null || storeIds.includes(storeId))',
    replace: 'at >= createdAt && storeId.length > 0',
    tests: [STORY],
  },
]
