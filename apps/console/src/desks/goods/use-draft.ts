import { useEffect, useState } from 'react'

import { useStaff } from '../../session.ts'
import { draftKey, dropDraft, keepDraft, readDraft } from './draft.ts'
import { countChanges, formOf, type GoodsForm, type Product } from './form.ts'
import { mergeForms, type Clash } from './merge.ts'

interface Typing {
  /** The product that the fields are compared with and saved against. */
  base: Product
  form: GoodsForm
  clashes: Clash[]
  keptAt?: number
}

// A draft that began from an older version is put together with what others saved since.
const begin = (product: Product, key: string): Typing => {
  const kept = readDraft(key)
  const now = formOf(product)
  if (!kept) return { base: product, form: now, clashes: [] }
  return { base: product, ...mergeForms(kept.base, now, kept.form), keptAt: kept.savedAt }
}

// Theirs and mine together. Fields that only one of us touched are settled; the others are named.
const meet = (typing: Typing, latest: Product): Typing => ({
  ...typing,
  base: latest,
  ...mergeForms(formOf(typing.base), formOf(latest), typing.form),
})

/**
 * What is typed into a product's fields. It is kept as a draft at every change, survives a reload, and takes in what others
 * save in the meantime without losing a letter.
 */
export const useDraft = (product: Product) => {
  const key = draftKey(useStaff()?.id ?? '', product.id)
  const [typing, setTyping] = useState(() => begin(product, key))
  const { base, form, clashes } = typing
  const changes = countChanges(base, form)

  // A newer copy arrived, by a refused save or by itself.
  useEffect(() => setTyping((now) => (now.base === product ? now : meet(now, product))), [product])
  useEffect(() => {
    if (changes === 0) return dropDraft(key)
    const savedAt = Date.now()
    keepDraft(key, { savedAt, base: formOf(base), form })
    setTyping((now) => ({ ...now, keptAt: savedAt }))
  }, [key, base, form, changes])

  return {
    ...typing,
    changes,
    change: (part: Partial<GoodsForm>) => setTyping((now) => ({ ...now, form: { ...now.form, ...part } })),
    /** Gives up what was typed. */
    reset: (to: Product) => setTyping({ base: to, form: formOf(to), clashes: [] }),
    keepMine: () => setTyping((now) => ({ ...now, clashes: [] })),
    takeTheirs: () => {
      const theirs = formOf(base)
      const taken = Object.fromEntries(clashes.map(({ field }) => [field, theirs[field]]))
      setTyping((now) => ({ ...now, form: { ...now.form, ...taken }, clashes: [] }))
    },
  }
}
