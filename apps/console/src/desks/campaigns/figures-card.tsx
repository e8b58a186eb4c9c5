import { Money } from '../../ui/money.tsx'
import { changeWords, type Figures } from './model.ts'
import { spanWords } from './times.ts'

const Change = ({ now, before }: { now: number; before: number }) => {
  const change = changeWords(now, before)
  return change ? (
    <b className={change.up ? 'up' : 'down'}>{change.word}</b>
  ) : (
    <span className="quiet">之前没卖</span>
  )
}

/** What it sold, and the same goods in the same stores over as long a time before. */
export const FiguresList = ({ figures }: { figures: Figures }) => {
  const { paid, waiting, cancelled, refundedFen, offFen, newBuyers, span, before } = figures
  return (
    <>
      <dl className="sums campaign-sums">
        <div>
          <dt>付了款</dt>
          <dd>
            {paid.orders} 单 {paid.pieces} 件 · <Money fen={paid.paidFen} />
          </dd>
        </div>
        <div>
          <dt>下单还没付</dt>
          <dd>{waiting.pieces} 件</dd>
        </div>
        <div>
          <dt>没付关闭、取消</dt>
          <dd>{cancelled.pieces} 件</dd>
        </div>
        <div>
          <dt>买的人</dt>
          <dd>
            {paid.buyers} 位，{newBuyers} 位第一次买
          </dd>
        </div>
        <div>
          <dt>让利 / 退款</dt>
          <dd>
            <Money fen={offFen} /> / <Money fen={refundedFen} />
          </dd>
        </div>
      </dl>
      <table className="plain-table campaign-before">
        <thead>
          <tr>
            <th>这些商品，这些店</th>
            <th className="num">件</th>
            <th className="num">收款</th>
          </tr>
        </thead>
        <tbody>
          <tr title={spanWords(span.from, span.until)}>
            <td>这段时间</td>
            <td className="num strong">
              {span.pieces} <Change now={span.pieces} before={before.pieces} />
            </td>
            <td className="num strong">
              <Money fen={span.paidFen} />
            </td>
          </tr>
          <tr title={spanWords(before.from, before.until)}>
            <td className="quiet">之前一样长</td>
            <td className="num">{before.pieces}</td>
            <td className="num">
              <Money fen={before.paidFen} />
            </td>
          </tr>
        </tbody>
      </table>
    </>
  )
}
