import type { Ctx } from '#kernel/ctx'
import { createHttp, type Http } from '#kernel/http'
import type { JobTable, Sweep } from '#kernel/jobs'
import { mountOps } from '#kernel/ops'
import { mountScreens } from '#kernel/screens'
import { createAftersales } from '#room/aftersales'
import { createAudienceRoom } from '#room/audiences'
import { createBoxes } from '#room/boxes'
import { createCampaigns } from '#room/campaigns'
import { createCards } from '#room/cards'
import { createCarts } from '#room/carts'
import { createCatalog } from '#room/catalog'
import { createCommissions } from '#room/commissions'
import { createCoupons } from '#room/coupons'
import { createDrops } from '#room/drops'
import { createFeeds } from '#room/feeds'
import { createFulfilment } from '#room/fulfilment'
import { createInsight } from '#room/insight'
import { createInventory } from '#room/inventory'
import { createLedgers } from '#room/ledgers'
import { createMembers } from '#room/members'
import { createMessages } from '#room/messages'
import { createOrders } from '#room/orders'
import { createPartners } from '#room/partners'
import { createPayments } from '#room/payments'
import { createPromoters } from '#room/promoters'
import { createPricing } from '#room/pricing'
import { createRallies } from '#room/rallies'
import { createReconciliation } from '#room/reconciliation'
import { createRewards } from '#room/rewards'
import { createShares } from '#room/shares'
import { createStaff } from '#room/staff'
import { createStores } from '#room/stores'
import { createWebhooks } from '#room/webhooks'
import { createTiers } from '#room/tiers'
import { createTills } from '#room/tills'

export interface Linli {
  http: Http
  jobs: JobTable
  sweeps: readonly Sweep[]
  /** Answers what has begun, takes nothing new. */
  close(): Promise<void>
}

/** Builds the rooms in the order of their edges and mounts their routes. No logic here. */
export async function buildApp(ctx: Ctx): Promise<Linli> {
  const staff = await createStaff(ctx)
  const stores = await createStores(ctx, { staff })
  const members = await createMembers(ctx, { staff })
  const messages = createMessages(ctx, { staff, members })
  const inventory = await createInventory(ctx, { staff, stores, messages })
  const catalog = await createCatalog(ctx, { stores, staff, inventory })
  const ledgers = await createLedgers(ctx, { stores, staff, members, catalog })
  const coupons = createCoupons(ctx, { stores, staff, members, catalog, ledgers, messages })
  const tiers = await createTiers(ctx, { staff, members, catalog, ledgers })
  const shares = createShares(ctx, { stores, staff, members, catalog })
  const cards = createCards(ctx, { staff, members, ledgers, tiers })
  const campaigns = await createCampaigns(ctx, {
    stores,
    staff,
    catalog,
    inventory,
    coupons,
    tiers,
    messages,
    shares,
  })
  const rallies = createRallies(ctx, {
    stores,
    staff,
    members,
    messages,
    catalog,
    coupons,
    campaigns,
    shares,
  })
  const pricing = await createPricing(ctx, { stores, staff, catalog, coupons, ledgers, tiers, campaigns })
  const carts = createCarts(ctx, { stores, catalog, pricing })
  const payments = createPayments(ctx, { members, staff })
  const reconciliation = createReconciliation(ctx, { payments, staff })
  const fulfilment = createFulfilment(ctx, { stores })
  const orders = createOrders(ctx, {
    stores,
    staff,
    members,
    catalog,
    inventory,
    campaigns,
    rallies,
    coupons,
    ledgers,
    tiers,
    pricing,
    payments,
    fulfilment,
    messages,
  })

  const boxes = createBoxes(ctx, { stores, staff, members, messages, catalog, campaigns, orders })

  for (const errands of [inventory.errands, ...ledgers.errands]) orders.onWorkbench(errands)

  const aftersales = createAftersales(ctx, {
    stores,
    staff,
    members,
    catalog,
    inventory,
    orders,
    messages,
  })

  const partners = createPartners(ctx, { staff, stores })
  const webhooks = createWebhooks(ctx, { staff, stores })
  const feeds = createFeeds(ctx, { stores, staff, catalog, inventory, orders })

  const commissions = await createCommissions(ctx, { staff, members, payments, messages, shares })
  orders.onWorkbench(commissions.errands)
  const promoters = createPromoters(ctx, { stores, staff, members, commissions })
  const rewards = createRewards(ctx, { staff, members, messages, ledgers, coupons })
  const tills = createTills(ctx, {
    stores,
    staff,
    catalog,
    inventory,
    coupons,
    ledgers,
    tiers,
    members,
    pricing,
  })

  const insight = createInsight(ctx)
  const audiences = createAudienceRoom(ctx, { staff, members })
  const drops = createDrops(ctx, { staff, audiences, coupons, messages })

  let stopping = false
  const http = createHttp({
    log: ctx.log,
    metrics: ctx.metrics,
    authenticate: (bearer, access) =>
      access === 'member' ? members.authenticate(bearer) : staff.authenticate(bearer, access),
    partners: partners.door,
  })
  const rooms = [
    staff,
    stores,
    members,
    messages,
    inventory,
    catalog,
    coupons,
    ledgers,
    tiers,
    cards,
    campaigns,
    rallies,
    pricing,
    carts,
    payments,
    fulfilment,
    orders,
    boxes,
    reconciliation,
    aftersales,
    commissions,
    promoters,
    shares,
    rewards,
    partners,
    feeds,
    webhooks,
    tills,
    audiences,
    drops,
  ]
  for (const room of rooms) room.routes(http)
  await mountOps(http, ctx, () => stopping)
  await mountScreens(http, ctx)
  return {
    http,
    jobs: payments.jobs,
    sweeps: [
      staff,
      members,
      messages,
      inventory,
      catalog,
      coupons,
      ledgers,
      tiers,
      cards,
      campaigns,
      rallies,
      payments,
      fulfilment,
      orders,
      boxes,
      reconciliation,
      aftersales,
      commissions,
      promoters,
      shares,
      rewards,
      partners,
      feeds,
      webhooks,
      tills,
      insight,
      audiences,
      drops,
    ].flatMap((room) => room.sweeps),
    async close() {
      stopping = true
      await http.app.close()
      await partners.close()
    },
  }
}
