import { Type } from 'typebox'
import { FoodFacts } from './catalog.ts'
import {
  ByProduct,
  Fen,
  Instant,
  Limit,
  Line,
  Maybe,
  OneOf,
  PageNo,
  Picture,
  StoreId,
  Strict,
  TablePage,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'
import { WeightInput } from './weighing.ts'

export const ShelfCode = Type.String({
  pattern: '^[A-Z][0-9]{2}-[0-9]-[1-5]$',
  description: 'zone + aisle – bay – level, e.g. L02-3-2',
})
export const Barcode = Type.String({ pattern: '^[0-9]{13}$', description: 'EAN-13 with a right check digit' })
const CategoryId = Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9_-]+$' })
/** Sale prices are at least one fen: nothing is given away by a slip. */
export const SalePrice = Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'fen' })

export const Listing = Type.Object({
  storeId: StoreId,
  priceFen: Fen,
  onlinePriceFen: Maybe(Fen),
  onShelf: Type.Boolean(),
  shelf: Maybe(Type.String()),
})
export const ConsoleProduct = Type.Object({
  id: Uuid,
  skuId: Uuid,
  name: Type.String(),
  subtitle: Type.String(),
  description: Type.String(),
  categoryId: Type.String(),
  barcode: Type.String(),
  unit: Type.String(),
  weight: Maybe(WeightInput),
  /** What is in a bundle; null for other goods. */
  components: Maybe(
    Type.Array(
      Type.Object({ skuId: Uuid, name: Type.String(), unit: Type.String(), quantity: Type.Integer() }),
    ),
  ),
  speciality: Type.Boolean(),
  facts: FoodFacts,
  pictures: Type.Array(Picture),
  listings: Type.Array(Listing),
  updatedAt: Instant,
  version: Type.Integer(),
})
export const ConsoleProductRow = Type.Object({
  id: Uuid,
  skuId: Uuid,
  name: Type.String(),
  barcode: Type.String(),
  unit: Type.String(),
  categoryId: Type.String(),
  picture: Maybe(Picture),
  minPriceFen: Fen,
  maxPriceFen: Fen,
  /** Per store in scope: on the shelf? and what can be sold now. */
  stores: Type.Array(Type.Object({ storeId: StoreId, onShelf: Type.Boolean(), available: Type.Integer() })),
  updatedAt: Instant,
})

const NullableText = (max: number) => Maybe(Text(max))
export const ProductChange = Strict({
  /** The version that was read; another editor's change in between refuses this one. */
  version: Type.Integer({ minimum: 0 }),
  name: Line(60),
  subtitle: Text(80),
  description: Text(2000),
  categoryId: CategoryId,
  unit: Line(8),
  /** Null: sold by the piece. */
  weight: Maybe(WeightInput),
  speciality: Type.Boolean(),
  facts: Strict({
    origin: NullableText(60),
    storage: NullableText(60),
    shelfLife: NullableText(60),
    allergens: Type.Array(Line(20), { maxItems: 20 }),
    licence: NullableText(60),
    ingredients: NullableText(500),
  }),
  pictureIds: Type.Array(Uuid, { maxItems: 9, uniqueItems: true }),
  /** What is in a bundle, each SKU once; absent: as it is. A product is a bundle from the beginning or never. */
  components: Type.Optional(
    Type.Array(Strict({ skuId: Uuid, quantity: Type.Integer({ minimum: 1, maximum: 99 }) }), {
      minItems: 1,
      maxItems: 20,
    }),
  ),
})
export const NewProduct = Strict({
  ...ProductChange.properties,
  version: Type.Literal(0),
  barcode: Barcode,
  priceFen: SalePrice,
  storeIds: Type.Array(StoreId, { maxItems: 200, uniqueItems: true }),
})

export const ImportReport = Type.Object({
  /** True when the rows were written; false for a dry run or when any row has a fault. */
  applied: Type.Boolean(),
  rows: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  faults: Type.Array(
    Type.Object({
      line: Type.Integer(),
      barcode: Type.String(),
      column: Type.String(),
      reason: Type.String(),
    }),
  ),
})

