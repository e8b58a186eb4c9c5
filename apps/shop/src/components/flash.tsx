import { batchRows, momentWords, phaseOf, termsWords } from '../models/flash'
import type { FlashSale } from '../models/wire'
import { openPage } from '../services/routes'
import { Button } from './button'
import { Box, Press, Words } from './elements'
import { Thumb } from './goods'
import { Icon } from './icon'
import { Price } from './price'

type Item = FlashSale['items'][number]

/** The batches of a sale side by side: what is over, what is left, what is to come. */
export function Batches({ sale, item, now }: { sale: FlashSale; item: Item; now: number }) {
  const rows = batchRows(sale, item, now)
  if (rows.length < 2) return null
  return (
    <Box as="ul" className="ll-batches" label="分批放量">
      {rows.map(({ at, time, words, state, leftPercent }) => (
        <Box as="li" key={at} className={`ll-batch ll-batch-${state}`}>
          <Box className="ll-batch-bar" hidden>
            <Box className="ll-batch-left" style={{ width: `${state === 'now' ? leftPercent : 0}%` }} />
          </Box>
          <Words className="ll-batch-time">{time}</Words>
          <Words className="ll-batch-words">{words}</Words>
        </Box>
      ))}
    </Box>
  )
}

/** Goods of a sale: what they are, what they cost, and what holds of them. */
export function FlashGoods({ sale, item }: { sale: FlashSale; item: Item }) {
  return (
    <Box className="ll-flash-goods">
      <Box className="ll-flash-picture">
        <Thumb product={{ ...item, shelf: null }} />
      </Box>
      <Box className="ll-flash-words">
        <Words className="ll-flash-name">{item.name}</Words>
        <Words className="ll-flash-terms">{termsWords(sale, item)}</Words>
        <Price fen={item.priceFen} size="l" unit={item.unit} />
      </Box>
    </Box>
  )
}

/** One live sale on 首页, or the next; nothing where there is none. */
export function FlashStrip({ sale, now }: { sale: FlashSale | undefined; now: number }) {
  const item = sale?.items[0]
  if (!sale || !item) return null
  const phase = phaseOf(sale, now)
  const when =
    phase.kind === 'soon'
      ? `${momentWords(phase.at, now)} 开抢`
      : phase.kind === 'paused'
        ? '暂停中'
        : '正在抢'
  return (
    <Box as="section" className="ll-flash-strip">
      <Box className="ll-flash-head">
        <Icon name="bolt" size={20} />
        <Box as="h2" className="ll-flash-title">
          限量秒杀
        </Box>
        <Words className="ll-flash-when">{when}</Words>
        <Press className="ll-flash-more" role="link" onPress={() => openPage('flash')}>
          <Words>会场</Words>
          <Icon name="right" size={16} />
        </Press>
      </Box>
      <FlashGoods sale={sale} item={item} />
      <Batches sale={sale} item={item} now={now} />
      <Button look={phase.kind === 'live' ? 'filled' : 'soft'} size="full" onPress={() => openPage('flash')}>
        {phase.kind === 'live' && item.left > 0 ? `去抢一${item.unit}` : '去会场看看'}
      </Button>
    </Box>
  )
}
