import { Button } from '../../../components/button'
import { Box } from '../../../components/elements'
import { yuanText } from '../../../models/money'
import { earnedFen, rateText } from '../../../models/promoter'
import type { Product, Promoting } from '../../../models/wire'

interface PromotingProps {
  me: NonNullable<Promoting['me']>
  product: Pick<Product, 'priceFen' | 'unit'>
  onShare: () => Promise<void>
}

/** For who promotes, and nobody else: what they earn of one piece, and the poster that brings customers to them. */
export function PromotingRow({ me, product: { priceFen, unit }, onShare }: PromotingProps) {
  const fen = earnedFen(priceFen, me.rateBp)
  if (fen === 0) return null
  return (
    <Box className="product-promoting">
      <Box className="product-promoting-words">
        <Box className="product-promoting-sum">{`顾客买 1 ${unit}，您最多得 ${yuanText(fen)}`}</Box>
        <Box>{`佣金 ${rateText(me.rateBp)}，按实付算，过了售后期到账`}</Box>
      </Box>
      <Button look="leaf" size="small" busyText="正在画" onPress={onShare}>
        去推广
      </Button>
    </Box>
  )
}
