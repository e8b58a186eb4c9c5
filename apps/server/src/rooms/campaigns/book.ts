import { oneAtATime, untilFresh } from '#kernel/refresh'
import type { Ctx } from '#kernel/ctx'
import { type CampaignRow, listOpen, type StockRow } from './campaigns.sql.ts'

/**
 * Campaigns that count, in memory: which there are, what they say, and what is left of them. Every change of what is left is told by the table as it
 * commits, so that a sale which is over is over in every process at once; whoever shows it reads it again at most every second, in case news were lost.
 */
export interface Book {
  open(): readonly CampaignRow[]
  find(campaignId: string): CampaignRow | undefined
  /** The same with what is left, read again if that was more than a second ago. */
  fresh(): Promise<readonly CampaignRow[]>
  /** Reads it again now; whoever changed something waits for it. */
  reload(): Promise<void>
}

const FRESH_MS = 1000

type Level = Pick<StockRow, 'storeId' | 'skuId' | 'carved' | 'released' | 'taken' | 'turn'>
type LevelNews = [campaignId: string, storeId: string, skuId: string, ...numbers: number[]]

/** What is told of the goods of a campaign, by the trigger of its table. */
function readNews(payload: string): { campaignId: string; level: Level } {
  const [campaignId, storeId, skuId, carved = 0, released = 0, taken = 0, turn = 0] = JSON.parse(
    payload,
  ) as LevelNews
  return { campaignId, level: { storeId, skuId, carved, released, taken, turn } }
}

/** Of two things heard of the same goods the newer one stands, in whichever order they came. */
function take(stock: readonly StockRow[], level: Level): void {
  const known = stock.find(({ storeId, skuId }) => storeId === level.storeId && skuId === level.skuId)
  if (known && known.turn < level.turn) Object.assign(known, level)
}

export async function createBook({ db, clock, listener, log }: Ctx): Promise<Book> {
  let rows: readonly CampaignRow[] = []
  let readAt = -Infinity
  const find = (campaignId: string) => rows.find(({ id }) => id === campaignId)
  const reload = oneAtATime(async () => {
    const stamp = clock.stamp().getTime()
    const read = await listOpen(db)
    // What was told while this was read may be newer than what it saw.
    for (const { id, stock } of read) for (const level of find(id)?.stock ?? []) take(stock, level)
    rows = read
    readAt = stamp
  })
  const again = untilFresh(reload, (error) => {
    log.error({ err: error }, 'campaigns could not be read again')
  })
  await listener.on('campaign_stock', (payload) => {
    const { campaignId, level } = readNews(payload)
    take(find(campaignId)?.stock ?? [], level)
  })
  await listener.on('campaigns', again)
  listener.onReconnect(again)
  await reload()
  const open = (): readonly CampaignRow[] => {
    const now = clock.now()
    return rows.filter(({ endsAt }) => endsAt > now)
  }
  return {
    open,
    find,
    async fresh() {
      if (rows.length > 0 && clock.stamp().getTime() - readAt > FRESH_MS) await reload()
      return open()
    },
    reload,
  }
}
