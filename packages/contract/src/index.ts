/** The one description of the wire: clients take types from it, the server validates with it, partners read it as OpenAPI. */
import { aftersaleRoutes } from './aftersales.ts'
import { consoleAudienceRoutes } from './audiences.ts'
import { consoleDropRoutes } from './drops.ts'
import { boxRoutes } from './boxes.ts'
import { campaignRoutes } from './campaigns.ts'
import { cartRoutes } from './carts.ts'
import { catalogRoutes } from './catalog.ts'
import { consoleGroupRoutes, groupRoutes } from './groups.ts'
import { consoleAftersaleRoutes } from './console-aftersales.ts'
import { consoleWebhookRoutes } from './webhooks.ts'
import { consoleBoxRoutes } from './console-boxes.ts'
import { consoleCampaignRoutes } from './console-campaigns.ts'
import { consoleFeedRoutes } from './console-feeds.ts'
import { consoleGoodsRoutes } from './console-goods.ts'
import { consoleOrderRoutes } from './console-orders.ts'
import { consolePresaleRoutes } from './console-presales.ts'
import { consoleStockRoutes } from './console-stock.ts'
import { consoleStockDocumentRoutes } from './console-stock-documents.ts'
import { consoleStockWatchRoutes } from './console-stock-watch.ts'
import { consoleTillRoutes } from './console-tills.ts'
import { consoleWorkbenchRoutes } from './console-workbench.ts'
import { commissionRoutes } from './commissions.ts'
import { consoleCommissionRoutes } from './console-commissions.ts'
import { couponOptionRoutes } from './coupon-options.ts'
import { consoleCouponRoutes } from './console-coupons.ts'
import { couponRoutes } from './coupons.ts'
import { consoleRedemptionRoutes, staffRedemptionRoutes } from './coupon-redemptions.ts'
import { consoleCounterRoutes, staffCounterRoutes } from './counter.ts'
import { consoleTakingsRoutes } from './takings.ts'
import { consoleTierRoutes, tierRoutes } from './tiers.ts'
import { consoleFlashRoutes, flashRoutes } from './flash.ts'
import { fulfilmentRoutes, staffFulfilmentRoutes } from './fulfilment.ts'
import { consoleInviteRoutes, inviteRoutes } from './invites.ts'
import { consoleGuidanceRoutes, guidanceRoutes, staffGuidanceRoutes } from './guidance.ts'
import { consoleMessageRoutes, messageHookRoutes, messageRoutes } from './messages.ts'
import { memberCardRoutes, staffMemberRoutes } from './member-cards.ts'
import { consoleMemberRoutes, memberRoutes } from './members.ts'
import { consoleOldCardRoutes, oldCardRoutes, staffOldCardRoutes } from './old-cards.ts'
import { orderRoutes } from './orders.ts'
import { consolePartnerRoutes } from './console-partners.ts'
import { partnerRoutes } from './partner-routes.ts'
import { consolePaymentRoutes, paymentHookRoutes, paymentProviderRoutes, paymentRoutes } from './payments.ts'
import { consoleLedgerCheckRoutes } from './ledger-checks.ts'
import { consolePointsRoutes, pointsRoutes } from './points.ts'
import { priceTrialRoutes } from './price-trials.ts'
import { consolePricingRoutes, pricingRoutes } from './pricing.ts'
import { consoleRewardRoutes, rewardRoutes } from './rewards.ts'
import { restockRoutes } from './restock.ts'
import { consoleRallyRoutes, rallyRoutes } from './rallies.ts'
import { consoleReconciliationRoutes } from './reconciliation.ts'
import { consoleShareRoutes, shareRoutes } from './shares.ts'
import { consoleStaffRoutes, staffRoutes } from './staff.ts'
import { staffAftersaleRoutes } from './staff-aftersales.ts'
import { staffArrivalRoutes } from './staff-arrivals.ts'
import { storeDueRoutes } from './store-dues.ts'
import { consoleStoredValueRoutes, staffStoredValueRoutes, storedValueRoutes } from './stored-value.ts'
import { consoleStoreRoutes, storeRoutes } from './stores.ts'
import { tillShopperRoutes } from './till-shopper.ts'

