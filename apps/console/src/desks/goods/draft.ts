import type { GoodsForm } from './form.ts'

/** What was typed and not saved, kept in this browser so that a closed tab loses nothing. */
export interface Draft {
  /** The product version that the typing began from. */
  version: number
  savedAt: number
  /** The fields as they were before the typing, to merge with what others saved meanwhile. */
  base: GoodsForm
  form: GoodsForm
}

const keyOf = (productId: string) => `linli.console.draft.${productId}`

/** The kept draft of a product, if there is one that can be read. */
export const readDraft = (productId: string): Draft | undefined => {
  try {
    const kept = localStorage.getItem(keyOf(productId))
    return kept ? (JSON.parse(kept) as Draft) : undefined
  } catch {
    return undefined
  }
}

/** Keeps what is typed. */
export const keepDraft = (productId: string, draft: Draft): void =>
  localStorage.setItem(keyOf(productId), JSON.stringify(draft))

/** Forgets a draft once it is saved or given up. */
export const dropDraft = (productId: string): void => localStorage.removeItem(keyOf(productId))
