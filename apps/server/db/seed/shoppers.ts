import { demoShoppers } from '../../../sandbox/src/shoppers.ts'
import { seedId } from './ids.ts'

export type SeedMember = {
  readonly id: string
  readonly nickname: string
  readonly openid: string
  readonly joinedAt: string
}

const FIRST_JOINED = Date.UTC(2026, 7, 24, 1, 0)
const DAYS_BETWEEN = 37 / 24

/**
 * The fifty shoppers of the sandbox as members, known by the openid the sandbox gives them: their first login finds
 * them instead of making them again. No phone: a shopper binds one on a page, as everybody does.
 */
export const MEMBERS: readonly SeedMember[] = demoShoppers().map(({ name, nickname, openid }, index) => ({
  id: seedId(`member ${name}`),
  nickname,
  openid,
  joinedAt: new Date(FIRST_JOINED + index * DAYS_BETWEEN * 86_400_000).toISOString(),
}))
