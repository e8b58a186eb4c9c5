import { Image } from 'antd'
import { Link } from 'react-router'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { Label } from '../../ui/state-tag.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { type Aftersale, kindWords, reasonWords, verbWords } from './model.ts'

const Photos = ({ asked }: { asked: Aftersale }) => (
  <Image.PreviewGroup>
    <div className="after-shots">
      {asked.photos.map((photo, i) => (
        <Image
          key={photo.id}
          src={photo.url}
          alt={`顾客拍的第 ${i + 1} 张`}
          width={104}
          height={104}
          styles={{ image: { objectFit: 'cover' } }}
        />
      ))}
    </div>
  </Image.PreviewGroup>
)

/** What the shopper says: why, in their words, with their photos. */
export const AskCard = ({ asked }: { asked: Aftersale }) => {
  const now = useNow()
  return (
    <Card
      title="顾客说"
      note={`${asked.memberName}${asked.phoneTail ? ` · 尾号 ${asked.phoneTail}` : ''} · ${when(asked.appliedAt, now)} 申请`}
    >
      <div className="after-ask">
        <p className="after-why">
          <b>{reasonWords[asked.reason]}</b>
          <Label>{kindWords[asked.kind]}</Label>
        </p>
        {asked.note && <blockquote>{asked.note}</blockquote>}
        {asked.photos.length > 0 ? <Photos asked={asked} /> : <p className="quiet small">没有照片。</p>}
      </div>
    </Card>
  )
}

const whereTo = { shelf: '上架', waste: '报损' } as const

/** What was bought, what of it is asked for, and what that brings back: line by line, to the fen. */
export const GoodsCard = ({ asked }: { asked: Aftersale }) => {
  const { path } = useScope()
  const swaps = asked.kind === 'exchange'
  return (
    <Card
      title="我们这边"
      note={
        <>
          订单 <OrderNo no={asked.orderNo} />
          ，实付 {formatFen(asked.order.totalFen)}
          {asked.order.refundedFen > 0 && `，退过 ${formatFen(asked.order.refundedFen)}`}
        </>
      }
      extra={
        <Link className="go" to={path(`/orders/${asked.orderId}`)}>
          看订单
        </Link>
      }
    >
      <div className="lines-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>商品</th>
              <th className="num">买了</th>
              <th className="num">退过</th>
              <th className="num">行实付</th>
              <th className="num">{swaps ? '这次换' : '这次退'}</th>
              <th className="num">{swaps ? '值多少' : '退多少'}</th>
            </tr>
          </thead>
          <tbody>
            {asked.lines.map((line) => {
              const goods = asked.goods.find((each) => each.lineNo === line.lineNo)
              return (
                <tr key={line.lineNo}>
                  <td>
                    <span className="product-cell">
                      <Thumb src={line.picture?.s} size={36} />
                      <span className="two-lines">
                        <span className="clip">{line.name}</span>
                        <small>
                          {goods?.perishable ? '生鲜易腐，不回架' : '可以回架'}
                          {goods?.goodsTo && ` · 已${whereTo[goods.goodsTo]}`}
                        </small>
                      </span>
                    </span>
                  </td>
                  <td className="num">{goods?.boughtQuantity}</td>
                  <td className="num">{goods?.refundedQuantity || '—'}</td>
                  <td className="num">{formatFen(goods?.payFen ?? 0)}</td>
                  <td className="num">
                    {line.quantity} {line.unit}
                  </td>
                  <td className="num strong">{formatFen(line.amountFen)}</td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={4}>合计 {asked.pieces} 件</td>
              <td />
              <td className="num strong">{formatFen(asked.amountFen)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Card>
  )
}

/** Every step, dated, with who took it and what was said. */
export const StepsCard = ({ asked }: { asked: Aftersale }) => {
  const now = useNow()
  return (
    <Card title="经过">
      <ol className="timeline">
        {asked.events.map((event, i) => (
          <li
            key={`${event.at}-${event.verb}`}
            className={i === asked.events.length - 1 ? 'moment-now' : 'moment-past'}
          >
            <time className="quiet small">{when(event.at, now, true)}</time>
            <i aria-hidden="true" />
            <div>
              <b>{verbWords[event.verb] ?? event.verb}</b>
              <small>
                {whoWords(event.by)}
                {event.words && `：${event.words}`}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
