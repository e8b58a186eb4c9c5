import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen, formatFenBare } from '../../ui/fen.ts'
import { Money } from '../../ui/money.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { fundingWords } from '../rules/model.ts'
import { discountColumns, offBy, sumsAgree, type OrderDetail } from './model.ts'
import { weightWords } from './weigh-model.ts'

type Discounts = ReturnType<typeof discountColumns>

interface PartProps {
  discounts: Discounts
  /** Draw a column of what went back. */
  refunded: boolean
}

const Head = ({ discounts, refunded }: PartProps) => (
  <thead>
    <tr>
      <th>商品</th>
      <th className="num">单价 × 数</th>
      <th className="num">小计</th>
      {discounts.map((each) => (
        <th key={each.rule} className="num off">
          {each.label}
        </th>
      ))}
      <th className="num">行实付</th>
      {refunded && <th className="num">已退</th>}
    </tr>
  </thead>
)

const Line = ({
  line,
  handed,
  discounts,
  refunded,
}: PartProps & { line: OrderDetail['lines'][number]; handed: boolean }) => {
  const { path } = useScope()
  return (
    <tr>
      <td>
        <Link to={path(`/goods/${line.productId}`)} className="product-cell">
          <Thumb src={line.picture?.s} size={36} />
          <span>
            <b>{line.name}</b>
            <small>{line.shelf ?? line.barcode}</small>
            {line.components.map((part) => (
              <small key={part.skuId}>
                {part.name} × {part.quantity}，分到 {formatFen(part.payFen)}
              </small>
            ))}
            {line.weight && <small>{weightWords(line.weight, handed)}</small>}
            {line.groupBackFen > 0 && <small>拼团降价，差价 {formatFen(line.groupBackFen)} 退给顾客</small>}
          </span>
        </Link>
      </td>
      <td className="num">
        {formatFen(line.unitFen)} <span className="quiet">× {line.quantity}</span>
      </td>
      <td className="num">{formatFen(line.amountFen)}</td>
      {discounts.map(({ rule }) => (
        <td key={rule} className="num up">
          {offBy(line, rule) > 0 ? formatFenBare(-offBy(line, rule)) : '—'}
        </td>
      ))}
      <td className="num strong">{formatFen(line.payFen)}</td>
      {refunded && <td className="num">{line.refundedFen > 0 ? formatFen(line.refundedFen) : '—'}</td>}
    </tr>
  )
}

const Totals = ({ order, discounts, refunded }: PartProps & { order: OrderDetail }) => (
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
          <small className="borne">{fundingWords[each.funding]}</small>
        </td>
      ))}
      <td className="num">
        <Money fen={order.totalFen - order.freightFen} size="total" />
      </td>
      {refunded && <td className="num">{formatFen(order.refundedFen)}</td>}
    </tr>
  </tfoot>
)

const freightWords = (order: OrderDetail): string => {
  if (order.freightFen > 0)
    return `另有运费 ${formatFen(order.freightFen)}，实付 ${formatFen(order.totalFen)}`
  return order.fulfilment.kind === 'pickup' ? '自提免运费' : '免运费'
}

const Verdict = ({ order }: { order: OrderDetail }) =>
  sumsAgree(order) ? (
    <span className="up">
      <CircleCheck size={14} aria-hidden="true" /> 逐行加起来对得上
    </span>
  ) : (
    <span className="down">
      <TriangleAlert size={14} aria-hidden="true" /> 逐行加起来和订单总额对不上，先别退款，找技术同事
    </span>
  )

/** The lines to the fen: one column per discount, and sums that are checked rather than repeated. */
export const LinesCard = ({ order }: { order: OrderDetail }) => {
  const discounts = discountColumns(order)
  const refunded = order.lines.some((line) => line.refundedFen > 0)
  return (
    <Card title="商品与优惠" note="每一分优惠落在哪一行，退款就照哪一行退" className="lines-card">
      <div className="lines-scroll">
        <table className="plain-table">
          <Head discounts={discounts} refunded={refunded} />
          <tbody>
            {order.lines.map((line) => (
              <Line
                key={line.lineNo}
                line={line}
                handed={order.completedAt !== null}
                discounts={discounts}
                refunded={refunded}
              />
            ))}
          </tbody>
          <Totals order={order} discounts={discounts} refunded={refunded} />
        </table>
      </div>
      <footer className="lines-foot small">
        <Verdict order={order} />
        <span className="quiet">{freightWords(order)}</span>
      </footer>
    </Card>
  )
}
