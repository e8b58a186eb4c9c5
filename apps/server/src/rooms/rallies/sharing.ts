import type { ShareOffTerms } from '@linli/contract/campaign-rallies'
import type { Static } from 'typebox'
import { isSamePerson, type Person } from './helping.ts'

// Whether a friend who opened what somebody passed on can count for them. Pure.

/** Somebody opened what a member shared. */
export interface Opening {
  sharer: Person
  friend: Person
  /** The friend had bought something before. */
  boughtBefore: boolean
  /** Of this campaign: friends whom anybody brought before and who may be the same person. */
  brought: readonly Person[]
  /** Friends of this sharer who count already. */
  counted: number
}
export type OpeningRefusal = 'own' | 'brought_before' | 'not_new' | 'enough'

/** Why somebody who opened a share cannot count for whoever shared it; undefined when they can, if they do what the terms ask. */
export function refuseOpening(
  { sharer, friend, boughtBefore, brought, counted }: Opening,
  { newOnly, mostEach }: Pick<Static<typeof ShareOffTerms>, 'newOnly' | 'mostEach'>,
): OpeningRefusal | undefined {
  if (isSamePerson(sharer, friend)) return 'own'
  if (brought.some((each) => isSamePerson(each, friend))) return 'brought_before'
  if (newOnly && boughtBefore) return 'not_new'
  return counted >= mostEach ? 'enough' : undefined
}
