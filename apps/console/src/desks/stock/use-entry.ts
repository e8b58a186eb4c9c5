import { useEffect, useState } from 'react'

import { emptyDraft, type Draft, type EntryKind } from './entry-model.ts'

const keyOf = (kind: EntryKind) => `linli.console.stock.${kind}`

const stored = (kind: EntryKind): Draft | undefined => {
  try {
    const text = localStorage.getItem(keyOf(kind))
    const draft = text ? (JSON.parse(text) as Draft) : undefined
    return draft && Array.isArray(draft.lines) ? draft : undefined
  } catch {
    return undefined
  }
}

/** Lays a draft down, e.g. from another page, for the form to take up. */
export const keepDraft = (kind: EntryKind, draft: Draft): void => {
  try {
    localStorage.setItem(keyOf(kind), JSON.stringify(draft))
  } catch {
    // A full or forbidden store costs the draft only when the page is closed.
  }
}

/** A document being written. It stays in this browser until it is posted: a closed tab loses nothing. */
export const useEntry = (kind: EntryKind, storeId: string | undefined) => {
  const [draft, setDraft] = useState<Draft>(() => ({ ...emptyDraft(storeId), ...stored(kind) }))
  // One key per content: pressing twice, or again after a lost answer, books once.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID())
  // The store on top of the page leads, until lines are there that belong to another.
  const store = draft.lines.length > 0 ? draft.storeId : (storeId ?? draft.storeId)
  useEffect(() => {
    if (draft.lines.length > 0 || draft.note || draft.supplier) keepDraft(kind, draft)
    else localStorage.removeItem(keyOf(kind))
  }, [kind, draft])
  const change = (part: Partial<Draft> | ((now: Draft) => Partial<Draft>)) => {
    setDraft((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) }))
    setKey(crypto.randomUUID())
  }
  const clear = () => {
    localStorage.removeItem(keyOf(kind))
    setDraft(emptyDraft(store))
    setKey(crypto.randomUUID())
  }
  return { draft: { ...draft, storeId: store }, change, clear, idempotencyKey }
}
