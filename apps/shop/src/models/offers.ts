import { dateInYears } from './times.ts'
import type { Offer } from './wire.ts'

/** What the button of an offer says, and whether it can be pressed. */
export interface OfferButton {
  words: string
  open: boolean
}
const CLOSED: Record<Exclude<Offer['state'], 'open'>, string> = {
  had: '已领',
  gone_today: '明天再来',
  gone: '领完了',
}
/** `领取`, `300 积分换`; or why not: `已领`, `领完了`. */
export function offerButton({ state, pricePoints, had }: Offer): OfferButton {
  if (state !== 'open')
    return { words: state === 'had' && pricePoints !== null ? '已换' : CLOSED[state], open: false }
  if (pricePoints !== null) return { words: `${pricePoints} 积分换`, open: true }
  return { words: had > 0 ? '再领一张' : '领取', open: true }
}

/** A share that is worth a word: not the first few, not what is gone. */
const TOLD_FROM = 50
/** How long it is good and how many are left to have: `领到后 30 天内有效，已领 82%`. */
export function offerNote(offer: Offer, now: number): string {
  const { validDays, takenPercent, state, closesAt } = offer
  return [
    `领到后 ${validDays} 天内有效`,
    ...(state === 'open' && takenPercent >= TOLD_FROM ? [`已领 ${takenPercent}%`] : []),
    ...(closesAt === null ? [] : [`${dateInYears(Number(new Date(closesAt)) - 1, now)}前可领`]),
  ].join('，')
}

/** Those that are claimed for nothing, and those that points buy. */
export const claimable = (offers: readonly Offer[]): Offer[] =>
  offers.filter((each) => each.pricePoints === null)
export const gifts = (offers: readonly Offer[]): Offer[] => offers.filter((each) => each.pricePoints !== null)
