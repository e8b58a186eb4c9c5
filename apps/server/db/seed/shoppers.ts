import { demoShoppers } from '../../../sandbox/src/shoppers.ts'
import { seedId } from './ids.ts'

export type SeedMember = {
  readonly id: string
  readonly nickname: string
  readonly openid: string
  readonly joinedAt: string
  /** The number that is bound already; those who have none bind one on a page, as everybody does. */
  readonly phone: string | null
}

const FIRST_JOINED = Date.UTC(2026, 7, 24, 1, 0)
const WITHOUT_PHONE = 20
const DAYS_BETWEEN = 37 / 24

/**
 * The fifty shoppers of the sandbox as members, known by the openid the sandbox gives them: their first login finds
 * them instead of making them again. The first twenty, whom the demo signs in as, have bound no phone yet.
 */
export const MEMBERS: readonly SeedMember[] = demoShoppers().map(
  ({ name, nickname, openid, phone }, index) => ({
    id: seedId(`member ${name}`),
    nickname,
    openid,
    phone: index < WITHOUT_PHONE ? null : phone,
    joinedAt: new Date(FIRST_JOINED + index * DAYS_BETWEEN * 86_400_000).toISOString(),
  }),
)
