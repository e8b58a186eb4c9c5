/** What is wrong with a period, seen from now; null when nothing is. */
export function periodFault(
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date | null },
  now: Date,
): string | null {
  if (Number.isNaN(startsAt.getTime()) || (endsAt && Number.isNaN(endsAt.getTime()))) return 'no_such_instant'
  if (endsAt && endsAt <= startsAt) return 'ends_before_start'
  return endsAt && endsAt <= now ? 'over_already' : null
}
