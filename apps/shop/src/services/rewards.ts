import type { Member } from '../models/wire'
import { api, memberSession, troubleFrom } from './api'
import { useLoad } from './load'
import { say } from './toast'
import { useCell } from './watch'

/** What signing in and first steps are worth to whoever is signed in. */
export function useRewards() {
  const owner = useCell(memberSession)?.who.id
  return useLoad(owner ? `rewards.${owner}` : null, () => api('GET /v1/rewards'))
}

const keep = (who: Member): void => {
  const session = memberSession.get()
  if (session) memberSession.set({ ...session, who })
}
/** Binds the number behind WeChat's one-time code; false, and said why, when it did not work. */
export async function bindPhone(code: string): Promise<boolean> {
  try {
    keep(await api('PUT /v1/me/phone', { body: { code } }))
    say('手机号绑好了')
    return true
  } catch (error) {
    say(troubleFrom(error).text)
    return false
  }
}
