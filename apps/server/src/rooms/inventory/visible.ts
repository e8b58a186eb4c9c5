import { refuse } from '#kernel/problem'
import { documentMissing } from './problems.ts'

/** The document, for a reader who sees one of its stores (null: every store). */
export function visible<D extends { storeId: string; toStoreId: string | null }>(
  document: D,
  scope: readonly string[] | null,
): D {
  const stores = [document.storeId, document.toStoreId]
  if (scope && !stores.some((store) => store !== null && scope.includes(store))) refuse(documentMissing)
  return document
}
