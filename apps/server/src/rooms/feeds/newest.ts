import type { FactKey, FactName, Newest } from './newest.sql.ts'

/** Where a word stands: an event by its number, a full list by its moment. */
export interface Place {
  seq: number | null
  at: Date
}
const keyOf = ({ fact, storeId, skuId }: FactKey): string => `${fact} ${storeId} ${skuId}`

/**
 * What the newest word on each fact is, as words come in: of events the one with the higher number, of full lists the later one, and of an event and a
 * list the one whose moment is later. So the end is the same for any order.
 */
export function newestBook(known: readonly Newest[]) {
  const book = new Map(known.map((each) => [keyOf(each), each]))
  const changed = new Map<string, Newest>()
  return {
    /** Is this word the newest on the fact? */
    isNewest(key: FactKey, { seq, at }: Place): boolean {
      const before = book.get(keyOf(key))
      if (!before) return true
      if (before.listedAt !== null && at <= before.listedAt) return false
      return seq === null ? before.at === null || at > before.at : before.seq === null || seq > before.seq
    },
    /** It was taken in. */
    note(key: FactKey, { seq, at }: Place): void {
      const before = book.get(keyOf(key))
      const after: Newest =
        seq === null
          ? { ...key, listedAt: at, seq: before?.seq ?? null, at: before?.at ?? null }
          : { ...key, listedAt: before?.listedAt ?? null, seq, at }
      book.set(keyOf(key), after)
      changed.set(keyOf(key), after)
    },
    changed: (): Newest[] => [...changed.values()],
  }
}
export type NewestBook = ReturnType<typeof newestBook>

/** Those of the said facts that are the newest word. */
export function newestOf<F extends FactName>(
  book: NewestBook,
  facts: readonly F[],
  where: Omit<FactKey, 'fact'>,
  place: Place,
): F[] {
  return facts.filter((fact) => book.isNewest({ ...where, fact }, place))
}
