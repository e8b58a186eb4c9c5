import { Type } from 'typebox'
import {
  ByProduct,
  ByStore,
  Cursor,
  Fen,
  Instant,
  Limit,
  Maybe,
  Nothing,
  OneOf,
  Page,
  Picture,
  StoreId,
  Strict,
  Text,
  Uuid,
} from './parts.ts'
import { defineRoutes } from './route.ts'
import { Weight } from './weighing.ts'

export const Category = Type.Object({
  id: Type.String({ description: 'zone letter or merchant code' }),
  name: Type.String(),
  zone: Type.String(),
  picture: Maybe(Picture),
  count: Type.Integer({ description: 'products on the shelf in this store' }),
})

/** Stock words of a card: exact numbers are for the product page. */
export const StockWord = OneOf(['in_stock', 'low', 'sold_out'] as const)

export const ProductCard = Type.Object({
  id: Uuid,
  skuId: Uuid,
  name: Type.String(),
  subtitle: Type.String(),
  unit: Type.String(),
  priceFen: Fen,
  /** Shown struck through; null unless the price history allows it. */
  basePriceFen: Maybe(Fen),
  picture: Maybe(Picture),
  shelf: Maybe(Type.String()),
  speciality: Type.Boolean({ description: 'a speciality of the region' }),
  onlineOnlyPrice: Type.Boolean(),
  weight: Maybe(Weight),
  bundle: Type.Boolean({ description: 'made of other goods; its page says of which' }),
  stock: StockWord,
  available: Type.Integer({ description: 'available to promise now; may lag by a second', minimum: 0 }),
})

export const FoodFacts = Type.Object({
  origin: Maybe(Type.String()),
  storage: Maybe(Type.String()),
  shelfLife: Maybe(Type.String()),
  allergens: Type.Array(Type.String()),
  licence: Maybe(Type.String({ description: 'SC number' })),
  ingredients: Maybe(Type.String()),
})

export const ProductDetail = Type.Object({
  ...ProductCard.properties,
  storeId: StoreId,
  categoryId: Type.String(),
  barcode: Type.String(),
  description: Type.String(),
  facts: FoodFacts,
  pictures: Type.Array(Picture),
  stockAt: Instant,
  stockDoubt: Type.Boolean({
    description: 'the counts of this store are old: the stock is for reference only',
  }),
  elsewhere: Type.Array(
    Type.Object({
      storeId: StoreId,
      name: Type.String(),
      available: Type.Integer(),
      distanceM: Maybe(Type.Integer()),
    }),
  ),
  zone: Type.Object({ code: Type.String(), name: Type.String(), tint: Type.String(), ink: Type.String() }),
  favourite: Type.Boolean(),
  /** What is in a bundle, with what each costs alone in this store; empty for other goods. */
  components: Type.Array(
    Type.Object({
      productId: Uuid,
      skuId: Uuid,
      name: Type.String(),
      unit: Type.String(),
      picture: Maybe(Picture),
      quantity: Type.Integer(),
      priceFen: Fen,
    }),
  ),
})

export const SORTS = ['recommended', 'price_up', 'price_down', 'newest'] as const

export const catalogRoutes = defineRoutes({
  'GET /v1/stores/:storeId/home': {
    summary: 'Home page of a store: banners, categories, first goods',
    access: 'public',
    params: ByStore,
    ok: Type.Object({
      store: Type.Object({ id: StoreId, name: Type.String() }),
      banners: Type.Array(
        Type.Object({
          id: Type.String(),
          title: Type.String(),
          picture: Type.String(),
          productId: Maybe(Uuid),
          categoryId: Maybe(Type.String()),
        }),
      ),
      categories: Type.Array(Category),
      specialities: Type.Array(ProductCard),
      goods: Type.Array(ProductCard),
      asOf: Instant,
    }),
    errors: ['stores.missing'],
  },
  'GET /v1/stores/:storeId/categories': {
    summary: 'Categories with counts',
    access: 'public',
    params: ByStore,
    ok: Type.Object({ items: Type.Array(Category) }),
    errors: ['stores.missing'],
  },
  'GET /v1/stores/:storeId/products': {
    summary: 'Products on the shelf of a store, by category or search (Chinese, pinyin, initials, barcode)',
    access: 'public',
    params: ByStore,
    query: Strict({
      categoryId: Type.Optional(Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9_-]+$' })),
      q: Type.Optional(Text(40)),
      sort: Type.Optional(OneOf(SORTS)),
      cursor: Cursor,
      limit: Limit,
    }),
    ok: Type.Object({
      ...Page(ProductCard).properties,
      total: Type.Integer(),
      /** When nothing matched: words near the query that do have results. */
      suggestions: Type.Array(Type.String()),
      asOf: Instant,
    }),
    errors: ['stores.missing', 'catalog.cursor_invalid'],
  },
  'GET /v1/stores/:storeId/products/:productId': {
    summary: 'One product in one store',
    access: 'public',
    params: Strict({ storeId: StoreId, productId: Uuid }),
    ok: ProductDetail,
    errors: ['stores.missing', 'catalog.product_missing'],
  },
  'GET /v1/stores/:storeId/search-words': {
    summary: 'Words other shoppers searched for in the last 7 days, most first',
    access: 'public',
    params: ByStore,
    ok: Type.Object({ hot: Type.Array(Type.String()) }),
    errors: ['stores.missing'],
  },
  'GET /v1/me/favourites': {
    summary: 'My favourites as cards of one store',
    access: 'member',
    query: Strict({ storeId: StoreId }),
    ok: Type.Object({ items: Type.Array(ProductCard) }),
    errors: ['stores.missing'],
  },
  'PUT /v1/me/favourites/:productId': {
    summary: 'Keep a product as a favourite',
    access: 'member',
    params: ByProduct,
    ok: Nothing,
    status: 204,
    errors: ['catalog.product_missing', 'catalog.too_many_favourites'],
  },
  'DELETE /v1/me/favourites/:productId': {
    summary: 'Drop a favourite',
    access: 'member',
    params: ByProduct,
    ok: Nothing,
    status: 204,
    errors: [],
  },
})
