import { secondsAfter } from '#kernel/clock'
import type { Ctx } from '#kernel/ctx'
import { inTx } from '#kernel/db'
import { refuse } from '#kernel/problem'
import * as sql from './access-token.sql.ts'
import { loginUnavailable } from './problems.ts'

export interface FreshToken {
  value: string
  lifeSeconds: number
}

/** WeChat's access token: one for all processes, kept sealed in the database, fetched by one caller at a time. */
export interface AccessToken {
  current(): Promise<string>
  /** Another token than this one, which WeChat no longer accepts. */
  renew(stale: string): Promise<string>
}

interface Held {
  value: string
  expiresAt: Date
}

const MARGIN_SECONDS = 60
/** WeChat allows 20 forced renewals a day, half a minute apart. */
const FORCE_APART_SECONDS = 60

export function createAccessToken(
  { config, clock, db, secrets }: Pick<Ctx, 'config' | 'clock' | 'db' | 'secrets'>,
  fetchToken: (force: boolean) => Promise<FreshToken>,
): AccessToken {
  const name = `wechat:${config.wechat.appId}`
  let held: Held | undefined
  let flight: Promise<string> | undefined
  let forcedAt: Date | undefined

  const usable = (token: Held | undefined, stale?: string) =>
    token && token.value !== stale && token.expiresAt > secondsAfter(clock.now(), MARGIN_SECONDS)
      ? token
      : undefined

  async function stored(): Promise<Held | undefined> {
    const row = await sql.readToken(db, name)
    return row && { value: secrets.open(row.sealed, name), expiresAt: row.expiresAt }
  }

  async function fetched(stale: string | undefined): Promise<Held> {
    let fresh = await fetchToken(false)
    // The usual way gives the same token back until it is nearly over. If that is the one WeChat refused, only force helps.
    if (fresh.value === stale) {
      const now = clock.now()
      if (forcedAt && now < secondsAfter(forcedAt, FORCE_APART_SECONDS)) refuse(loginUnavailable)
      forcedAt = now
      fresh = await fetchToken(true)
    }
    const token = { value: fresh.value, expiresAt: secondsAfter(clock.now(), fresh.lifeSeconds) }
    await inTx(db, (tx) =>
      sql.keepToken(tx, { name, sealed: secrets.seal(token.value, name), expiresAt: token.expiresAt }),
    )
    return token
  }

  // A storm of callers with a dead token makes one request: all others wait for its answer.
  function obtain(stale?: string): Promise<string> {
    flight ??= (async () => {
      held = usable(await stored(), stale) ?? (await fetched(stale))
      return held.value
    })().finally(() => {
      flight = undefined
    })
    return flight
  }

  return {
    current: async () => usable(held)?.value ?? obtain(),
    async renew(stale) {
      const other = usable(held, stale)?.value ?? (await obtain(stale))
      // The flight that was joined may have been for somebody who did not know yet.
      return other === stale ? obtain(stale) : other
    },
  }
}