export const consoleGoodsRoutes = defineRoutes({
  'GET /console/v1/categories': {
    summary: 'Categories',
    access: 'console',
    permission: 'goods.read',
    ok: Type.Object({
      items: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          zone: Type.String(),
          products: Type.Integer(),
        }),
      ),
    }),
    errors: [],
  },
  'GET /console/v1/products': {
    summary: 'Products, filtered and paged on the server',
    access: 'console',
    permission: 'goods.read',
    query: Strict({
      q: Type.Optional(Text(40)),
      categoryId: Type.Optional(CategoryId),
      storeId: Type.Optional(StoreId),
      shelf: Type.Optional(OneOf(['on', 'off'] as const)),
      stock: Type.Optional(OneOf(['sold_out', 'low'] as const)),
      sort: Type.Optional(OneOf(['updated', 'name', 'price_up', 'price_down', 'barcode'] as const)),
      page: PageNo,
      limit: Limit,
    }),
    ok: Type.Object({
      ...TablePage(ConsoleProductRow).properties,
      onShelf: Type.Integer(),
      offShelf: Type.Integer(),
    }),
    errors: ['staff.out_of_scope'],
  },
  'GET /console/v1/products/:productId': {
    summary: 'One product with its listing in every store in scope',
    access: 'console',
    permission: 'goods.read',
    params: ByProduct,
    ok: ConsoleProduct,
    errors: ['catalog.product_missing'],
  },
  'POST /console/v1/products': {
    summary: 'Add a product',
    access: 'console',
    permission: 'goods.write',
    body: NewProduct,
    ok: ConsoleProduct,
    status: 201,
    errors: [
      'catalog.barcode_taken',
      'catalog.barcode_invalid',
      'catalog.category_missing',
      'catalog.picture_missing',
      'catalog.component_invalid',
      'catalog.bundle_fixed',
      'stores.missing',
    ],
  },
  'PUT /console/v1/products/:productId': {
    summary: 'Change what a product is',
    access: 'console',
    permission: 'goods.write',
    params: ByProduct,
    body: ProductChange,
    ok: ConsoleProduct,
    errors: [
      'catalog.product_missing',
      'catalog.version_stale',
      'catalog.category_missing',
      'catalog.picture_missing',
      'catalog.component_invalid',
      'catalog.bundle_fixed',
      'catalog.in_bundle',
    ],
  },
  'PUT /console/v1/products/:productId/listings/:storeId': {
    summary: 'Price, online price, shelf place and on/off shelf in one store; absent fields stay',
    access: 'console',
    permission: 'goods.price',
    params: Strict({ productId: Uuid, storeId: StoreId }),
    body: Strict({
      priceFen: Type.Optional(SalePrice),
      onlinePriceFen: Type.Optional(Maybe(SalePrice)),
      onShelf: Type.Optional(Type.Boolean()),
      shelf: Type.Optional(Maybe(ShelfCode)),
    }),
    ok: ConsoleProduct,
    errors: ['catalog.product_missing', 'stores.missing', 'staff.out_of_scope', 'catalog.online_price_above'],
  },
  'GET /console/v1/products/:productId/prices': {
    summary: 'Price history, newest first',
    access: 'console',
    permission: 'goods.read',
    params: ByProduct,
    query: Strict({ storeId: Type.Optional(StoreId), page: PageNo, limit: Limit }),
    ok: TablePage(
      Type.Object({
        storeId: StoreId,
        priceFen: Fen,
        onlinePriceFen: Maybe(Fen),
        at: Instant,
        by: Type.String(),
      }),
    ),
    errors: ['catalog.product_missing'],
  },
  'POST /console/v1/product-shelvings': {
    summary: 'Put many products on or off the shelf at once',
    access: 'console',
    permission: 'goods.write',
    body: Strict({
      productIds: Type.Array(Uuid, { minItems: 1, maxItems: 500, uniqueItems: true }),
      storeIds: Type.Array(StoreId, { minItems: 1, maxItems: 200, uniqueItems: true }),
      onShelf: Type.Boolean(),
      dryRun: Type.Optional(Type.Boolean()),
    }),
    ok: Type.Object({ changed: Type.Integer(), unchanged: Type.Integer() }),
    errors: ['stores.missing', 'staff.out_of_scope', 'catalog.product_missing'],
  },
  'POST /console/v1/product-imports': {
    summary: 'Import products and prices from CSV: all rows or none, with every faulty row named',
    access: 'console',
    permission: 'goods.write',
    body: Strict({ csv: Type.String({ minLength: 1, maxLength: 4_000_000 }), dryRun: Type.Boolean() }),
    ok: ImportReport,
    errors: [
      'catalog.csv_unreadable',
      'catalog.csv_columns_missing',
      'catalog.csv_too_long',
      'catalog.in_bundle',
      'catalog.bundle_fixed',
    ],
  },
  'POST /console/v1/pictures': {
    summary: 'Upload a picture (JPEG, PNG or WebP); the content decides, not the name',
    access: 'console',
    permission: 'goods.write',
    bytes: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 8_000_000 },
    ok: Picture,
    status: 201,
    errors: ['catalog.picture_unreadable', 'catalog.picture_too_small', 'catalog.picture_too_large'],
  },
})
