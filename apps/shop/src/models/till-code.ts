/** A new code is asked for while the old one still holds for so long: who is being scanned is not overtaken. */
export const RENEW_EARLY_S = 60
/** How often a coupon on show is looked at: the till uses it meanwhile. */
export const SHOWN_COUPON_MS = 3000

/** `4 分 05 秒`, `38 秒`: how long what is shown still holds. */
export function holdsFor(secondsLeft: number): string {
  const minutes = Math.floor(secondsLeft / 60)
  const seconds = secondsLeft % 60
  return minutes > 0 ? `${minutes} 分 ${String(seconds).padStart(2, '0')} 秒` : `${seconds} 秒`
}
