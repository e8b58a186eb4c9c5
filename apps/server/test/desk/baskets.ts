// Random baskets: what people might order, with what they bring to pay for it.
import { createHash } from 'node:crypto'
import { newId } from '../../src/kernel/id.ts'
import { newPickup } from '../../src/rooms/fulfilment/codes.ts'
import type { Command, Place, PlacedComponent, PlacedLine } from '../../src/rooms/orders/commands.ts'
import { APPLE, GOODS, PEAR, productOf, skuOf, SOY } from '../fixtures.ts'
import { AT, COUPONS, MEMBERS, SKUS, SLOTS, STORE } from './model.ts'

// A wish is drawn without knowing what exists; it becomes a command against what exists when it is handed in.
export interface Wish {
  op: Command['verb'] | 'open' | 'close'
  a: number
  b: number
  c: number
}
export const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)]

const OFF_FEN = 30
/** One of the goods is sold by weight. */
export const PIECE_GRAMS = 500

/** Every third basket brings a coupon, every fourth points: of its own member mostly, and there or not. */
const couponsIn = ({ a, b, c }: Wish): string[] =>
  b % 3 === 0 ? [COUPONS[(a % 2) + 2 * (c % 4)]?.couponId ?? ''] : []
const isFree = ({ a }: Wish): boolean => a % 7 === 6
const pointsIn = (wanted: Wish): number => (wanted.c % 4 === 0 && !isFree(wanted) ? 10 + (wanted.b % 40) : 0)

/** Every other basket brings stored value: some of it, all of it, or more than the member may have left. */
const storedIn = ({ b, c }: Wish, totalFen: number): Place['stored'] => {
  const fen = c % 4 < 2 ? totalFen : Math.min(totalFen, 100 + b)
  return b % 2 === 0 && fen > 0 ? { fen, attemptId: newId() } : null
}

type Off = PlacedLine['discounts'][number]
/** What a basket has off its first line, spread by nobody: the desk keeps what pricing said. */
function offsOf(wanted: Wish): Off[] {
  const points = pointsIn(wanted)
  const named = { points: 0, funding: 'hq' as const }
  return [
    ...(wanted.a % 5 === 0
      ? [{ ...named, rule: 'test', label: '立减, "三毛"', offFen: OFF_FEN, funding: 'store' as const }]
      : []),
    ...couponsIn(wanted).map((rule) => ({ ...named, rule, label: '券', offFen: OFF_FEN })),
    ...(points > 0 ? [{ ...named, rule: 'points', label: '积分抵扣', offFen: points, points }] : []),
  ]
}

function linesOf(wanted: Wish): PlacedLine[] {
  const { a, b } = wanted
  return GOODS.filter(({ barcode }) => SKUS.includes(skuOf(barcode)))
    .filter((_, i) => (a >> i) & 1 || i === a % 3)
    .map(({ barcode, name, unit, shelf, priceFen }, i) => {
      const quantity = 1 + ((b + i) % 3)
      // Every seventh basket costs nothing, as with exchange coupons for all of it; in others now and then one of the goods does.
      const free =
        isFree(wanted) || (i === 1 && wanted.c % 5 === 2)
          ? [
              {
                rule: couponsIn(wanted)[0] ?? 'test',
                label: '换购',
                offFen: priceFen * quantity,
                points: 0,
                funding: 'hq' as const,
              },
            ]
          : undefined
      const discounts = free ?? (i === 0 ? offsOf(wanted) : [])
      const payFen = priceFen * quantity - discounts.reduce((sum, { offFen }) => sum + offFen, 0)
      return {
        skuId: skuOf(barcode),
        productId: productOf(barcode),
        name: `${name} "引号" \\ {括号}, NULL`,
        unit,
        barcode,
        shelf: i === 1 ? null : shelf,
        pictureId: null,
        quantity,
        unitFen: priceFen,
        payFen,
        ...(skuOf(barcode) === PEAR
          ? { pieceGrams: PIECE_GRAMS, toleranceBp: 300 }
          : { pieceGrams: null, toleranceBp: null }),
        components: skuOf(barcode) === SOY && a % 2 === 0 ? bundleOf(payFen) : null,
        discounts,
        earnedPoints: b % 2 === 0 ? Math.floor(payFen / 100) : 0,
      }
    })
}

/** Now and then soy is the name of a bundle: two apples and a soy. */
const bundleOf = (payFen: number): PlacedComponent[] =>
  [APPLE, SOY].map((skuId, i) => ({
    skuId,
    name: '组件, "一"',
    unit: '份',
    barcode: '6999911000015',
    shelf: null,
    pictureId: null,
    quantity: 2 - i,
    payFen: i === 0 ? payFen : 0,
  }))

let serial = 0
/** The placement that a wish is. */
export function placing(wanted: Wish): Place {
  const { a, b, c } = wanted
  const lines = linesOf(wanted)
  const goodsFen = lines.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0)
  const totalFen = lines.reduce((sum, { payFen }) => sum + payFen, 0)
  const stored = storedIn(wanted, totalFen)
  serial++
  return {
    verb: 'place',
    orderId: newId(),
    no: String(serial).padStart(16, '0'),
    storeId: STORE,
    memberId: MEMBERS[a % 2] ?? '',
    key: `key-${String(c % 12).padStart(6, '0')}`,
    bodyHash: createHash('sha256')
      .update(`${a % 8} ${b % 3}`)
      .digest('hex'),
    slot: c % 3 === 0 ? null : (pick(SLOTS, c) ?? null),
    lines,
    goodsFen,
    discountFen: goodsFen - totalFen,
    freightFen: 0,
    totalFen,
    couponIds: couponsIn(wanted),
    usedPoints: pointsIn(wanted),
    remark: a % 4 === 0 ? '少放袋子\n"谢谢", {NULL} \\' : '',
    ifShort: 'refund',
    stored,
    campaign: null,
    depositFen: null,
    pickup: totalFen === (stored?.fen ?? 0) ? newPickup() : null,
    by: `member:${MEMBERS[a % 2]}`,
    at: AT,
    expiresAt: new Date(AT.getTime() + 900_000),
  }
}
