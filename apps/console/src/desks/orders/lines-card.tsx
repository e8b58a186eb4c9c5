import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen, formatFenBare } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { discountColumns, offBy, sumsAgree, type OrderDetail } from './model.ts'

/** The lines to the fen: one column per discount, and sums that are checked rather than repeated. */
export const LinesCard = ({ order }: { order: OrderDetail }) => {
  const { path } = useScope()
  const discounts = discountColumns(order.lines)
  const refunded = order.lines.some((line) => line.refundedFen > 0)
  return (
    <Card title="商品与优惠" note="每一分优惠落在哪一行，退款就照哪一行退" className="lines-card">
      <div className="lines-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>商品</th>
              <th className="num">单价 × 数</th>
              <th className="num">小计</th>
              {discounts.map((each) => (
                <th key={each.rule} className="num">
                  {each.label}
                </th>
              ))}
              <th className="num">行实付</th>
              {refunded && <th className="num">已退</th>}
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.lineNo}>
                <td>
                  <Link to={path(`/goods/${line.productId}`)} className="product-cell">
                    <Thumb src={line.picture?.s} size={36} />
                    <span>
                      <b>{line.name}</b>
                      <small>{line.shelf ?? line.barcode}</small>
                    </span>
                  </Link>
                </td>
                <td className="num">
                  {formatFen(line.unitFen)} <span className="quiet">× {line.quantity}</span>
                </td>
                <td className="num">{formatFen(line.amountFen)}</td>
                {discounts.map((each) => {
                  const off = offBy(line, each.rule)
                  return (
                    <td key={each.rule} className="num up">
                      {off > 0 ? formatFenBare(-off) : '—'}
                    </td>
                  )
                })}
                <td className="num strong">{formatFen(line.payFen)}</td>
                {refunded && (
                  <td className="num">{line.refundedFen > 0 ? formatFen(line.refundedFen) : '—'}</td>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>
                合计{' '}
                <span className="quiet small">
                  {order.lines.length} 样 {order.pieces} 件
                </span>
              </td>
              <td />
              <td className="num">{formatFen(order.goodsFen)}</td>
              {discounts.map((each) => (
                <td key={each.rule} className="num up">
                  {formatFenBare(-each.offFen)}
                </td>
              ))}
              <td className="num">
                <Money fen={order.totalFen - order.freightFen} size="total" />
              </td>
              {refunded && <td className="num">{formatFen(order.refundedFen)}</td>}
            </tr>
          </tfoot>
        </table>
      </div>
      <footer className="lines-foot small">
        {sumsAgree(order) ? (
          <span className="up">
            <CircleCheck size={14} aria-hidden="true" /> 逐行加起来对得上
          </span>
        ) : (
          <span className="down">
            <TriangleAlert size={14} aria-hidden="true" /> 逐行加起来和订单总额对不上，先别退款，找技术同事
          </span>
        )}
        <span className="quiet">
          {order.freightFen > 0
            ? `另有运费 ${formatFen(order.freightFen)}，实付 ${formatFen(order.totalFen)}`
            : order.fulfilment.kind === 'pickup'
              ? '自提免运费'
              : '免运费'}
        </span>
      </footer>
    </Card>
  )
}
