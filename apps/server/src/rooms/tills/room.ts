import type { Ctx } from '#kernel/ctx'
import { refuse } from '#kernel/problem'
import type { Catalog } from '#room/catalog'
import type { Coupons } from '#room/coupons'
import type { Inventory } from '#room/inventory'
import type { Ledgers } from '#room/ledgers'
import type { Members } from '#room/members'
import type { Pricing } from '#room/pricing'
import type { Staff } from '#room/staff'
import type { Stores } from '#room/stores'
import type { Tiers } from '#room/tiers'
import type { Answer, Command } from './commands.ts'
import type { DeskSale, Txn } from './view.ts'

export interface TillDeps {
  stores: Pick<Stores, 'require'>
  staff: Pick<Staff, 'audit' | 'desk' | 'requireScope' | 'scopeOf'>
  catalog: Pick<Catalog, 'skuOf' | 'sellable'>
  inventory: Pick<Inventory, 'desk'>
  coupons: Pick<Coupons, 'desk' | 'usable' | 'held' | 'tillOffers'>
  members: Pick<Members, 'atDesk' | 'standingOf' | 'identify' | 'cards' | 'cardKeys' | 'sign'>
  ledgers: Pick<Ledgers, 'desk' | 'usablePoints' | 'usableFrom'>
  pricing: Pick<Pricing, 'priceTill' | 'earnedAtTill' | 'worthAtTill'>
  tiers: Pick<Tiers, 'countFrom'>
}
export interface Room extends TillDeps {
  ctx: Ctx
  submit(command: Command): Promise<Answer>
  /** A transaction as it stands, locking nothing. */
  find(txn: Txn): Promise<DeskSale | undefined>
}

/** The transaction that a command was answered with, or its refusal. */
export function saleOf(answer: Answer): DeskSale {
  if (answer.kind === 'refused') return refuse(answer.problem, answer.data)
  if (answer.kind !== 'sale') throw new Error(`a transaction was answered ${answer.kind}`)
  return answer.sale
}

export interface Goods {
  skuId: string | null
  categoryId: string | null
  known: boolean
}
/** What is behind a barcode. */
export function goodsOf({ catalog }: Pick<Room, 'catalog'>, barcode: string): Goods {
  const sku = catalog.skuOf(barcode)
  return { skuId: sku?.skuId ?? null, categoryId: sku?.categoryId ?? null, known: sku !== undefined }
}
