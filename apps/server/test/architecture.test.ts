// The law of the house (docs/map.md draws it). Every rule is shown to fail on a planted trespass at the end of this file.
import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { lawsOf, sources } from './laws.ts'

/** Who may call whom. Drawn once; must stay free of cycles. `orders` alone orchestrates many. */
const MAY_CALL: Record<string, readonly string[]> = {
  stores: ['staff'],
  staff: [],
  members: ['staff'],
  messages: ['staff', 'members'],
  inventory: ['stores', 'staff', 'messages'],
  catalog: ['stores', 'staff', 'inventory'],
  ledgers: ['stores', 'staff', 'members', 'catalog'],
  tiers: ['staff', 'members', 'catalog', 'ledgers'],
  cards: ['staff', 'members', 'ledgers', 'tiers'],
  campaigns: ['stores', 'staff', 'catalog', 'inventory', 'coupons', 'tiers', 'messages', 'shares'],
  rallies: ['stores', 'staff', 'members', 'messages', 'catalog', 'coupons', 'campaigns', 'shares'],
  pricing: ['stores', 'staff', 'catalog', 'coupons', 'ledgers', 'tiers', 'campaigns'],
  coupons: ['stores', 'staff', 'members', 'catalog', 'ledgers', 'messages'],
  carts: ['stores', 'catalog', 'pricing'],
  payments: ['staff', 'members'],
  fulfilment: ['stores', 'staff'],
  reconciliation: ['payments', 'staff'],
  orders: [
    'stores',
    'staff',
    'members',
    'catalog',
    'inventory',
    'campaigns',
    'rallies',
    'coupons',
    'ledgers',
    'tiers',
    'pricing',
    'payments',
    'fulfilment',
    'messages',
  ],
  boxes: ['stores', 'staff', 'members', 'messages', 'catalog', 'campaigns', 'orders'],
  aftersales: ['stores', 'staff', 'members', 'catalog', 'inventory', 'orders', 'messages'],
  partners: ['stores', 'staff'],
  feeds: ['stores', 'staff', 'catalog', 'inventory', 'orders'],
  webhooks: ['stores', 'staff'],
  commissions: ['staff', 'members', 'payments', 'messages', 'shares'],
  promoters: ['stores', 'staff', 'members', 'commissions'],
  shares: ['stores', 'staff', 'members', 'catalog'],
  rewards: ['staff', 'members', 'messages', 'ledgers', 'coupons'],
  tills: ['stores', 'staff', 'members', 'catalog', 'inventory', 'coupons', 'ledgers', 'tiers', 'pricing'],
  drops: ['staff', 'audiences', 'coupons', 'messages'],
  insight: [],
  audiences: ['stores', 'staff', 'members', 'catalog', 'insight'],
}

