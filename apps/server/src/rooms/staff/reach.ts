import { ROLE_NAMES } from '@linli/contract/staff'

export type RoleName = (typeof ROLE_NAMES)[number]
/** What a person is here and where: null stores means every store. */
export interface Post {
  role: string
  storeIds: readonly string[] | null
}

const GRANTABLE: Readonly<Record<string, readonly RoleName[]>> = {
  hq: ROLE_NAMES,
  manager: ['clerk', 'picker'],
}

/** Roles that somebody with this role may give and take. */
export const grantable = (role: string): readonly RoleName[] => GRANTABLE[role] ?? []

/** May see the account: head office every one, the others whoever shares a store with them. */
export const sees = (actor: Post, post: Post): boolean =>
  actor.storeIds === null || (post.storeIds ?? []).some((id) => actor.storeIds?.includes(id))

/**
 * May change the account. A manager looks after clerks and pickers who work in the manager's stores and nowhere else, so that nobody in one
 * store decides about another.
 */
export const looksAfter = (actor: Post, post: Post): boolean =>
  grantable(actor.role).some((role) => role === post.role) &&
  (actor.storeIds === null || (post.storeIds?.every((id) => actor.storeIds?.includes(id)) ?? false))

/** Head office has every store and therefore names none; everybody else has at least one. */
export const storesFit = (role: RoleName, storeIds: readonly string[]): boolean =>
  (role === 'hq') === (storeIds.length === 0)
