import type { RecordSale } from './commands.ts'
import type { DeskSale, Fold, NewConflict } from './view.ts'

/** Opens conflicts about a receipt, however many there are. */
export function conflictsOf(fold: Fold, sale: DeskSale, { at }: Pick<RecordSale, 'at'>) {
  const kinds: string[] = []
  return {
    kinds,
    open(kind: NewConflict['kind'], key: string, detail: NewConflict['detail'], amountFen = 0): void {
      kinds.push(kind)
      const { id: tillId, storeId } = sale
      fold.writes.conflicts.push({ tillId, storeId, kind, key, detail, amountFen, at })
    },
  }
}
export type Conflicts = ReturnType<typeof conflictsOf>
