import { consoleRewardRoutes, rewardRoutes } from '@linli/contract/rewards'
import { type Http, mount } from '#kernel/http'
import type { Figures } from './figures.ts'
import type { NightlyTriggers } from './nights.ts'
import type { SigningIn } from './signing-in.ts'
import type { Tasks } from './tasks.ts'
import type { Terms } from './terms.ts'

export const mountShopper = (
  http: Http,
  { signingIn, tasks }: { signingIn: SigningIn; tasks: Tasks },
): void =>
  mount(http, rewardRoutes, {
    'GET /v1/rewards': async ({ actor: { memberId } }) => {
      const [signIn, steps] = await Promise.all([signingIn.standing(memberId), tasks.of(memberId)])
      return { signIn, tasks: steps }
    },
    'POST /v1/sign-ins': ({ actor }) => signingIn.sign(actor),
  })

export const mountConsole = (
  http: Http,
  { terms, nights, figures }: { terms: Terms; nights: NightlyTriggers; figures: Figures },
): void =>
  mount(http, consoleRewardRoutes, {
    'GET /console/v1/reward-terms': async () => ({ items: await terms.rewards() }),
    'POST /console/v1/reward-terms': (call) => terms.setRewards(call, call.body),
    'GET /console/v1/reward-figures': () => figures(),
    'GET /console/v1/trigger-terms': async () => ({ items: await terms.triggers() }),
    'POST /console/v1/trigger-terms': (call) => terms.setTrigger(call, call.body),
    'POST /console/v1/trigger-terms/previews': async ({ body }) => {
      await terms.requireTrigger({ ...body, active: true })
      return nights.preview(body)
    },
    'GET /console/v1/trigger-nights': ({ query: { kind, ...page } }) => nights.list(kind, page),
  })
