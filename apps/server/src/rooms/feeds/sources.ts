import type { consoleFeedRoutes, FeedSource } from '@linli/contract/console-feeds'
import type { Input } from '@linli/contract'
import type { Static } from 'typebox'
import { signature, type StaffActor } from '#kernel/actor'
import { secondsAfter } from '#kernel/clock'
import { inTx, type Tx, violates } from '#kernel/db'
import { newId } from '#kernel/id'
import { refuse } from '#kernel/problem'
import type { AuditedCall } from '#room/staff'
import { listGaps } from './events.sql.ts'
import * as goods from './goods.sql.ts'
import { countGoodsBySource, countOpenFaults } from './overview.sql.ts'
import {
  codeTaken,
  mappingMissing,
  mappingTaken,
  sourceMissing,
  storeTaken,
  termsInvalid,
  versionStale,
} from './problems.ts'
import type { FeedRoom } from './room.ts'
import * as sql from './sources.sql.ts'
import { standingOf } from './staleness.ts'

type Shown = Static<typeof FeedSource>
type Routes = typeof consoleFeedRoutes
type NewSource = Input<Routes['POST /console/v1/feed-sources']>['body']
type Change = Input<Routes['PUT /console/v1/feed-sources/:sourceCode']>['body']
type GoodsItems = Input<Routes['PUT /console/v1/feed-sources/:sourceCode/goods']>['body']['items']

const FAULTS_SECONDS = 30 * 86_400
const GAPS_SHOWN = 100

/** Every source as this person may see it: a store manager sees what concerns their stores. */
export async function listSources(
  room: FeedRoom,
  actor: StaffActor,
): Promise<{ items: Shown[]; asOf: string; folder: boolean }> {
  const { ctx } = room
  const now = ctx.clock.now()
  const storeIds = room.staff.scopeOf(actor)
  const [sources, faults, mapped, buffered] = await Promise.all([
    sql.listSources(ctx.db),
    countOpenFaults(ctx.db, { since: secondsAfter(now, -FAULTS_SECONDS), storeIds }),
    countGoodsBySource(ctx.db),
    room.inventory.doubts.buffered(),
  ])
  const countOf = (counts: typeof faults, id: string) =>
    counts.find(({ sourceId }) => sourceId === id)?.count ?? 0
  const items = await Promise.all(
    sources.map(async (source) => {
      const [stores, categories, gaps] = await Promise.all([
        sql.listStoreCodes(ctx.db, source.id),
        sql.listCategoryCodes(ctx.db, source.id),
        listGaps(ctx.db, source.id),
      ])
      const { id, topAt: _, ...rest } = source
      return {
        ...rest,
        heardAt: source.heardAt?.toISOString() ?? null,
        openFaults: countOf(faults, id),
        goodsMapped: countOf(mapped, id),
        categories,
        gaps: gaps.slice(0, GAPS_SHOWN).map((gap) => ({ ...gap, seenAt: gap.seenAt.toISOString() })),
        stores: stores
          .filter(({ storeId }) => storeIds === null || storeIds.includes(storeId))
          .map(({ toldAt, ...store }) => ({
            ...store,
            toldAt: toldAt?.toISOString() ?? null,
            standing: standingOf(source, toldAt, now),
            since: room.inventory.doubts.of(store.storeId)?.since.toISOString() ?? null,
            buffered: store.stock ? (buffered.get(store.storeId) ?? 0) : 0,
          })),
      }
    }),
  )
  return { items, asOf: now.toISOString(), folder: ctx.config.feedDir !== undefined }
}

export async function showSource(room: FeedRoom, actor: StaffActor, code: string): Promise<Shown> {
  const { items } = await listSources(room, actor)
  return items.find((each) => each.code === code) ?? refuse(sourceMissing)
}

/** Turns what the tables refuse into the refusals of the contract. */
function named(error: unknown): never {
  if (violates(error, 'feed_source_code_key')) refuse(codeTaken)
  if (violates(error, 'feed_store_stock')) refuse(storeTaken)
  if (
    violates(error, 'feed_goods_sku') ||
    violates(error, 'feed_store_pkey') ||
    violates(error, 'feed_store_source_id_store_id_key') ||
    violates(error, 'feed_category_pkey')
  )
    refuse(mappingTaken)
  if (violates(error, 'feed_category_category_id_fkey')) refuse(mappingMissing)
  if (violates(error, 'feed_source_partner_code_fkey')) refuse(mappingMissing, { partnerCode: true })
  throw error
}

const checkTerms = ({ staleMinutes, stopMinutes }: sql.SourceTerms): void =>
  stopMinutes > staleMinutes ? undefined : refuse(termsInvalid)

/** Adds a source; it tells of no store before its codes are mapped. */
export async function addSource(
  room: FeedRoom,
  call: AuditedCall,
  { code, ...values }: NewSource,
): Promise<Shown> {
  checkTerms(values)
  await inTx(room.ctx.db, async (tx) => {
    const id = newId()
    await sql.insertSource(tx, { id, code, values, at: room.ctx.clock.now(), by: signature(call.actor) })
    await room.staff.audit(tx, call, {
      action: 'feeds.source_added',
      subject: `feed_source:${code}`,
      after: values,
    })
  }).catch(named)
  return showSource(room, call.actor, code)
}

