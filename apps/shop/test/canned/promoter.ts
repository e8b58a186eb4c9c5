import type { Output, ShopperRoutes } from '@linli/contract'

const LEVEL = { code: 'gold', name: '金牌推广员', rateBp: 800, upperBp: 200 }
export const PROMOTING: Output<ShopperRoutes['GET /v1/promoter']> = {
  terms: {
    active: true,
    depth: 2,
    bindMode: 'first',
    bindDays: 30,
    selfReward: false,
    holdDays: 7,
    levels: [LEVEL],
    leastFen: 100,
    dailyFen: 2_000_000,
    tax: 'labour',
  },
  application: { state: 'APPROVED', at: '2026-11-01T04:00:00.000Z', reason: null },
  me: {
    active: true,
    levelName: LEVEL.name,
    rateBp: LEVEL.rateBp,
    key: 'AbCdEfGh2345',
    since: '2026-11-01T04:00:00.000Z',
    bound: 12,
    invited: 1,
    sums: { pendingFen: 204, frozenFen: 1_530, availableFen: 8_860, withdrawingFen: 0, paidFen: 12_000 },
    identityTail: null,
    open: null,
  },
  boundTo: null,
}
export const SHARES: Output<ShopperRoutes['GET /v1/promoter/shares']> = {
  items: [
    {
      orderId: '01900000-0000-7000-8000-000000000001',
      orderTail: '4821',
      lineNo: 1,
      depth: 1,
      buyer: '刘*梅',
      placedAt: '2026-11-20T04:00:00.000Z',
      state: 'FROZEN',
      freeAt: '2026-11-28T16:00:00.000Z',
      level: 'gold',
      rateBp: 800,
      baseFen: 19_125,
      amountFen: 1_530,
      leftFen: 1_530,
    },
  ],
  total: 1,
}
