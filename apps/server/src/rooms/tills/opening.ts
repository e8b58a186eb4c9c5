import type { RecordSale } from './commands.ts'
import type { DeskSale, Fold, NewConflict } from './view.ts'

/** Opens conflicts with the ids that the command brought. */
export function conflictsOf(
  fold: Fold,
  sale: DeskSale,
  { conflictIds, at }: Pick<RecordSale, 'conflictIds' | 'at'>,
) {
  const kinds: string[] = []
  return {
    kinds,
    open(kind: NewConflict['kind'], key: string, detail: NewConflict['detail'], amountFen = 0): void {
      const id = conflictIds[kinds.length]
      if (id === undefined) throw new Error(`an id for conflict ${kinds.length + 1} of ${sale.posTxnId}`)
      kinds.push(kind)
      const { id: tillId, storeId } = sale
      fold.writes.conflicts.push({ id, tillId, storeId, kind, key, detail, amountFen, at })
    },
  }
}
export type Conflicts = ReturnType<typeof conflictsOf>
