import { problem } from '#kernel/problem'

export const productMissing = problem('catalog.product_missing', 404, 'there is no such product here')
export const skuMissing = problem('catalog.sku_missing', 404, 'this store has never sold this SKU')
export const cursorInvalid = problem('catalog.cursor_invalid', 400, 'this cursor is not one of ours')
export const tooManyFavourites = problem('catalog.too_many_favourites', 409, 'drop a favourite first')
export const barcodeInvalid = problem(
  'catalog.barcode_invalid',
  422,
  'the check digit of the barcode is wrong',
)
export const barcodeTaken = problem('catalog.barcode_taken', 409, 'another product has this barcode')
export const categoryMissing = problem('catalog.category_missing', 422, 'there is no such category')
export const pictureMissing = problem('catalog.picture_missing', 422, 'there is no such picture')
export const componentInvalid = problem(
  'catalog.component_invalid',
  422,
  'a bundle holds each SKU once, and none that is a bundle or sold by weight',
)
export const bundleFixed = problem(
  'catalog.bundle_fixed',
  409,
  'a product is a bundle from the beginning or never, and a bundle is not sold by weight',
)
export const inBundle = problem('catalog.in_bundle', 409, 'it is in a bundle and cannot be sold by weight')
export const versionStale = problem(
  'catalog.version_stale',
  409,
  'somebody else changed this product: read it again',
)
export const onlinePriceAbove = problem(
  'catalog.online_price_above',
  422,
  'the online price is above the price in the store',
)
export const csvUnreadable = problem('catalog.csv_unreadable', 422, 'this is not CSV in UTF-8')
export const csvColumnsMissing = problem('catalog.csv_columns_missing', 422, 'columns are missing')
export const csvTooLong = problem('catalog.csv_too_long', 422, 'too many rows for one import')
export const pictureUnreadable = problem(
  'catalog.picture_unreadable',
  422,
  'the content is not a JPEG, PNG or WebP picture',
)
export const pictureTooSmall = problem('catalog.picture_too_small', 422, 'the picture has too few pixels')
export const pictureTooLarge = problem('catalog.picture_too_large', 422, 'the picture has too many pixels')
