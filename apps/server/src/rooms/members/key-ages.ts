import { secondsAfter } from '#kernel/clock'

const DAY = 86_400
/** A key signs for a quarter; the next is published two days before it takes over; what the old one signed is good for a month more. */
const SIGNS_SECONDS = 90 * DAY
const PUBLISHED_SECONDS = 2 * DAY
const GOOD_AFTER_SECONDS = 30 * DAY

interface KeyAge {
  id: string
  signsFrom: Date
  retiredAt: Date | null
}
/** What is due with the chain's keys: the next one, if any, and which are retired. `keys` begins with the one that signs last. */
export function dueKeys(
  keys: readonly KeyAge[],
  now: Date,
): { next: { signsFrom: Date } | null; retire: string[] } {
  const live = keys.filter(({ retiredAt }) => retiredAt === null)
  const [last] = live
  const retire = live
    .slice(1)
    .filter((_, i) => {
      const successor = live[i]
      return successor !== undefined && secondsAfter(successor.signsFrom, GOOD_AFTER_SECONDS) <= now
    })
    .map(({ id }) => id)
  if (!last) return { next: { signsFrom: now }, retire }
  const handsOver = secondsAfter(last.signsFrom, SIGNS_SECONDS)
  const published = secondsAfter(now, PUBLISHED_SECONDS)
  return { next: handsOver <= published ? { signsFrom: published } : null, retire }
}
