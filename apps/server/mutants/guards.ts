// Every guard that money, stock and privacy rest on, and the tests that must miss it. `npm run mutants` switches them off one at a time.
import { alipayBills } from './alipay-bills.ts'
import { alipayGuards } from './alipay-guards.ts'
import type { Guard } from './guard.ts'
import { aftersales } from './aftersales.ts'
import { audiences } from './audiences.ts'
import { benefits } from './benefits.ts'
import { boxes } from './boxes.ts'
import { couponClaims } from './coupon-claims.ts'
import { drops } from './drops.ts'
import { feeds } from './feeds.ts'
import { fulfilment } from './fulfilment.ts'
import { givenBack } from './given-back.ts'
import { goods } from './goods.ts'
import { insight } from './insight.ts'
import { inventory } from './inventory.ts'
import { kernel } from './kernel.ts'
import { ledgerChecks } from './ledger-checks.ts'
import { messages } from './messages.ts'
import { members } from './members.ts'
import { orders } from './orders.ts'
import { partners } from './partners.ts'
import { payments } from './payments.ts'
import { people } from './people.ts'
import { promoters } from './promoters.ts'
import { campaigns } from './campaigns.ts'
import { presales } from './presales.ts'
import { groups } from './groups.ts'
import { rallies } from './rallies.ts'
import { commissions } from './commissions.ts'
import { rewards } from './rewards.ts'
import { reconciliation } from './reconciliation.ts'
import { shares } from './shares.ts'
import { webhooks } from './webhooks.ts'
import { storedValue } from './stored-value.ts'
import { stores } from './stores.ts'
import { tables } from './tables.ts'
import { redemptions } from './redemptions.ts'
import { tills } from './tills.ts'

export const guards: readonly Guard[] = [
  ...aftersales,
  ...audiences,
  ...benefits,
  ...boxes,
  ...couponClaims,
  ...drops,
  ...feeds,
  ...fulfilment,
  ...givenBack,
  ...goods,
  ...insight,
  ...inventory,
  ...kernel,
  ...ledgerChecks,
  ...messages,
  ...members,
  ...orders,
  ...partners,
  ...payments,
  ...people,
  ...promoters,
  ...commissions,
  ...rewards,
  ...campaigns,
  ...shares,
  ...presales,
  ...groups,
  ...rallies,
  ...reconciliation,
  ...storedValue,
  ...stores,
  ...tables,
  ...webhooks,
  ...redemptions,
  ...tills,
  ...alipayBills,
  ...alipayGuards,
]
