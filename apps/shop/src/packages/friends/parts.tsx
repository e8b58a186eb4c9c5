import { Panel } from '../../components/cells'
import { Box, Words } from '../../components/elements'
import { Thumb } from '../../components/goods'
import { Icon } from '../../components/icon'
import { Price } from '../../components/price'
import { Tag } from '../../components/tag'
import { type CutRow, type Seat } from '../../models/rallies'
import { yuanText } from '../../models/money'
import type { Rally, ShopCampaign } from '../../models/wire'
import './parts.scss'

interface GoodsHeadProps {
  goods: Pick<NonNullable<Rally['goods']>, 'name' | 'unit' | 'picture' | 'startFen' | 'floorFen'>
  tag: string
  note: string
}

/** What it is about: the picture, the name, where the price ends. */
export function GoodsHead({ goods, tag, note }: GoodsHeadProps) {
  return (
    <Box className="friends-head">
      <Thumb product={{ name: goods.name, picture: goods.picture, shelf: null }} size="m" eager />
      <Box className="friends-head-words">
        <Box as="h2" className="friends-name">
          {goods.name}
        </Box>
        <Box className="ll-quiet">{note}</Box>
        <Box className="ll-tags">
          <Tag tone="brand">{tag}</Tag>
          <Tag tone="plain">{`现价 ${yuanText(goods.startFen)}`}</Tag>
        </Box>
        <Box className="friends-floor">
          <Words className="ll-quiet">底价</Words>
          <Price fen={goods.floorFen} size="l" unit={goods.unit} />
        </Box>
      </Box>
    </Box>
  )
}

/** Who has helped, and how many places are free. */
export function Seats({ seats }: { seats: readonly Seat[] }) {
  return (
    <Box as="ul" className="friends-seats">
      {seats.map(({ n, name }) => (
        <Box as="li" key={n} className={`friends-seat ${name === null ? 'friends-seat-free' : ''}`}>
          <Box className="friends-face" hidden>
            {name === null ? <Icon name="plus" size={18} /> : <Words>{name.slice(0, 1)}</Words>}
          </Box>
          <Words className="friends-seat-name">{name ?? '空位'}</Words>
        </Box>
      ))}
    </Box>
  )
}

/** The published table: what each friend takes off, and what it costs then. */
export function CutTable({ rows }: { rows: readonly CutRow[] }) {
  return (
    <Panel title="每位朋友砍多少" note="事先定好，没有随机">
      <Box as="ul" className="friends-table">
        {rows.map(({ n, cut, price, done }) => (
          <Box as="li" key={n} className={`friends-cut ${done ? 'friends-cut-done' : ''}`}>
            <Words className="friends-cut-n">{`第 ${n} 位`}</Words>
            <Words className="friends-cut-off">{`砍 ${cut}`}</Words>
            <Words className="friends-cut-price">{`到 ${price}`}</Words>
            <Box className="friends-cut-mark">
              {done && (
                <>
                  <Icon name="check" size={16} />
                  <Words className="friends-cut-word">已砍</Words>
                </>
              )}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}

/** Said below the ways of passing it on. */
export const PASSING_NOTE = '转发没有奖励，也不强制；朋友自己点了才算'

/** Everything that holds, as it is published. */
export function Rules({ rules }: { rules: ShopCampaign['rules'] }) {
  return (
    <Panel title="完整规则" note="开始后不改">
      {rules.map(({ title, words }) => (
        <Box key={title} className="friends-rule">
          <Words className="friends-rule-title">{title}</Words>
          <Words className="friends-rule-words">{words}</Words>
        </Box>
      ))}
    </Panel>
  )
}
