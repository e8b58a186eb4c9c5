/**
 * What each role may do. A role is a row here and nowhere else; the console shows what it allows and the routes ask for it.
 * Whose account somebody with `staff.write` may change is decided in `reach.ts`.
 */
interface Role {
  /** May use the console; the others work on the shop floor only. */
  console: boolean
  /** Sees every store. The others see the stores they are assigned to. */
  everyStore: boolean
  permissions: readonly string[]
}

/** Bags are handed over and goods come back at the same counter; what is worth money is decided in the console. */
const SHOP_FLOOR = ['handovers.write', 'returns.receive'] as const

export const ROLES: Readonly<Record<string, Role>> = {
  hq: {
    console: true,
    everyStore: true,
    permissions: [
      'goods.read',
      'goods.write',
      'goods.price',
      'campaigns.read',
      'campaigns.write',
      'coupons.read',
      'coupons.write',
      'coupons.redeem',
      'points.read',
      'points.write',
      'members.read',
      'members.reveal',
      'messages.read',
      'messages.write',
      'promoters.read',
      'promoters.write',
      'rewards.read',
      'rewards.write',
      'audiences.read',
      'audiences.write',
      'drops.read',
      'drops.write',
      'commissions.read',
      'commissions.write',
      'tiers.read',
      'tiers.write',
      'members.identify',
      'cards.read',
      'cards.bind',
      'cards.import',
      'cards.undo',
      'stock.read',
      'stock.adjust',
      'arrivals.write',
      'orders.read',
      'orders.cancel',
      'orders.refund',
      'aftersales.read',
      'aftersales.decide',
      'aftersales.appeal',
      'stores.write',
      'payments.read',
      'payments.resolve',
      'counter.read',
      'counter.write',
      'value.read',
      'value.top_up',
      'value.pay_out',
      'value.terms',
      'staff.write',
      'reconciliation.read',
      'reconciliation.write',
      'tills.read',
      'tills.resolve',
      'partners.read',
      'partners.write',
      'feeds.read',
      'feeds.write',
      'audit.read',
      ...SHOP_FLOOR,
    ],
  },
  manager: {
    console: true,
    everyStore: false,
    permissions: [
      'goods.read',
      'goods.price',
      'campaigns.read',
      'coupons.read',
      'coupons.redeem',
      'points.read',
      'tiers.read',
      'members.identify',
      'cards.read',
      'cards.bind',
      'cards.undo',
      'stock.read',
      'stock.adjust',
      'arrivals.write',
      'orders.read',
      'orders.cancel',
      'orders.refund',
      'aftersales.read',
      'aftersales.decide',
      'stores.write',
      'payments.read',
      'counter.read',
      'counter.write',
      'value.read',
      'value.top_up',
      'value.pay_out',
      'feeds.read',
      'promoters.read',
      'tills.read',
      'tills.resolve',
      'staff.write',
      ...SHOP_FLOOR,
    ],
  },
  clerk: {
    console: false,
    everyStore: false,
    permissions: [
      'stock.read',
      'arrivals.write',
      'members.identify',
      'coupons.redeem',
      'cards.bind',
      'counter.write',
      'value.top_up',
      ...SHOP_FLOOR,
    ],
  },
  picker: { console: false, everyStore: false, permissions: [...SHOP_FLOOR] },
}

const NOTHING: Role = { console: false, everyStore: false, permissions: [] }

/** The role by name; a name nobody knows may do nothing. */
export const roleOf = (name: string): Role => ROLES[name] ?? NOTHING
