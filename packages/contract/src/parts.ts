import { Type, type TSchema } from 'typebox'

// Formats are patterns rather than `format`, so that every validator agrees on them.
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
/** A store is known by its code, e.g. `S01`. */
export const StoreId = Type.String({ pattern: '^[A-Z][0-9]{2,4}$', description: 'store code, e.g. S01' })
/** Integer fen. 90 million yuan is the largest sum anything here handles. */
export const Fen = Type.Integer({ minimum: 0, maximum: 9_000_000_000, description: 'integer fen' })
export const Instant = Type.String({ description: 'instant, RFC 3339 in UTC' })
/** An instant from outside, to the millisecond, with its offset. */
export const InstantInput = Type.String({
  maxLength: 40,
  // A day and a time that there are: no thirteenth month, and no year that a database or a cursor cannot hold.
  pattern:
    '^(19[7-9]\\d|2\\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,3})?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$',
})

export const Day = Type.String({
  pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'business day (Asia/Shanghai), YYYY-MM-DD',
})
export const Nothing = Type.Null({ description: 'no content' })

const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f'
/** Text that a person typed: bounded, no control characters. */
export const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: `^[^${CONTROL}]*$` })
/** One line that a person typed and that must say something. */
export const Line = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: `^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$`,
  })

/** An object from outside: unknown fields are refused, not dropped. */
export const Strict = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

export const Maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const OneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })

export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100 }))
export const Cursor = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' }),
)
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Maybe(Type.String()) })
/** A page of a desk's table, with the count of all rows that match. */
export const TablePage = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), total: Type.Integer() })
export const PageNo = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }))

/** Three sizes of one picture, as paths on this server; null where the merchant gave none. */
export const Picture = Type.Object({ id: Uuid, s: Type.String(), m: Type.String(), l: Type.String() })

/** A random number that the app made for itself on this telephone; kept as a keyed hash, and not for long. */
export const Device = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9]+$' })

export const ByStore = Strict({ storeId: StoreId })
export const ByOrder = Strict({ orderId: Uuid })
export const ByProduct = Strict({ productId: Uuid })
export const BySku = Strict({ skuId: Uuid })
/** Ten digits, as a shopper reads them out: spaces and dashes are forgiven. */
export const ReturnCode = Type.String({ minLength: 10, maxLength: 20, pattern: '^[0-9 -]+$' })

/** Coupons that a basket shall use. */
export const CouponIds = Type.Array(Uuid, { maxItems: 10, uniqueItems: true })
/** At most so many points. */
export const UsePoints = Type.Integer({ minimum: 0, maximum: 100_000_000 })
