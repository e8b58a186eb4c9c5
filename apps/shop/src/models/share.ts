import type { Landing, Subject } from './wire.ts'

const KEY = /^[A-Za-z0-9]{12}$/
/** The key of a share in an address; WeChat and people put other things there too. */
export const shareKeyOf = (text: string | null): string | null =>
  text !== null && KEY.test(text) ? text : null
/** The key of a share that a 小程序码 carries, or null: guides' codes carry others. */
export const shareKeyOfScene = (scene: string | null): string | null =>
  scene !== null && scene.startsWith('s.') ? shareKeyOf(scene.slice(2)) : null

/** Pages that something which is passed on may lead to, and what their address says. */
export interface Place {
  page:
    | 'product'
    | 'group'
    | 'rally'
    | 'invite'
    | 'flash'
    | 'friendsCampaign'
    | 'presales'
    | 'boxOffer'
    | 'home'
  query: Record<string, string>
}
export const HOME: Place = { page: 'home', query: {} }
const PAGE_OF: Readonly<Record<string, Place['page']>> = {
  product: 'product',
  group: 'group',
  rally: 'rally',
  invite: 'invite',
}
/** Where something that was passed on is. The set of things is open: what this version does not know opens the store's home page. */
export function placeOf({ kind, id }: Subject): Place {
  const page = PAGE_OF[kind]
  return page ? { page, query: { id } } : HOME
}

/** What follows the question mark of an address that carries a share; without a key only what the page needs. */
export function queryText(query: Record<string, string>, key: string | null): string {
  const all = key === null ? query : { ...query, s: key }
  return Object.keys(all)
    .map((name) => `${name}=${encodeURIComponent(all[name] ?? '')}`)
    .join('&')
}
/** An address of a page that carries a share; without a key it is only the page. */
export function addressWith(page: string, query: Record<string, string>, key: string | null): string {
  const said = queryText(query, key)
  return said === '' ? page : `${page}?${said}`
}

const DAY_MS = 86_400_000
/** Longer than anything is put down to a share. */
const FRESH_MS = 30 * DAY_MS
export interface SeenShare {
  key: string
  kind: string
  id: string
  at: number
}
/** Who is not signed in has no share of their own: they hand on the one by which they came to the same thing. */
export const handedOn = (seen: SeenShare | null, { kind, id }: Subject, now: number): string | null =>
  seen && seen.kind === kind && seen.id === id && now - seen.at < FRESH_MS ? seen.key : null

/** What is said when a share opens another store than the one that was open; null when it is the same, or the first. */
export const storeChanged = (
  before: { storeId: string } | null,
  { storeId, storeName }: Landing,
): string | null =>
  before && before.storeId !== storeId ? `朋友分享的是${storeName}的，已经切到这家店` : null