/** Which room writes which table. */
const OWNS: Record<string, readonly string[]> = {
  stores: ['chain', 'store', 'store_feature'],
  staff: ['staff', 'staff_store', 'staff_login_guard', 'staff_session', 'audit_event'],
  messages: [
    'message',
    'message_push',
    'message_template',
    'message_consent',
    'subscription',
    'subscription_posting',
    'message_cursor',
  ],
  rallies: ['rally', 'rally_help', 'rally_event', 'invite', 'invited'],
  boxes: ['box', 'box_place', 'box_week', 'box_event'],
  audiences: [
    'tag',
    'member_tag',
    'audience',
    'audience_version',
    'audience_snapshot',
    'audience_member',
    'rfm_run',
    'rfm_cell',
    'rfm_score',
  ],
  drops: ['drop_plan', 'drop_round', 'drop_member'],
  insight: ['purchase', 'purchase_line', 'sales_day', 'sales_sku_day', 'member_day', 'insight_cursor'],
  campaigns: [
    'campaign',
    'campaign_item',
    'campaign_stock',
    'campaign_take',
    'campaign_claim',
    'campaign_first',
    'campaign_event',
    'buy_group',
    'group_seat',
    'group_event',
    'campaign_reservation',
    'campaign_visit',
    'campaign_minute',
  ],
  commissions: [
    'commission_terms',
    'commission_account',
    'promoter',
    'promoter_application',
    'promoter_standing',
    'promoter_binding',
    'commission_order',
    'commission_line',
    'commission_posting',
    'commission_identity',
    'commission_withdrawal',
    'commission_cursor',
    'commission_check',
  ],
  promoters: ['guide_code', 'guide_terms', 'guide_device', 'guidance', 'guide_reward'],
  shares: ['share_terms', 'share', 'share_open', 'share_order', 'share_cursor', 'share_picture'],
  rewards: [
    'reward_terms',
    'sign_in',
    'reward_task',
    'member_visit',
    'reward_cursor',
    'trigger_terms',
    'trigger_night',
    'present',
  ],
  members: [
    'member',
    'member_birthday',
    'member_identity',
    'member_session',
    'address',
    'provider_token',
    'chain_key',
  ],
  inventory: [
    'stock_level',
    'stock_ledger',
    'stock_document',
    'stock_document_line',
    'stock_document_event',
    'stock_lot',
    'stock_lot_cursor',
    'stock_check',
    'safety_rule',
    'restock_notice',
    'stock_doubt',
  ],
  catalog: [
    'category',
    'picture',
    'picture_file',
    'product',
    'product_picture',
    'sku',
    'bundle_component',
    'listing',
    'price_change',
    'banner',
    'favourite',
    'search_count',
  ],
  coupons: [
    'coupon_template',
    'member_coupon',
    'coupon_event',
    'coupon_code_batch',
    'coupon_code',
    'coupon_guess',
    'coupon_alarm',
    'coupon_welcome',
    'coupon_due',
    'coupon_told',
    'coupon_due_cursor',
  ],
  ledgers: [
    'points_terms',
    'points_account',
    'point_lot',
    'point_spend',
    'point_grant',
    'point_posting',
    'value_terms',
    'value_holder',
    'value_account',
    'value_posting',
    'ledger_check',
  ],
  tiers: [
    'tier_terms',
    'growth_account',
    'growth_purchase',
    'growth_posting',
    'tier_change',
    'growth_cursor',
    'growth_check',
  ],
  cards: ['plastic_card', 'card_binding'],
  pricing: ['price_rule'],
  carts: ['cart_line'],
  payments: [
    'payment_attempt',
    'payment_notice',
    'refund',
    'refund_line',
    'payment_alarm',
    'payment_alarm_event',
    'wechat_report',
  ],
  reconciliation: ['bill_day', 'bill_line', 'bill_difference', 'bill_difference_event'],
  fulfilment: ['pickup', 'pickup_slot'],
  orders: [
    'orders',
    'order_line',
    'order_line_component',
    'line_discount',
    'order_event',
    'order_tally',
    'order_tally_news',
    'order_presale',
    'presale_arrival',
    'presale_reminder',
  ],
  aftersales: ['aftersale', 'aftersale_line', 'aftersale_event', 'aftersale_photo', 'store_due'],
  tills: ['till_sale', 'till_line', 'till_discount', 'till_event', 'till_conflict', 'till_conflict_event'],
  partners: ['partner', 'partner_key', 'partner_nonce', 'partner_minute', 'partner_call'],
  feeds: [
    'feed_source',
    'feed_store',
    'feed_goods',
    'feed_category',
    'feed_run',
    'feed_event',
    'feed_gap',
    'feed_row',
    'feed_fault',
    'feed_level',
    'feed_word',
  ],
  webhooks: ['webhook_endpoint', 'webhook_cursor', 'webhook_message', 'webhook_try'],
}

/**
 * Which tables of others a room reads along, for lists that a database sorts and pages. Everything else it asks at the other's door. A dot: a table of
 * the job queue.
 */
const READS_ALONG: Record<string, readonly string[]> = {
  // What a campaign sold stands beside what the same goods sold before it; who has bought before is no new member. Seats of a group are people.
  campaigns: ['orders', 'order_line', 'line_discount', 'member'],
  // A key that an account of the demo made is none in production.
  partners: ['staff'],
  // What of an order is whose is judged by its events and lines, and waits while somebody asks for money back; accounts of staff have names.
  commissions: ['orders', 'order_line', 'order_event', 'aftersale', 'staff'],
  // Who was brought is judged by when they joined and what they paid for and kept; guides have names.
  promoters: ['orders', 'member', 'staff'],
  // Orders are put down to shares as their events tell, and say what was paid and went back; who was no member yet came by what they had opened.
  shares: ['order_event', 'orders', 'member'],
  // The console's stock list shows, filters and sorts by what the goods are; the ledger names the order.
  inventory: ['listing', 'sku', 'product', 'product_picture', 'orders'],
  // An alarm, and money given back at a counter, are shown with the order's number, to those who may see its store, and with who looked after it.
  // What was bought is described to WeChat. The money of a counter's day is all that its people took, stored value too.
  payments: ['orders', 'order_line', 'staff', 'value_posting'],
  // Bills are compared with our books in one statement, a million rows at a time; differences name the order and who works on them.
  reconciliation: ['payment_attempt', 'refund', 'commission_withdrawal', 'orders', 'staff'],
  // Requests are listed, found and followed together with their order, its lines and what became of their refund; who answers has a name.
  aftersales: ['orders', 'order_line', 'order_line_component', 'refund', 'refund_line', 'staff'],
  // A coupon for a first order asks whether its holder has one already; an order that was collected brings one. What used coupons took off stands with the
  // lines of their orders and receipts.
  coupons: [
    'orders',
    'order_event',
    'order_line',
    'line_discount',
    'till_sale',
    'till_line',
    'till_discount',
  ],
  // First steps and times away are judged by what was bought and collected, whose birthday it is, and what members agreed to and were told.
  rewards: ['orders', 'till_sale', 'member', 'member_birthday', 'message_consent', 'message', 'message_push'],
  // Head office lists members with their tier, growth and points.
  cards: ['member', 'growth_account', 'points_account'],
  // What a code of theirs means is shown with the goods it means; a barcode may be one.
  feeds: ['sku', 'product'],
  // Partners are told what the append-only books say, with the numbers that they know it by.
  webhooks: ['order_event', 'orders', 'order_line', 'stock_ledger', 'sku'],
  // A conflict is shown with the system whose till it was, and with who looks after it.
  tills: ['partner', 'staff'],
  // A box ends with its campaign; what became of a week is what became of its order.
  boxes: ['campaign', 'orders', 'order_line'],
  // A rule is one statement over whatever it asks about: who bought what, the tier they have, coupons they hold and used, what they were told and agreed to.
  audiences: [
    'purchase',
    'purchase_line',
    'member_day',
    'member',
    'growth_account',
    'member_coupon',
    'coupon_event',
    'message',
    'message_consent',
    'sku',
    'product',
  ],
  // Who may be sent something, and what they bought since.
  drops: ['member', 'message', 'message_consent', 'purchase'],
  // What was bought is read where it is sold.
  insight: ['orders', 'order_line', 'order_event', 'till_sale', 'till_line', 'till_event'],
  // A rally ends with its campaign and gives what that promises; how many helpers are new is told by when they joined; what a friend bought counts for
  // who brought them.
  rallies: ['campaign', 'member', 'orders'],
  // The console finds orders by the shopper's name or phone tail; goods that are yet to come stand with the name of their presale.
  orders: ['member', 'campaign'],
}

