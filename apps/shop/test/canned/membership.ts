import type { Output, ShopperRoutes } from '@linli/contract'
import { idOf } from './goods.ts'

export const memberCode = (now: number): Output<ShopperRoutes['GET /v1/me/card']> => ({
  digits: '8613000207419956',
  code: '419956',
  qr: `LM1.canned.${'A'.repeat(27)}.${'B'.repeat(86)}`,
  validUntil: new Date(now + 30_000).toISOString(),
  now: new Date(now).toISOString(),
  phoneTail: '0318',
})
const rung = (code: string, name: string, atGrowth: number, benefits: string[]) => ({
  code,
  name,
  atGrowth,
  benefits,
})
export const STANDING: NonNullable<Output<ShopperRoutes['GET /v1/me/membership']>['standing']> = {
  code: 'gold',
  growth: 614,
  periodUntil: '2027-11-30',
  next: { code: 'red', missing: 386, missingFen: 38_600 },
  keeps: 'gold',
  waiting: { purchases: 1, from: null },
  growthPerYuan: 1,
  periodMonths: 12,
  rungs: [
    rung('green', '青柿', 0, ['消费得积分']),
    rung('gold', '金柿', 500, ['会员价 9.8 折', '积分 1.2 倍']),
    rung('red', '红柿', 1000, ['会员价 9.5 折', '积分 1.5 倍']),
  ],
}
export const GROWTH: Output<ShopperRoutes['GET /v1/me/growth-postings']> = {
  items: [
    { id: '2', reason: 'claw', growth: -20, purchaseId: idOf(1), at: '2026-11-20T03:00:00.000Z' },
    { id: '1', reason: 'earn', growth: 634, purchaseId: idOf(1), at: '2026-11-12T03:00:00.000Z' },
  ],
  nextCursor: null,
}
