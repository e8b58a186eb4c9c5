/** One SKU in one store. */
export interface LevelKey {
  storeId: string
  skuId: string
}
export interface Level extends LevelKey {
  onHand: number
  reserved: number
  safety: number
  activityLocked: number
  /** Presumed past their date: on hand, not for sale (docs/adr/0012). */
  expired: number
  /** Kept back while the counts of the store are too old (docs/adr/0025). */
  buffer: number
}

export const levelKey = ({ storeId, skuId }: LevelKey): string => `${storeId} ${skuId}`

/** What may still be promised; below zero when safety was raised over what was sold already. In SQL: `free_of`. */
export const freeOf = ({
  onHand,
  reserved,
  safety,
  activityLocked,
  expired,
  buffer,
}: Omit<Level, keyof LevelKey>): number => onHand - reserved - safety - activityLocked - expired - buffer

/** Store, then SKU: the order in which everybody locks levels. */
export const byLevelKey = (a: LevelKey, b: LevelKey): number =>
  a.storeId < b.storeId ? -1 : a.storeId > b.storeId ? 1 : a.skuId < b.skuId ? -1 : a.skuId > b.skuId ? 1 : 0
