// The law of the house (docs/map.md draws it). Every rule is shown to fail on a planted trespass at the end of this file.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const SRC = path.join(import.meta.dirname, '../src')

/** Who may call whom. Drawn once; must stay free of cycles. `orders` alone orchestrates many. */
const MAY_CALL: Record<string, readonly string[]> = {
  stores: ['staff'],
  staff: [],
  members: ['staff'],
  inventory: ['stores', 'staff'],
  catalog: ['stores', 'staff', 'inventory'],
  coupons: ['stores', 'staff', 'members', 'catalog'],
  ledgers: ['stores', 'staff', 'members', 'catalog'],
  pricing: ['stores', 'staff', 'catalog', 'coupons', 'ledgers'],
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
    'coupons',
    'ledgers',
    'pricing',
    'payments',
    'fulfilment',
  ],
  aftersales: ['stores', 'staff', 'members', 'catalog', 'inventory', 'orders'],
}

/** Which room writes which table. */
const OWNS: Record<string, readonly string[]> = {
  stores: ['chain', 'store', 'store_feature'],
  staff: ['staff', 'staff_store', 'staff_login_guard', 'staff_session', 'audit_event'],
  members: ['member', 'member_identity', 'member_session', 'address', 'provider_token'],
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
  coupons: ['coupon_template', 'member_coupon', 'coupon_event'],
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
  ],
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
  fulfilment: ['pickup', 'pickup_slot', 'handover_try'],
  orders: [
    'orders',
    'order_line',
    'order_line_component',
    'line_discount',
    'order_event',
    'order_tally',
    'order_tally_news',
  ],
  aftersales: ['aftersale', 'aftersale_line', 'aftersale_event', 'aftersale_photo', 'store_due'],
}

/**
 * Which tables of others a room reads along, for lists that a database sorts and pages. Everything else it asks at the other's door. A dot: a table of
 * the job queue.
 */
const READS_ALONG: Record<string, readonly string[]> = {
  // The console's stock list shows, filters and sorts by what the goods are; the ledger names the order.
  inventory: ['listing', 'sku', 'product', 'product_picture', 'orders'],
  // An alarm, and money given back at a counter, are shown with the order's number, to those who may see its store, and with who looked after it.
  // What was bought is described to WeChat. The money of a counter's day is all that its people took, stored value too.
  payments: ['orders', 'order_line', 'staff', 'value_posting'],
  // Bills are compared with our books in one statement, a million rows at a time; differences name the order and who works on them.
  reconciliation: ['payment_attempt', 'refund', 'orders', 'staff'],
  // Requests are listed, found and followed together with their order, its lines and what became of their refund; who answers has a name.
  aftersales: ['orders', 'order_line', 'order_line_component', 'refund', 'refund_line', 'staff'],
  // A coupon for a first order asks whether its holder has one already.
  coupons: ['orders'],
  // The console finds orders by the shopper's name or phone tail.
  orders: ['member'],
}

interface Source {
  /** Path below src, with forward slashes. */
  file: string
  text: string
}

const isTest = (file: string) => file.endsWith('.test.ts')
const roomOf = (file: string) => /^rooms\/([^/]+)\//.exec(file)?.[1]

function sources(folder = SRC, below = ''): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(below, entry.name)
    if (entry.isDirectory()) return sources(path.join(folder, entry.name), file)
    return entry.name.endsWith('.ts')
      ? [{ file, text: readFileSync(path.join(folder, entry.name), 'utf8') }]
      : []
  })
}

