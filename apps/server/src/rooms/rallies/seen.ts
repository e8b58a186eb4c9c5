import { secondsAfter } from '#kernel/clock'
import type { Secrets } from '#kernel/secrets'

const PURPOSE = 'rally-seen'
const GOOD_SECONDS = 1800

export interface Seen {
  rallyId: string
  memberId: string
}

/** Says that we showed a rally, its goods and its rules, to this member now: what they bring when they help. */
export function signSeen(secrets: Pick<Secrets, 'sign'>, { rallyId, memberId }: Seen, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return `${seconds}.${secrets.sign(PURPOSE, `${rallyId} ${memberId} ${seconds}`)}`
}

/** Did we show this rally to this member within the last half hour? What was said to somebody else, or of something else, does not count. */
export function hasSeen(
  secrets: Pick<Secrets, 'signatureFits'>,
  note: string,
  { rallyId, memberId }: Seen,
  now: Date,
): boolean {
  const [, seconds = '', signature = ''] = /^(\d{1,11})\.([\w-]+)$/.exec(note) ?? []
  if (seconds === '' || !secrets.signatureFits(PURPOSE, `${rallyId} ${memberId} ${seconds}`, signature))
    return false
  const at = new Date(Number(seconds) * 1000)
  return at <= now && now < secondsAfter(at, GOOD_SECONDS)
}
