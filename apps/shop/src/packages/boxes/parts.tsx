import { Panel } from '../../components/cells'
import { Box, Words } from '../../components/elements'
import { Thumb } from '../../components/goods'
import { Price } from '../../components/price'
import { contentsText } from '../../models/boxes'
import type { Subscription } from '../../models/wire'
import './parts.scss'

/** What comes every week: the picture, what is in it, what one costs. */
export function GoodsHead({ goods, note }: { goods: NonNullable<Subscription['goods']>; note: string }) {
  const contents = contentsText(goods.contents)
  return (
    <Panel className="boxes-head">
      <Box className="boxes-goods">
        <Thumb product={{ name: goods.name, picture: goods.picture, shelf: null }} size="m" eager />
        <Box className="boxes-words">
          <Box as="h2" className="boxes-name">
            {goods.name}
          </Box>
          <Box className="ll-quiet">{note}</Box>
          <Price fen={goods.priceFen} size="l" unit={goods.unit} />
        </Box>
      </Box>
      {contents !== '' && <Box className="boxes-contents">{`里面有：${contents}`}</Box>}
    </Panel>
  )
}

/** Everything that holds, in plain sentences. */
export function Rules({ rules }: { rules: readonly { title: string; words: string }[] }) {
  return (
    <Panel title="规则">
      <Box as="ul">
        {rules.map(({ title, words }) => (
          <Box as="li" key={title} className="boxes-rule">
            <Words className="ll-strong">{`${title}：`}</Words>
            <Words>{words}</Words>
          </Box>
        ))}
      </Box>
    </Panel>
  )
}
