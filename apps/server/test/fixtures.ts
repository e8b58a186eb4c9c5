import { hash } from '@node-rs/argon2'
import { createHash } from 'node:crypto'
import pg from 'pg'

/**
 * The small chain that stories play in: two stores, three categories, eight goods, five staff. Nothing here is random. The second store hands over by
 * slots, the first at any time.
 */
export const STORES = ['S01', 'S02'] as const
export const SLOT_STORE = 'S02'
export const PASSWORD = 'linli-demo'

/** A stable id from a name, shaped like UUIDv7. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `01900000-0000-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

export interface Good {
  barcode: string
  name: string
  unit: string
  priceFen: number
  categoryId: string
  shelf: string
}
export const GOODS: readonly Good[] = [
  {
    barcode: '6999911000015',
    name: '内丘苹果 约1kg',
    unit: '份',
    priceFen: 1280,
    categoryId: 'G',
    shelf: 'G01-1-3',
  },
  {
    barcode: '6999911000039',
    name: '宁晋鸭梨 约1.5kg',
    unit: '份',
    priceFen: 1180,
    categoryId: 'G',
    shelf: 'G01-3-2',
  },
  {
    barcode: '6999911000046',
    name: '香蕉 约1kg',
    unit: '把',
    priceFen: 698,
    categoryId: 'G',
    shelf: 'G01-4-3',
  },
  {
    barcode: '6999910000016',
    name: '黄瓜 约500g',
    unit: '份',
    priceFen: 298,
    categoryId: 'V',
    shelf: 'V01-1-3',
  },
  {
    barcode: '6999910000023',
    name: '西红柿 约500g',
    unit: '份',
    priceFen: 399,
    categoryId: 'V',
    shelf: 'V01-2-4',
  },
  {
    barcode: '6999914000081',
    name: '酱油 800ml',
    unit: '瓶',
    priceFen: 890,
    categoryId: 'L',
    shelf: 'L02-3-2',
  },
  {
    barcode: '6999914000098',
    name: '陈醋 500ml',
    unit: '瓶',
    priceFen: 690,
    categoryId: 'L',
    shelf: 'L02-4-2',
  },
  {
    barcode: '6999914000050',
    name: '花生油 5L',
    unit: '桶',
    priceFen: 10990,
    categoryId: 'L',
    shelf: 'L01-5-4',
  },
]
export const skuOf = (barcode: string): string => idOf(`sku:${barcode}`)
export const productOf = (barcode: string): string => idOf(`product:${barcode}`)
export const APPLE = skuOf('6999911000015')
export const PEAR = skuOf('6999911000039')
export const SOY = skuOf('6999914000081')

const ZONES = [
  { code: 'V', name: '蔬菜', tint: '#E4F0DC', ink: '#2C6E33' },
  { code: 'G', name: '水果', tint: '#FCE6DD', ink: '#B83A0B' },
  { code: 'L', name: '粮油', tint: '#F8EDD2', ink: '#7C5200' },
]
const PLAN = {
  width: 343,
  height: 214,
  shelves: [{ zone: 'G', aisle: 1, x: 30, y: 150, width: 30, height: 14 }],
  marks: [{ kind: 'service', label: '服务台', x: 60, y: 180, width: 60, height: 20 }],
}
export const STAFF: readonly { account: string; name: string; role: string; stores: readonly string[] }[] = [
  { account: 'hq', name: '总部', role: 'hq', stores: [] },
  { account: 's01', name: '一店店长', role: 'manager', stores: ['S01'] },
  { account: 's02', name: '二店店长', role: 'manager', stores: ['S02'] },
  { account: 'clerk01', name: '一店店员', role: 'clerk', stores: ['S01'] },
  { account: 'clerk02', name: '二店店员', role: 'clerk', stores: ['S02'] },
]

/** Fills a migrated, empty database. Every SKU has 100 on hand in every store unless `onHand` says otherwise. */
export async function plant(url: string, { onHand = 100 }: { onHand?: number } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    await plantStores(client)
    await plantStaff(client)
    await plantGoods(client, onHand)
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function plantStores(client: pg.Client): Promise<void> {
  await client.query(`insert into chain (name) values ('襄惠生活超市')`)
  for (const [i, id] of STORES.entries()) {
    await client.query(
      `insert into store (id, name, district, district_code, town, address, lng, lat, opens_at, closes_at, zones, floor_plan)
       values ($1, $2, '襄都区', '130502', '西大街街道', '演示路 1 号', $3, 37.07, '00:00', '23:59', $4, $5)`,
      [id, `${i + 1} 号店`, 114.5 + i / 50, JSON.stringify(ZONES), JSON.stringify(PLAN)],
    )
    await client.query(`insert into store_feature (store_id, feature) select $1, unnest($2::text[])`, [
      id,
      id === SLOT_STORE ? ['pickup', 'pickup_slots'] : ['pickup'],
    ])
  }
}

async function plantStaff(client: pg.Client): Promise<void> {
  const passwordHash = await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
  for (const { account, name, role, stores } of STAFF) {
    const id = idOf(`staff:${account}`)
    await client.query(
      `insert into staff (id, account, name, role, password_hash, demo) values ($1, $2, $3, $4, $5, true)`,
      [id, account, name, role, passwordHash],
    )
    for (const store of stores) await client.query(`insert into staff_store values ($1, $2)`, [id, store])
  }
}

async function plantGoods(client: pg.Client, onHand: number): Promise<void> {
  for (const { code, name } of ZONES)
    await client.query(`insert into category (id, name, zone) values ($1, $2, $1)`, [code, name])
  for (const [i, good] of GOODS.entries()) {
    const [product, sku] = [productOf(good.barcode), skuOf(good.barcode)]
    await client.query(
      `insert into product (id, name, subtitle, category_id, unit, rank) values ($1, $2, '演示', $3, $4, $5)`,
      [product, good.name, good.categoryId, good.unit, GOODS.length - i],
    )
    await client.query(`insert into sku (id, product_id, barcode) values ($1, $2, $3)`, [
      sku,
      product,
      good.barcode,
    ])
    for (const store of STORES) {
      await client.query(
        `insert into listing (store_id, sku_id, price_fen, shelf, updated_by) values ($1, $2, $3, $4, 'seed')`,
        [store, sku, good.priceFen, good.shelf],
      )
      await client.query(`update stock_level set on_hand = $3 where store_id = $1 and sku_id = $2`, [
        store,
        sku,
        onHand,
      ])
      if (onHand > 0)
        await client.query(
          `insert into stock_ledger (store_id, sku_id, reason, on_hand_delta, reserved_delta, on_hand_after, reserved_after, by, at)
           values ($1, $2, 'OPENING', $3, 0, $3, 0, 'seed', now())`,
          [store, sku, onHand],
        )
    }
  }
}