/** What is done to one source by one person at a time, in the trail. */
async function changing(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
  {
    action,
    work,
  }: { action: string; work: (tx: Tx, source: sql.Source) => Promise<{ before: unknown; after: unknown }> },
): Promise<void> {
  const { id } = (await sql.findSource(room.ctx.db, code)) ?? refuse(sourceMissing)
  await inTx(room.ctx.db, async (tx) => {
    const source = (await sql.lockSource(tx, id)) ?? refuse(sourceMissing)
    const { before, after } = await work(tx, source)
    await room.staff.audit(tx, call, { action, subject: `feed_source:${code}`, before, after })
  }).catch(named)
}

const valuesOf = (source: sql.SourceValues): sql.SourceValues => ({
  name: source.name,
  kind: source.kind,
  active: source.active,
  partnerCode: source.partnerCode,
  topics: source.topics,
  byBarcode: source.byBarcode,
  priceUnit: source.priceUnit,
  productFacts: source.productFacts,
  staleMinutes: source.staleMinutes,
  stopMinutes: source.stopMinutes,
  widen: source.widen,
  widenBy: source.widenBy,
  fastPerDay: source.fastPerDay,
})

export async function changeSource(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
  { version, ...values }: Change,
): Promise<Shown> {
  checkTerms(values)
  await changing(room, call, code, {
    action: 'feeds.source_changed',
    async work(tx, source) {
      if (!(await sql.updateSource(tx, { id: source.id, version, values }))) refuse(versionStale)
      await putStores(tx, { ...source, ...values }, await sql.listStoreCodes(tx, source.id))
      return { before: valuesOf(source), after: values }
    },
  })
  return showSource(room, call.actor, code)
}

/** A source that is switched off, or tells no stock, leaves the stock of its stores to others. */
async function putStores(
  tx: Tx,
  { id, active, topics }: sql.Source,
  rows: readonly Omit<sql.StoreCode, 'stock'>[],
): Promise<void> {
  const stock = active && topics.includes('stock')
  await sql.dropStoreCodes(tx, id)
  await sql.insertStoreCodes(
    tx,
    id,
    rows.map((row) => ({ ...row, stock })),
  )
}

const pairs = (rows: readonly { code: string; storeId: string }[]) =>
  Object.fromEntries(rows.map(({ code, storeId }) => [code, storeId]))

export async function mapStores(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
  items: readonly { code: string; storeId: string }[],
): Promise<Shown> {
  for (const { storeId } of items) if (!room.stores.find(storeId)) refuse(mappingMissing, { storeId })
  await changing(room, call, code, {
    action: 'feeds.stores_mapped',
    async work(tx, source) {
      const before = await sql.listStoreCodes(tx, source.id)
      const toldAt = new Map(before.map((row) => [row.storeId, row.toldAt]))
      await putStores(
        tx,
        source,
        items.map((item) => ({ ...item, toldAt: toldAt.get(item.storeId) ?? null })),
      )
      return { before: pairs(before), after: pairs(items) }
    },
  })
  return showSource(room, call.actor, code)
}

export async function mapCategories(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
  items: readonly sql.CategoryCode[],
): Promise<Shown> {
  await changing(room, call, code, {
    action: 'feeds.categories_mapped',
    async work(tx, source) {
      const before = await sql.listCategoryCodes(tx, source.id)
      await sql.dropCategoryCodes(tx, source.id)
      await sql.insertCategoryCodes(tx, source.id, items)
      const said = (rows: readonly sql.CategoryCode[]) =>
        Object.fromEntries(rows.map((row) => [row.code, row.categoryId]))
      return { before: said(before), after: said(items) }
    },
  })
  return showSource(room, call.actor, code)
}

export async function listGoods(
  { ctx: { db } }: FeedRoom,
  code: string,
  { q, page = 1, limit = 20 }: { q?: string; page?: number; limit?: number },
) {
  const { id } = (await sql.findSource(db, code)) ?? refuse(sourceMissing)
  const words = q?.trim() || undefined
  const [rows, total] = await Promise.all([
    goods.listGoodsCodes(db, id, { q: words, limit, offset: (page - 1) * limit }),
    goods.countGoodsCodes(db, id, words),
  ])
  return { items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), total }
}

/** Says what goods codes mean, by our barcodes; all of them or none. */
export async function mapGoods(
  room: FeedRoom,
  call: AuditedCall,
  code: string,
  items: GoodsItems,
): Promise<{ set: number; dropped: number }> {
  const wanted = items.flatMap((item) => (item.barcode === null ? [] : [{ ...item, barcode: item.barcode }]))
  const skus = new Map(
    (
      await goods.findBarcodes(
        room.ctx.db,
        wanted.map(({ barcode }) => barcode),
      )
    ).map((row) => [row.barcode, row.skuId]),
  )
  const rows = wanted.map(({ code: goodsCode, barcode, times = 1, per = 1 }) => ({
    code: goodsCode,
    skuId: skus.get(barcode) ?? refuse(mappingMissing, { barcode }),
    times,
    per,
  }))
  if (new Set(items.map((item) => item.code)).size < items.length) refuse(mappingTaken)
  let dropped = 0
  await changing(room, call, code, {
    action: 'feeds.goods_mapped',
    async work(tx, source) {
      for (const item of items)
        if (item.barcode === null && (await goods.dropGoodsCode(tx, source.id, item.code))) dropped++
      const stamp = { by: signature(call.actor), at: room.ctx.clock.now() }
      await goods.putGoodsCodes(tx, source.id, rows, stamp)
      return {
        before: null,
        after: { set: rows.length, dropped, codes: items.slice(0, 20).map((item) => item.code) },
      }
    },
  })
  return { set: rows.length, dropped }
}
