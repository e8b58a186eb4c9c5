import type pg from 'pg'
import { createDesk, type Desk } from '#kernel/desk'
import { freeOf, type InventoryDesk, levelKey, type LevelKey, stockShort } from '#room/inventory'
import { type Answer, refused } from './commands.ts'
import { answerRepeat } from './decide-place.ts'
import { readKeys } from './desk.sql.ts'
import { shortOf, type StockLine, stockOf } from './stock-lines.ts'
import { emptyView, memberKey, noWrites, type View } from './view.ts'

/** A placement seen from the side: was it made before, and could it be made now? */
export interface Look {
  memberId: string
  key: string
  bodyHash: string
  storeId: string
  /** Nothing to look up when the placement is refused anyhow. */
  lines: readonly StockLine[]
}
/** `open`: not seen before, and nothing speaks against it. Only the order desk can place it. */
export type Seen = Answer | { kind: 'open' }

function judge(view: View, { memberId, key, bodyHash, storeId, lines }: Look): Seen {
  const repeat = answerRepeat({ view, writes: noWrites() }, memberId, key, bodyHash)
  if (repeat) return repeat
  const short = shortOf(lines, (skuId) => {
    const level = view.levels.get(levelKey({ storeId, skuId }))
    return level ? freeOf(level) : 0
  })
  if (short) return refused(stockShort, { ...short })
  return { kind: 'open' }
}

/**
 * A desk that locks nothing. Once a SKU is sold out, thousands ask for it: their keys must still be checked (a repeat gets its first answer), and the
 * level is read as it is committed, so that a refusal is never older than this question.
 */
export const createLookDesk = (pool: pg.Pool, inventory: { desk: InventoryDesk }): Desk<Look, Seen> =>
  createDesk<Look, View, Seen, never>(pool, {
    async load(client, looks) {
      const view = emptyView()
      const levelKeys: LevelKey[] = looks.flatMap(({ storeId, lines }) =>
        stockOf(lines).map(({ skuId }) => ({ storeId, skuId })),
      )
      const [levels, keys] = await Promise.all([
        inventory.desk.readLevels(client, levelKeys),
        readKeys(client, looks),
      ])
      for (const level of levels) view.levels.set(levelKey(level), level)
      for (const { memberId, key, bodyHash, ...order } of keys)
        view.keys.set(memberKey(memberId, key), { order, bodyHash })
      return view
    },
    decide: (view, looks) => ({ answers: looks.map((look) => judge(view, look)), writes: undefined }),
    write: () => [],
  })

/** SKUs that the desk saw with nothing left. A hint that costs a detour when it is wrong, never a sale. */
export interface SoldOut {
  has(storeId: string, lines: readonly { skuId: string }[]): boolean
  note(view: View): void
  forget(storeId: string, lines: readonly { skuId: string }[]): void
}
export function createSoldOut(): SoldOut {
  const none = new Set<string>()
  return {
    has: (storeId, lines) => lines.some(({ skuId }) => none.has(levelKey({ storeId, skuId }))),
    note(view) {
      for (const [key, level] of view.levels)
        if (freeOf(level) <= 0) none.add(key)
        else none.delete(key)
    },
    forget(storeId, lines) {
      for (const { skuId } of lines) none.delete(levelKey({ storeId, skuId }))
    },
  }
}
