import type { Tx } from '#kernel/db'
import type { Placed } from './hearing.ts'
import { listStoreCodes, type Source } from './sources.sql.ts'
import { setToldAt } from './stock.sql.ts'

interface Moment {
  /** Up to when the whole call speaks. */
  asOf: Date | null
  now: Date
  /** Stores that whoever sends may speak of; null: all. */
  storeIds: readonly string[] | null
}

/** A store's stock is known up to the last event about it, and all stores' up to the moment the whole call speaks for. */
export async function keepTold(
  tx: Tx,
  source: Source,
  placed: readonly Placed[],
  { asOf, now, storeIds }: Moment,
): Promise<void> {
  const at = new Map<string, Date>()
  const note = (storeId: string, when: Date) => {
    const until = when > now ? now : when
    const before = at.get(storeId)
    if (!before || until > before) at.set(storeId, until)
  }
  for (const { word, meaning, at: when } of placed)
    if (word.topic === 'stock' && meaning.storeId) note(meaning.storeId, when)
  if (asOf)
    for (const { storeId } of await listStoreCodes(tx, source.id))
      if (!storeIds || storeIds.includes(storeId)) note(storeId, asOf)
  await setToldAt(
    tx,
    source.id,
    [...at].map(([storeId, when]) => ({ storeId, at: when })),
  )
}
