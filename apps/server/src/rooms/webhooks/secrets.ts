import type { Ctx } from '#kernel/ctx'
import type { Endpoint, Secrets } from './endpoints.sql.ts'

export const contextOf = (id: string): string => `webhook_endpoint:${id}`

/** The secrets that a message is signed with now: the one in force, and the one before while the other side changes over. */
export function secretsOf(
  { secrets, clock }: Pick<Ctx, 'secrets' | 'clock'>,
  endpoint: Endpoint & Secrets,
): string[] {
  const { id, secretSealed, beforeSealed, beforeUntil } = endpoint
  const live = [secrets.open(secretSealed, contextOf(id))]
  if (beforeSealed && beforeUntil && beforeUntil > clock.now())
    live.push(secrets.open(beforeSealed, contextOf(id)))
  return live
}