/** Comments and doc texts may speak of anything. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
const specifiers = (text: string) =>
  [...code(text).matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '')

type Rule = (all: readonly Source[]) => string[]

const roomEdges: Rule = (all) =>
  all.flatMap(({ file, text }) => {
    const room = roomOf(file)
    if (!room || isTest(file)) return []
    return specifiers(text).flatMap((target) => {
      if (target.startsWith('../')) return [`${file}: rooms are flat, yet it imports ${target}`]
      const other = /^#room\/(.+)$/.exec(target)?.[1]
      if (other === undefined || other === room) return []
      return MAY_CALL[room]?.includes(other) ? [] : [`${file}: ${room} may not call ${other}`]
    })
  })

const everyRoomIsDrawn: Rule = (all) => {
  const rooms = new Set(all.map(({ file }) => roomOf(file)).filter((room) => room !== undefined))
  return [...rooms]
    .filter((room) => !(room in MAY_CALL) || !(room in OWNS))
    .map((room) => `${room}: not drawn`)
}

const noCycles: Rule = () => {
  const breaches: string[] = []
  const visit = (room: string, trail: readonly string[]): void => {
    if (trail.includes(room)) breaches.push(`cycle: ${[...trail, room].join(' → ')}`)
    else for (const next of MAY_CALL[room] ?? []) visit(next, [...trail, room])
  }
  for (const room of Object.keys(MAY_CALL)) visit(room, [])
  return breaches
}

const kernelStandsAlone: Rule = (all) =>
  all
    .filter(({ file }) => file.startsWith('kernel/') || file.startsWith('postgres/'))
    .flatMap(({ file, text }) =>
      specifiers(text)
        .filter((target) => target.startsWith('#room/') || target.includes('/rooms/'))
        .map((target) => `${file}: imports ${target}`),
    )

const onlyTheDoor: Rule = (all) =>
  all
    .filter(({ file }) => !roomOf(file))
    .flatMap(({ file, text }) =>
      specifiers(text)
        .filter((target) => /rooms\/[^/]+\/(?!index\.ts)/.test(target))
        .map((target) => `${file}: goes past the door: ${target}`),
    )

const WRITES =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?"?([a-z_]+)"?/gi
const KYSELY_WRITES = /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"]([a-z_]+)/g
const ALL_TABLES = new Set(Object.values(OWNS).flat())

const ownTablesOnly: Rule = (all) =>
  all.flatMap(({ file, text }) => {
    const room = roomOf(file)
    if (!room || isTest(file)) return []
    const written = [...code(text).matchAll(WRITES), ...code(text).matchAll(KYSELY_WRITES)].map(
      (match) => match[1] ?? '',
    )
    return written
      .filter((table) => ALL_TABLES.has(table) && !OWNS[room]?.includes(table))
      .map((table) => `${file}: ${room} writes ${table}`)
  })

// A name after `from` or `join`, and the one behind a comma after it.
const READS =
  /\b(?:from|join)\s+(?:only\s+)?"?([a-z_]+(?:\.[a-z_]+)?)"?(?:(?:\s+as)?\s+[a-z]\w*)?(?:\s*,\s*"?([a-z_]+(?:\.[a-z_]+)?))?/gi
const KYSELY_READS = /\.(?:selectFrom|using|\w+Join)\(\s*['"]([a-z_.]+)/g
/** Tables that belong to a room or to the job queue. */
const isTable = (name: string) => ALL_TABLES.has(name) || name.startsWith('graphile_worker.')

const readsAreDrawn: Rule = (all) =>
  all.flatMap(({ file, text }) => {
    const room = roomOf(file)
    if (!room || !file.endsWith('.sql.ts')) return []
    const read = [...code(text).matchAll(READS), ...code(text).matchAll(KYSELY_READS)].flatMap(
      ([, first = '', second = '']) => [first, second],
    )
    return [...new Set(read)]
      .filter((table) => isTable(table) && !OWNS[room]?.includes(table))
      .filter((table) => !READS_ALONG[room]?.includes(table))
      .map((table) => `${file}: ${room} reads ${table}`)
  })
const SQL_SIGNS =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(?:<[^`]*>)?`|['"`]\s*(?:select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|with\s+\w+\s+as)\s/i
const sqlInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => roomOf(file) && !file.endsWith('.sql.ts') && !isTest(file))
    .filter(({ text }) => SQL_SIGNS.test(code(text)))
    .map(({ file }) => `${file}: SQL outside *.sql.ts`)

const clockInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => file !== 'kernel/clock.ts' && !file.startsWith('postgres/') && !isTest(file))
    .filter(({ text }) => /\bDate\.now\(|new Date\(\s*\)|\bperformance\.now\(/.test(code(text)))
    .map(({ file }) => `${file}: reads the system clock`)

const environmentInItsPlace: Rule = (all) =>
  all
    .filter(({ file }) => file !== 'kernel/config.ts' && !file.startsWith('postgres/') && !isTest(file))
    .filter(({ text }) => /process\.env/.test(code(text)))
    .map(({ file }) => `${file}: reads process.env`)

const RULES: Record<string, Rule> = {
  roomEdges,
  everyRoomIsDrawn,
  noCycles,
  kernelStandsAlone,
  onlyTheDoor,
  ownTablesOnly,
  readsAreDrawn,
  sqlInItsPlace,
  clockInItsPlace,
  environmentInItsPlace,
}

const real = sources()
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
  assert.ok(noCycles([]).length > 0)
  edges['staff'] = before
})
