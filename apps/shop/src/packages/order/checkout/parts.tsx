import { Panel, SumLine } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { Thumb } from '../../../components/goods'
import { Price } from '../../../components/price'
import { Tag } from '../../../components/tag'
import { offLines } from '../../../models/benefit-words'
import { yuanText } from '../../../models/money'
import { pointsText } from '../../../models/points'
import { idleRules } from '../../../models/price-hints'
import { gramsText, weightRule } from '../../../models/weight'
import type { Card, Quote } from '../../../models/wire'

/** What is bought, each line with what it saved. */
export function QuoteLines({ quote, goods }: { quote: Quote; goods: Card[] }) {
  const weighed = goods.find(
    ({ skuId, weight }) => weight && quote.lines.some((line) => line.skuId === skuId),
  )
  return (
    <Panel
      title={`${quote.lines.length} 样商品`}
      note={quote.discountFen > 0 ? '每样省了多少都写在下面' : undefined}
    >
      {quote.lines.map((line) => {
        const card = goods.find((each) => each.skuId === line.skuId)
        return (
          <Box key={line.skuId} className="checkout-line">
            {card && (
              <Box className="checkout-line-picture">
                <Thumb product={card} size="s" />
              </Box>
            )}
            <Box className="checkout-line-words">
              <Box className="checkout-line-name">
                <Words>{line.name}</Words>
                {card?.weight && <Tag>{`约 ${gramsText(card.weight.pieceGrams * line.quantity)}`}</Tag>}
              </Box>
              <Box className="checkout-small checkout-green">
                {line.discounts.map(({ label, offFen }) => `${label} −\u2060${yuanText(offFen)}`).join('，')}
              </Box>
            </Box>
            <Box className="checkout-line-sums">
              <Box className="ll-strong">{yuanText(line.payFen)}</Box>
              <Box className="checkout-small ll-quiet">
                {yuanText(line.unitFen)} × {line.quantity}
                {card && ` ${card.unit}`}
              </Box>
            </Box>
          </Box>
        )
      })}
      {weighed?.weight && (
        <Box className="checkout-small ll-quiet">{`写「约」的${weightRule(weighed.weight)}`}</Box>
      )}
    </Panel>
  )
}

/** Why the other discounts do nothing for this order. Nothing where every one acts. */
export function NotUsed({ quote }: { quote: Quote }) {
  const idle = idleRules(quote)
  if (idle.length === 0) return null
  return (
    <Panel title="这次没用上的优惠">
      {idle.map(({ rule, label, words }) => (
        <Box key={rule} className="checkout-idle">
          <Words className="ll-strong">{label}</Words>
          <Words className="ll-quiet">{words}</Words>
        </Box>
      ))}
    </Panel>
  )
}

interface SumsProps {
  quote: Quote
  /** Fen of stored value that pay a part of it. */
  stored: number
}
/** The arithmetic in the open: its last sum is the one on the button. */
export function Sums({ quote, stored }: SumsProps) {
  return (
    <Panel>
      <SumLine name="商品金额" value={yuanText(quote.goodsFen)} />
      {offLines(quote).map(({ name, value }, i) => (
        <SumLine key={i} name={name} value={<Words className="checkout-off">{value}</Words>} />
      ))}
      <SumLine name="自提费" value={yuanText(quote.freightFen)} />
      <Box className="checkout-total">
        {stored > 0 && (
          <>
            <SumLine name="应付" value={yuanText(quote.totalFen)} />
            <SumLine name="余额支付" value={`−${yuanText(stored)}`} />
          </>
        )}
        <SumLine
          strong
          name={stored > 0 ? '还要付' : '应付'}
          value={<Price fen={quote.totalFen - stored} />}
        />
        {quote.pointsEarned > 0 && <SumLine name="付完得积分" value={`+${pointsText(quote.pointsEarned)}`} />}
      </Box>
    </Panel>
  )
}
