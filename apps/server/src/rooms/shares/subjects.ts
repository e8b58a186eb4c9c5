import type { Subject as SubjectName } from '@linli/contract/shares'
import type { Static } from 'typebox'
import type { Catalog } from '#room/catalog'
import type { Stores } from '#room/stores'

export type SubjectRef = Static<typeof SubjectName>

/** What a card and a poster show of something that is passed on. */
export interface Described {
  /** What it is called. */
  name: string
  /** One line below it, or nothing. */
  note: string
  /** Of a picture in the catalogue. */
  pictureId: string | null
  /** Null where there is no one price. */
  price: {
    fen: number
    unit: string
    /** Struck through, with the words that say what it is; null where the price history does not bear one out. */
    base: { fen: number; words: string } | null
    /** Why it is lower, in a few letters. */
    tag: string | null
  } | null
  /** What a message to friends says, where name and price do not say it. */
  title?: string
}
/** Describes one kind of things in a store; undefined for what cannot be passed on there now. */
export type Describe = (storeId: string, id: string) => Described | undefined | Promise<Described | undefined>

/** Kinds of things that can be passed on. Other rooms add theirs at the start. */
export function createSubjects({
  stores,
  catalog,
}: {
  stores: Pick<Stores, 'find'>
  catalog: Pick<Catalog, 'card'>
}) {
  const kinds = new Map<string, Describe>([
    [
      'product',
      (storeId, id) => {
        const card = catalog.card(storeId, id)
        if (!card || card.id !== id) return undefined
        return {
          name: card.name,
          note: card.subtitle,
          pictureId: card.picture?.id ?? null,
          price: {
            fen: card.priceFen,
            unit: card.unit,
            base: card.basePriceFen === null ? null : { fen: card.basePriceFen, words: '前 7 天最低价' },
            tag: card.onlineOnlyPrice ? '线上专享' : null,
          },
        }
      },
    ],
    [
      'store',
      (storeId, id) => {
        const store = stores.find(id)
        if (!store || id !== storeId) return undefined
        return { name: store.name, note: store.address, pictureId: null, price: null }
      },
    ],
  ])
  return {
    add(kind: string, describe: Describe): void {
      if (kinds.has(kind)) throw new Error(`two rooms describe shares of ${kind}`)
      kinds.set(kind, describe)
    },
    describe: async (storeId: string, { kind, id }: SubjectRef): Promise<Described | undefined> =>
      kinds.get(kind)?.(storeId, id),
  }
}
export type Subjects = ReturnType<typeof createSubjects>
