import type { Good } from './goods.ts'
import { seedNumber } from './ids.ts'

/** Units kept back from online sale for those who stand at the shelf. */
const SAFETY_STOCK = 2
/** S04 plays a store whose ERP feed is late: more is kept back there. */
const LATE_FEED = { storeId: 'S04', safety: 5 }

const FRESH = new Set(['V', 'G', 'M', 'D'])
/** Goods of the stories people are walked through; they never start sold out. */
const SHOWPIECES = new Set([
  '6999911000015',
  '6999912000083',
  '6999913000013',
  '6999917000071',
  '6999914000098',
])

const PERCENT = 100
const SOLD_OUT_PERCENT = 3
const LOW_PERCENT = 8

export type Level = { readonly onHand: number; readonly safety: number }

/** Opening stock: mostly comfortable, some low, a few gone; less of what spoils. The same on every run. */
export function levelOf(good: Good, storeId: string): Level {
  const safety = storeId === LATE_FEED.storeId ? LATE_FEED.safety : SAFETY_STOCK
  const draw = seedNumber(`stock ${storeId} ${good.barcode}`, PERCENT)
  const amount = (below: number): number => seedNumber(`amount ${storeId} ${good.barcode}`, below)
  if (SHOWPIECES.has(good.barcode)) return { onHand: 60 + amount(61), safety }
  if (draw < SOLD_OUT_PERCENT) return { onHand: 0, safety }
  if (draw < LOW_PERCENT) return { onHand: safety + 1 + amount(5), safety }
  return { onHand: FRESH.has(good.zone) ? 16 + amount(45) : 24 + amount(97), safety }
}