const RULES = lawsOf({ mayCall: MAY_CALL, owns: OWNS, readsAlong: READS_ALONG })
const real = sources(path.join(import.meta.dirname, '../src'))
test('there is something to check', () => assert.ok(real.length > 20, `${real.length} files`))
for (const [name, rule] of Object.entries(RULES))
  test(`law · ${name}`, () => assert.deepEqual(rule(real), []))

const PLANTED: readonly [rule: string, file: string, text: string][] = [
  ['roomEdges', 'rooms/stores/x.ts', "import { createOrders } from '#room/orders'"],
  ['roomEdges', 'rooms/stores/x.ts', "import type { Order } from '../orders/index.ts'"],
  ['roomEdges', 'rooms/stores/x.ts', "const orders = await import('#room/orders')"],
  ['everyRoomIsDrawn', 'rooms/attic/index.ts', 'export {}'],
  ['kernelStandsAlone', 'kernel/x.ts', "import { createStores } from '#room/stores'"],
  ['onlyTheDoor', 'app.ts', "import { lockLevels } from './rooms/inventory/levels.sql.ts'"],
  ['ownTablesOnly', 'rooms/carts/x.sql.ts', "db.updateTable('stock_level').set({ on_hand: 1 })"],
  ['ownTablesOnly', 'rooms/carts/x.sql.ts', 'const text = `insert into orders (id) values ($1)`'],
  ['readsAreDrawn', 'rooms/carts/x.sql.ts', "db.selectFrom('orders as o').select('o.id')"],
  [
    'readsAreDrawn',
    'rooms/carts/x.sql.ts',
    "db.selectFrom('cart_line').innerJoin('sku', 'sku.id', 'sku_id')",
  ],
  ['readsAreDrawn', 'rooms/carts/x.sql.ts', 'sql`select 1 from cart_line c, stock_level s where true`'],
  ['readsAreDrawn', 'rooms/carts/x.sql.ts', 'sql`select 1 where exists (select from member m where true)`'],
  ['readsAreDrawn', 'rooms/carts/x.sql.ts', 'sql`select id from graphile_worker.jobs`'],
  [
    'sqlInItsPlace',
    'rooms/carts/carts.ts',
    "const rows = await db.selectFrom('cart_line').selectAll().execute()",
  ],
  ['sqlInItsPlace', 'rooms/carts/carts.ts', 'await sql`select 1`.execute(db)'],
  ['sqlInItsPlace', 'rooms/carts/carts.ts', "await client.query('select id from cart_line where true')"],
  ['clockInItsPlace', 'rooms/carts/carts.ts', 'const at = new Date()'],
  ['clockInItsPlace', 'kernel/http.ts', 'const at = Date.now()'],
  ['environmentInItsPlace', 'rooms/carts/carts.ts', 'const port = process.env.PORT'],
]
for (const [rule, file, text] of PLANTED) {
  test(`the rule can fail · ${rule} · ${text.slice(0, 50)}`, () => {
    assert.equal(RULES[rule]?.([{ file, text }]).length, 1)
  })
}
test('the rule can fail · noCycles', () => {
  const edges = MAY_CALL as Record<string, string[]>
  const before = edges['staff'] ?? []
  edges['staff'] = ['orders']
  assert.ok(RULES['noCycles']?.([]).length)
  edges['staff'] = before
})
