import { Checkbox } from 'antd'

import { useNow } from '../../ui/now.ts'
import { until } from '../../ui/time.ts'
import type { Quote } from './refund-model.ts'

/** What goes back beside the money: points both ways, and the coupons of the order. */
export const BenefitsBack = ({ quote }: { quote: Pick<Quote, 'pointsBack' | 'pointsTaken' | 'coupons'> }) => {
  const now = useNow()
  return (
    <>
      {quote.pointsBack > 0 && (
        <div>
          <dt>退回积分</dt>
          <dd>{quote.pointsBack} 分</dd>
        </div>
      )}
      {quote.pointsTaken > 0 && (
        <div>
          <dt>收回这一单得的积分</dt>
          <dd>{quote.pointsTaken} 分</dd>
        </div>
      )}
      {quote.coupons.map((coupon) => (
        <div key={coupon.id}>
          <dt>券「{coupon.label}」</dt>
          <dd>{coupon.expiresAt ? `退回，用到 ${until(coupon.expiresAt, now)}` : '已过期，不退回'}</dd>
        </div>
      ))}
    </>
  )
}

/** Whose doing it was: what comes back follows from it, and the sums above change at once. */
export const FaultChoice = ({ value, change }: { value: boolean; change: (ours: boolean) => void }) => (
  <Checkbox className="fault-choice" checked={value} onChange={(event) => change(event.target.checked)}>
    商家责任
    <small>缺货、坏了、给错了。退完这一单时，券一定退回，过期的也多给 3 天</small>
  </Checkbox>
)
