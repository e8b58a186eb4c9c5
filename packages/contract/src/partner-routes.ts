import { partnerFeedRoutes } from './feeds.ts'
import { partnerRoutes as ownRoutes } from './partners.ts'
import { tillRoutes } from './tills.ts'

/** What systems call that connect; each request is signed. Also published to them, in `@linli/partner-client`: nothing here leads to other routes. */
export const partnerRoutes = { ...ownRoutes, ...tillRoutes, ...partnerFeedRoutes } as const

export type PartnerRoutes = typeof partnerRoutes
