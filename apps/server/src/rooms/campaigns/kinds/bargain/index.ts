import type { CampaignTermsOf, Kind } from '#room/campaigns'
import { bargainFaults } from './soundness.ts'
import { bargainRules } from './words.ts'

const WHOLE_BP = 10_000

/** Bargain (domain handbook §2.4): a price that falls by a published table with each friend who helps; sold at the floor, to who reached it. */
export const bargain: Kind<CampaignTermsOf<'bargain'>> = {
  fromShelf: true,
  label: '砍价底价',
  faults: bargainFaults,
  releasedBp: ({ startsAt }, at) => (at >= startsAt ? WHOLE_BP : 0),
  moved: (terms) => terms,
  rules: ({ terms }) => bargainRules(terms),
}
