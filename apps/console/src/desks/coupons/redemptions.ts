import type { Out } from '../../api.ts'
import { formatFen } from '../../ui/fen.ts'

export type Redemption = Out<'GET /console/v1/coupon-redemptions'>['items'][number]

/** What the coupons of a redemption took off together. */
export const offFenOf = ({ coupons }: Pick<Redemption, 'coupons'>): number =>
  coupons.reduce((sum, { offFen }) => sum + offFen, 0)

/** `内丘苹果 ×2、宁晋鸭梨`: what lay on the counter. */
export const goodsWords = ({ lines }: Pick<Redemption, 'lines'>): string =>
  lines.map(({ name, quantity }) => (quantity > 1 ? `${name} ×${quantity}` : name)).join('、')

/** `满10减3，减 ¥3.00`, of each coupon. */
export const couponWords = ({ coupons }: Pick<Redemption, 'coupons'>): string =>
  coupons.map(({ label, offFen }) => `${label}，减 ${formatFen(offFen)}`).join('；')
