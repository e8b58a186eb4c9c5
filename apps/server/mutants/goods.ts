import type { Guard } from './guard.ts'
import { R, STORIES } from './paths.ts'

export const goods: readonly Guard[] = [
  {
    name: 'a line twice',
    file: `${R}/pricing/pricing.ts`,
    find: 'if (seen.has(skuId)) refuse(lineRepeated, { skuId })',
    replace: '',
    tests: [`${STORIES}/orders.test.ts`, `${STORIES}/price-rules.test.ts`, `${STORIES}/carts.test.ts`],
  },
  {
    name: 'goods off the shelf',
    file: `${R}/pricing/pricing.ts`,
    find: 'return sellable?.onShelf ? sellable',
    replace: 'return sellable ? sellable',
    tests: [`${STORIES}/carts.test.ts`],
  },
  {
    name: 'kind of a picture',
    file: `${R}/catalog/pictures.ts`,
    find: '!format || !FORMATS.has(format) ||',
    replace: '!format ||',
    tests: [`${STORIES}/console-intake.test.ts`, `${STORIES}/console-goods.test.ts`],
  },
  {
    name: 'size of a picture',
    file: `${R}/catalog/pictures.ts`,
    find: 'if (width * height > MOST_PIXELS) refuse',
    replace: 'if (width < 0) refuse',
    tests: [`${STORIES}/console-intake.test.ts`, `${STORIES}/console-goods.test.ts`],
  },
  {
    name: 'check digit of a barcode',
    file: `${R}/catalog/goods.ts`,
    find: 'if (!isEan13(barcode)) refuse',
    replace: "if (barcode === '') refuse",
    tests: [`${STORIES}/console-goods.test.ts`],
  },
  {
    name: 'online price above the price',
    file: `${R}/catalog/listings.ts`,
    find: 'if (after.onlinePriceFen !== null && after.onlinePriceFen > after.priceFen)',
    replace: 'if (after.onlinePriceFen === 0)',
    tests: [`${STORIES}/console-goods.test.ts`],
  },
]
