import type { Chain } from './chain.ts'

/** Tokens of shoppers that signed in as a shopper does: paying needs an openid. */
export async function realMembers(chain: Chain, count: number): Promise<string[]> {
  const tokens: string[] = []
  const post = async <T>(url: string, body: unknown): Promise<T> => {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  for (let i = 1; i <= count; i++) {
    const shopper = `shopper-${String(i).padStart(4, '0')}`
    const { code } = await post<{ code: string }>(`${chain.sandbox}/_sim/login`, { shopper })
    const { token } = await post<{ token: string }>(`${chain.origins[0]}/v1/sessions`, { code })
    tokens.push(token)
  }
  return tokens
}
