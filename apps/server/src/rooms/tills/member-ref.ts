import type { PartnerActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import { memberRefWrong } from './problems.ts'

// A till never names a member by itself: it hands back what we said when their card was read. So nobody's coupons and points are touched without them.
const PURPOSE = 'till-member'
/** As long as a customer may stand at a till. */
const VALID_S = 1800

type Kept = Pick<Ctx, 'secrets' | 'clock'>

/** Says, signed, that this member showed their card at a till of this partner now. */
export function memberRef({ secrets, clock }: Kept, partnerId: string, memberId: string): string {
  const until = Math.floor(secondsAfter(clock.now(), VALID_S).getTime() / 1000)
  const text = `${memberId}.${until.toString(36)}`
  return `${text}.${secrets.sign(PURPOSE, `${partnerId} ${text}`)}`
}

/**
 * The member behind a reference that this partner was given; refuses any other. `late`: a receipt is told of when there is time, so it may be old.
 */
export function memberOf(
  { secrets, clock }: Kept,
  { partnerId }: Pick<PartnerActor, 'partnerId'>,
  ref: string,
  { late = false } = {},
): string {
  const [memberId = '', until = '', signature = ''] = ref.split('.')
  if (!secrets.signatureFits(PURPOSE, `${partnerId} ${memberId}.${until}`, signature)) refuse(memberRefWrong)
  if (!late && Number.parseInt(until, 36) * 1000 <= clock.now().getTime()) refuse(memberRefWrong)
  return memberId
}
