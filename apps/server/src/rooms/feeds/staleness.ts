import type { Sweep } from '#kernel/jobs'
import type { Doubts } from '#room/inventory'
import type { FeedRoom } from './room.ts'
import { listSources, type Source, type SourceTerms } from './sources.sql.ts'
import { listStoreCodes } from './sources.sql.ts'

export type Standing = 'fresh' | 'stale' | 'stopped' | 'silent'

/** What the age of a store's counts means. `silent`: they never came, so nothing was ever promised on their word. */
export function standingOf(
  { staleMinutes, stopMinutes }: Pick<SourceTerms, 'staleMinutes' | 'stopMinutes'>,
  toldAt: Date | null,
  now: Date,
): Standing {
  if (toldAt === null) return 'silent'
  const minutes = (now.getTime() - toldAt.getTime()) / 60_000
  return minutes > stopMinutes ? 'stopped' : minutes > staleMinutes ? 'stale' : 'fresh'
}

/** What is kept back follows the sales and the stock about as often. */
const ANEW_MS = 1_800_000

/** Looks how old every store's counts are: keeps stock back, stops what sells fast, and lets go by itself when the counts are new again. */
export function stalenessSweep(room: FeedRoom): Sweep {
  const workedOut = new Map<string, { standing: Standing; version: number; at: number }>()
  return {
    name: 'feeds.staleness',
    seconds: 30,
    async run() {
      const { doubts } = room.inventory
      const watched = new Set<string>()
      for (const source of await listSources(room.ctx.db))
        if (source.active && source.topics.includes('stock'))
          for (const { storeId, stock, toldAt } of await listStoreCodes(room.ctx.db, source.id))
            if (stock) {
              watched.add(storeId)
              await watch(room, doubts, workedOut, { source, storeId, toldAt })
            }
      // Nobody tells of these stores any more: what was kept back for their sake is let go.
      for (const { storeId } of doubts.list()) if (!watched.has(storeId)) await doubts.trust(storeId)
    },
  }
}

async function watch(
  { ctx: { clock, log } }: FeedRoom,
  doubts: Doubts,
  workedOut: Map<string, { standing: Standing; version: number; at: number }>,
  { source, storeId, toldAt }: { source: Source; storeId: string; toldAt: Date | null },
): Promise<void> {
  const now = clock.now()
  const standing = standingOf(source, toldAt, now)
  const before = doubts.of(storeId)
  if (standing === 'fresh' || standing === 'silent') {
    workedOut.delete(storeId)
    if (!before) return
    log.info({ storeId, source: source.code }, 'counts are new again')
    return doubts.trust(storeId)
  }
  const done = workedOut.get(storeId)
  const same = before?.standing === standing && done?.standing === standing && done.version === source.version
  if (same && now.getTime() - done.at < ANEW_MS) return
  if (before?.standing !== standing) log.warn({ storeId, source: source.code, standing }, 'counts are old')
  await doubts.doubt(storeId, standing, toldAt ?? now, source)
  workedOut.set(storeId, { standing, version: source.version, at: now.getTime() })
}