export const shopperRoutes = {
  ...memberRoutes,
  ...memberCardRoutes,
  ...storeRoutes,
  ...catalogRoutes,
  ...cartRoutes,
  ...pricingRoutes,
  ...orderRoutes,
  ...paymentProviderRoutes,
  ...paymentRoutes,
  ...paymentHookRoutes,
  ...fulfilmentRoutes,
  ...restockRoutes,
  ...groupRoutes,
  ...aftersaleRoutes,
  ...campaignRoutes,
  ...rallyRoutes,
  ...boxRoutes,
  ...flashRoutes,
  ...inviteRoutes,
  ...couponRoutes,
  ...couponOptionRoutes,
  ...pointsRoutes,
  ...tierRoutes,
  ...oldCardRoutes,
  ...storedValueRoutes,
  ...messageRoutes,
  ...messageHookRoutes,
  ...guidanceRoutes,
  ...shareRoutes,
  ...rewardRoutes,
  ...commissionRoutes,
  ...tillShopperRoutes,
} as const
export const floorRoutes = {
  ...staffRoutes,
  ...staffFulfilmentRoutes,
  ...staffCounterRoutes,
  ...staffAftersaleRoutes,
  ...staffArrivalRoutes,
  ...staffStoredValueRoutes,
  ...staffGuidanceRoutes,
  ...staffMemberRoutes,
  ...staffOldCardRoutes,
  ...staffRedemptionRoutes,
} as const
export const consoleRoutes = {
  ...consoleStaffRoutes,
  ...consoleStoreRoutes,
  ...consoleGoodsRoutes,
  ...consoleStockRoutes,
  ...consolePricingRoutes,
  ...priceTrialRoutes,
  ...consoleMemberRoutes,
  ...consoleCampaignRoutes,
  ...consoleRallyRoutes,
  ...consoleBoxRoutes,
  ...consoleFlashRoutes,
  ...consoleInviteRoutes,
  ...consoleCouponRoutes,
  ...consolePointsRoutes,
  ...consoleTierRoutes,
  ...consoleOldCardRoutes,
  ...consoleLedgerCheckRoutes,
  ...consoleStockDocumentRoutes,
  ...consoleStockWatchRoutes,
  ...consoleOrderRoutes,
  ...consolePresaleRoutes,
  ...consolePaymentRoutes,
  ...consoleCounterRoutes,
  ...consoleTakingsRoutes,
  ...consoleStoredValueRoutes,
  ...consoleReconciliationRoutes,
  ...consoleGroupRoutes,
  ...consoleAftersaleRoutes,
  ...storeDueRoutes,
  ...consoleFeedRoutes,
  ...consoleWebhookRoutes,
  ...consoleWorkbenchRoutes,
  ...consolePartnerRoutes,
  ...consoleMessageRoutes,
  ...consoleGuidanceRoutes,
  ...consoleShareRoutes,
  ...consoleRewardRoutes,
  ...consoleAudienceRoutes,
  ...consoleDropRoutes,
  ...consoleCommissionRoutes,
  ...consoleTillRoutes,
  ...consoleRedemptionRoutes,
} as const
export const allRoutes = { ...shopperRoutes, ...floorRoutes, ...consoleRoutes, ...partnerRoutes } as const

export type ShopperRoutes = typeof shopperRoutes
export type FloorRoutes = typeof floorRoutes
export type ConsoleRoutes = typeof consoleRoutes
export type AllRoutes = typeof allRoutes

export type { Access, Input, Output, ProblemBody, Route, RouteKey, Routes } from './route.ts'
export { partnerRoutes, type PartnerRoutes } from './partner-routes.ts'
export { openApiOf } from './openapi.ts'
export { defineRoutes } from './route.ts'
