import { GOODS } from '../apps/server/test/fixtures.ts'
import type { Partner } from './partners.ts'

/** Goods that the ERP counts, by barcode; nobody of ours counts them by hand. */
export const COUNTED: readonly string[] = [GOODS[2], GOODS[4]].flatMap((good) => good?.barcode ?? [])
/** The store whose stock it tells, and its own word for it. */
export const COUNTED_STORE = 'S01'
export const STORE_CODE = 'A'
export const SOURCE = 'erp'

/** A change or a count of one shelf, as the ERP has it in its own book. */
export type ErpEvent = { seq: number; at: string; goods: string } & ({ count: number } | { change: number })
/** A full list, as the ERP has it. */
export interface ErpList {
  key: string
  asOf: string
  rows: { goods: string; count: number }[]
  isClosed: boolean
}
/** Another system that counts: what it says is in its book before it is told, and stays there. */
export interface Erp {
  partner: Partner
  events: ErpEvent[]
  lists: ErpList[]
  /** Numbers that were answered. */
  told: Set<number>
}
