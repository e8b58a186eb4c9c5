import type { GoodsForm } from './form.ts'

/** What was typed and not saved, kept in this browser so that a closed tab loses nothing. */
export interface Draft {
  savedAt: number
  /** The fields as they were before the typing, to merge with what others saved meanwhile. */
  base: GoodsForm
  form: GoodsForm
}

/** Where one person's draft of one product is kept; the next person at this desk has their own. */
export const draftKey = (staffId: string, productId: string): string =>
  `linli.console.draft.${staffId}.${productId}`

/** The kept draft, if there is one that can be read. */
export const readDraft = (key: string): Draft | undefined => {
  try {
    const kept = localStorage.getItem(key)
    return kept ? (JSON.parse(kept) as Draft) : undefined
  } catch {
    return undefined
  }
}

/** Keeps what is typed. */
export const keepDraft = (key: string, draft: Draft): void => localStorage.setItem(key, JSON.stringify(draft))

/** Forgets a draft once it is saved or given up. */
export const dropDraft = (key: string): void => localStorage.removeItem(key)
