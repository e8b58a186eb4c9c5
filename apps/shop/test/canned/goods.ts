import type { Output, ShopperRoutes } from '@linli/contract'

type Home = Output<ShopperRoutes['GET /v1/stores/:storeId/home']>
export type Card = Home['goods'][number]
export type Category = Home['categories'][number]
export type Product = Output<ShopperRoutes['GET /v1/stores/:storeId/products/:productId']>

/** Readable ids that fit the contract: `idOf(7)` ends in 7. */
export const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A picture of the server, named by the drawing that a test's server would give for it. */
const pictureOf = (n: number, drawing: string) => {
  const place = `/media/${drawing}.webp`
  return { id: idOf(9000 + n), s: place, m: place, l: place }
}

const ZONES = [
  ['V', '蔬菜菌菇', '1f96c'],
  ['G', '新鲜水果', '1f34e'],
  ['M', '肉禽蛋鱼', '1f969'],
  ['D', '乳品烘焙', '1f95b'],
  ['L', '米面粮油', '1f33e'],
  ['S', '休闲零食', '1f36a'],
  ['B', '酒水饮料', '1f9c3'],
  ['F', '速食冷冻', '1f95f'],
  ['C', '清洁个护', '1f9fb'],
  ['H', '家居母婴', '1f373'],
] as const

type Draft = Pick<Card, 'name' | 'unit' | 'priceFen' | 'available'> & {
  shelf: string
  drawing: string
} & Partial<Card>

const card = (n: number, { drawing, ...draft }: Draft): Card => ({
  id: idOf(n),
  skuId: idOf(100 + n),
  subtitle: '',
  basePriceFen: null,
  picture: pictureOf(n, drawing),
  speciality: false,
  onlineOnlyPrice: false,
  weight: null,
  bundle: false,
  stock: draft.available === 0 ? 'sold_out' : draft.available < 5 ? 'low' : 'in_stock',
  ...draft,
})

/** Eight goods: one on sale online only, one of the region, one nearly gone, one gone, one with a very long name. */
export const GOODS: readonly Card[] = [
  card(1, {
    name: '内丘苹果 约1kg',
    unit: '份',
    priceFen: 1280,
    available: 40,
    shelf: 'G01-1-2',
    drawing: '1f34e',
    speciality: true,
    weight: { pieceGrams: 1000, perGrams: 1000, perFen: 1280, toleranceBp: 300 },
  }),
  card(2, {
    name: '猪肉大葱水饺 1kg',
    unit: '袋',
    priceFen: 2090,
    available: 18,
    shelf: 'F02-2-1',
    drawing: '1f95f',
    onlineOnlyPrice: true,
    basePriceFen: 2290,
  }),
  card(3, {
    name: '鲜牛奶 950ml',
    unit: '盒',
    priceFen: 1590,
    available: 9,
    shelf: 'D01-3-1',
    drawing: '1f95b',
    subtitle: '今早到店',
  }),
  card(4, {
    name: '大白菜 约2kg',
    unit: '颗',
    priceFen: 396,
    available: 3,
    shelf: 'V01-1-1',
    drawing: '1f96c',
  }),
  card(5, {
    name: '鲜鸡蛋 30 枚',
    unit: '板',
    priceFen: 1990,
    available: 25,
    shelf: 'M02-1-1',
    drawing: '1f95a',
    speciality: true,
  }),
  card(6, { name: '菠菜 300g', unit: '份', priceFen: 298, available: 0, shelf: 'V02-1-1', drawing: '1f96c' }),
  card(7, {
    name: '沃柑 约1kg',
    unit: '份',
    priceFen: 1090,
    available: 30,
    shelf: 'G01-2-1',
    drawing: '1f34a',
  }),
  card(8, {
    name: '太行山深山老林散养土鸡蛋礼盒装送礼长辈 60 枚装',
    unit: '盒',
    priceFen: 12_900,
    available: 6,
    shelf: 'M02-2-3',
    drawing: '1f95a',
  }),
]
/** One of the goods by its place in the list, from 1. */
export function goods(n: number): Card {
  const found = GOODS[n - 1]
  if (!found) throw new Error(`there are only ${GOODS.length} goods`)
  return found
}

const inZone = (zone: string) => GOODS.filter((each) => each.shelf?.startsWith(zone))

export const CATEGORIES: readonly Category[] = ZONES.map(([zone, name, drawing], i) => ({
  id: zone,
  name,
  zone,
  picture: pictureOf(50 + i, drawing),
  count: inZone(zone).length,
}))

export const homeOf = (store: Home['store'], asOf: string): Home => ({
  store,
  banners: [
    {
      id: 'b1',
      title: '小雪腌菜，大雪腌肉',
      picture: '/media/1f96c.webp',
      productId: goods(4).id,
      categoryId: null,
    },
    { id: 'b2', title: '本地苹果下树了', picture: '/media/1f34e.webp', productId: null, categoryId: 'G' },
  ],
  categories: [...CATEGORIES],
  specialities: GOODS.filter((each) => each.speciality),
  goods: [...GOODS],
  asOf,
})

/** Goods of a category, or those whose name has the word. */
export function listOf({
  categoryId,
  q,
}: {
  categoryId?: string | undefined
  q?: string | undefined
}): Card[] {
  if (categoryId !== undefined) return inZone(categoryId)
  return GOODS.filter((each) => q === undefined || each.name.includes(q))
}

export function productOf(productId: string, storeId: string, stockAt: string): Product | null {
  const found = GOODS.find((each) => each.id === productId)
  const zone = ZONES.find(([code]) => code === found?.shelf?.[0])
  if (!found || !zone) return null
  return {
    ...found,
    storeId,
    stockDoubt: false,
    categoryId: zone[0],
    barcode: '6900000000017',
    description: '果园在浅山上，昼夜温差大，脆甜。',
    facts: {
      origin: '邢台内丘',
      storage: '阴凉处，或冷藏 0–4 ℃',
      shelfLife: '7 天',
      allergens: zone[0] === 'M' ? ['蛋类'] : [],
      licence: null,
      ingredients: null,
    },
    pictures: found.picture ? [found.picture, found.picture] : [],
    stockAt,
    elsewhere: [{ storeId: 'S02', name: '桥西店', available: 12, distanceM: 2300 }],
    zone: { code: zone[0], name: zone[1], tint: '#FCE6DD', ink: '#B83A0B' },
    favourite: false,
    components: [],
  }
}
