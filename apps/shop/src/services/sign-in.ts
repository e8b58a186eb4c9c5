import { api, memberSession, troubleFrom } from './api'
import { wechatCode } from './wechat'
import { say } from './toast'

let pending: Promise<boolean> | null = null

/** Makes sure that a member is signed in; false when the shopper would rather not. Browsing never asks. */
export function ensureMember(): Promise<boolean> {
  if (memberSession.get()) return Promise.resolve(true)
  pending ??= signIn().finally(() => {
    pending = null
  })
  return pending
}

async function signIn(): Promise<boolean> {
  try {
    const code = await wechatCode()
    if (code === null) return false
    const { token, member } = await api('POST /v1/sessions', { body: { code } })
    memberSession.set({ token, who: member })
    return true
  } catch (error) {
    say(troubleFrom(error).text)
    return false
  }
}

/** Signs out here and on the server; here even when the server cannot be reached. */
export async function signOut(): Promise<void> {
  const gone = api('DELETE /v1/sessions/current')
  memberSession.set(null)
  await gone.catch(() => undefined)
}
