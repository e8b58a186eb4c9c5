import type { Tx } from '#kernel/db'
import type { Told } from '#room/inventory'
import type { FeedRoom } from './room.ts'
import type { Source } from './sources.sql.ts'
import * as sql from './stock.sql.ts'
import type { LevelOf, Standing } from './stock.sql.ts'

export const keyOf = ({ storeId, skuId }: LevelOf): string => `${storeId} ${skuId}`
/** The parts of a level's name, each level once. */
export const levelsIn = <L extends LevelOf>(rows: readonly L[]): L[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
]

/** A change of a level that we had not heard of. */
export interface Fresh extends LevelOf {
  pieces: number
  at: Date
}
export interface Taken {
  standings: ReadonlyMap<string, Standing>
  told: ReadonlyMap<string, Told>
}

/** Makes our levels what the source says of them, all in all. */
export async function takeStock(
  tx: Tx,
  { inventory }: FeedRoom,
  source: Source,
  {
    standings,
    fresh,
    note,
    at,
  }: { standings: readonly Standing[]; fresh: readonly Fresh[]; note: string; at: Date },
): Promise<Taken> {
  const freshOf = Map.groupBy(fresh, keyOf)
  const words = standings.map(({ storeId, skuId, counted, countedAt, knownThrough, moved, owed }) => ({
    storeId,
    skuId,
    counted:
      counted === null || countedAt === null ? null : { quantity: counted, at: countedAt, knownThrough },
    moved,
    fresh: freshOf.get(keyOf({ storeId, skuId })) ?? [],
    owed,
  }))
  const told = await inventory.takeWord(tx, words, { by: `feed:${source.code}`, note, at })
  const owedBefore = new Map(standings.map((each) => [keyOf(each), each.owed]))
  await sql.setOwed(
    tx,
    source.id,
    told.filter((each) => each.outcome !== 'missing' && each.owed !== owedBefore.get(keyOf(each))),
  )
  return {
    standings: new Map(standings.map((each) => [keyOf(each), each])),
    told: new Map(told.map((each) => [keyOf(each), each])),
  }
}
