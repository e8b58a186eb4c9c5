import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { Reports } from './reports.tsx'
import { attemptTag, fulfilmentWords, refundTag, shortageWords, type OrderDetail } from './model.ts'
import { TENDER_WORDS } from './tenders.ts'
import { timeline } from './timeline.ts'

/** What happened, dated, and the one thing that comes next. */
export const TimelineCard = ({ order }: { order: OrderDetail }) => {
  const now = useNow()
  return (
    <Card title="经过">
      <ol className="timeline">
        {timeline(order).map((moment, index) => (
          <li key={`${moment.at}-${index}`} className={`moment-${moment.kind}`}>
            <time className="quiet small">{moment.at ? when(moment.at, now, true) : '接下来'}</time>
            <i aria-hidden="true" />
            <div>
              <b>{moment.title}</b>
              {moment.detail && <small>{moment.detail}</small>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const middle = (no: string): string => (no.length > 16 ? `${no.slice(0, 6)}…${no.slice(-4)}` : no)

interface AttemptProps {
  orderId: string
  attempt: OrderDetail['payments'][number]
}
const Attempt = ({ orderId, attempt }: AttemptProps) => {
  const now = useNow()
  const tag = attemptTag(attempt.state)
  return (
    <li>
      <div>
        <b title={attempt.outTradeNo}>{middle(attempt.outTradeNo)}</b>
        <small>
          {when(attempt.createdAt, now, true)}
          {attempt.paidAt && ` → ${when(attempt.paidAt, now, true)}`}
        </small>
      </div>
      <small title={attempt.transactionId ?? undefined}>
        {attempt.trouble ??
          [TENDER_WORDS[attempt.provider], attempt.transactionId && middle(attempt.transactionId)]
            .filter(Boolean)
            .join(' ')}
      </small>
      <span className="num">{formatFen(attempt.amountFen)}</span>
      <StateTag tone={tag.tone}>{tag.word}</StateTag>
      <Reports orderId={orderId} attempt={attempt} />
    </li>
  )
}

const RefundRow = ({ refund }: { refund: OrderDetail['refunds'][number] }) => {
  const now = useNow()
  const tag = refundTag(refund.state)
  return (
    <li>
      <div>
        <b title={refund.outRefundNo}>{middle(refund.outRefundNo)}</b>
        <small>
          {when(refund.createdAt, now, true)}
          {refund.doneAt && ` → ${when(refund.doneAt, now, true)}`}
        </small>
      </div>
      <small>{refund.trouble ?? `${TENDER_WORDS[refund.provider]} · ${refund.reason}`}</small>
      <span className="num">{formatFen(-refund.amountFen)}</span>
      <StateTag tone={tag.tone}>{tag.word}</StateTag>
    </li>
  )
}

/** What did not arrive and has no pieces to refund, a difference in weight or one of several tenders, is sent again alone. */
const Owed = ({ order }: { order: OrderDetail }) => {
  const queries = useQueryClient()
  const notice = useNotice()
  const may = useMay('orders.refund')
  // One key as long as this is on the screen: a second press is the same refund.
  const [idempotencyKey] = useState(() => crypto.randomUUID())
  const send = useMutation({
    mutationFn: () =>
      api('POST /console/v1/orders/:orderId/refunds', {
        params: { orderId: order.id },
        body: {
          idempotencyKey,
          lines: order.lines.map(({ lineNo }) => ({ lineNo, quantity: 0 })),
          expectFen: order.owedFen,
          reason: '没退成的再退一次',
        },
      }),
    onSuccess: (now) => {
      queries.setQueryData(['order', order.id], now)
      notice.success('已经再次提交')
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['order', order.id] }),
  })
  if (order.owedFen === 0) return null
  return (
    <div className="owed">
      <p>还有 {formatFen(order.owedFen)} 没退到顾客手里。</p>
      {may && (
        <Button loading={send.isPending} onClick={() => send.mutate()}>
          再退一次 {formatFen(order.owedFen)}
        </Button>
      )}
      <Refusal error={send.error} />
    </div>
  )
}

/** Every attempt to pay and every refund, with the provider's own numbers. */
export const PaymentsCard = ({ order }: { order: OrderDetail }) => (
  <Card
    title="收款与退款"
    note={`收款 ${order.payments.length} 次${order.refunds.length > 0 ? `，退款 ${order.refunds.length} 次` : ''}`}
  >
    {order.payments.length === 0 && <p className="card-empty quiet">顾客还没有打开过付款。</p>}
    <ul className="attempts">
      {order.payments.map((attempt) => (
        <Attempt key={attempt.id} orderId={order.id} attempt={attempt} />
      ))}
      {order.refunds.map((refund) => (
        <RefundRow key={refund.id} refund={refund} />
      ))}
    </ul>
    {order.payments.some(
      ({ provider, state, trouble }) =>
        ['wechat', 'alipay'].includes(provider) && state === 'PAID' && !trouble,
    ) && (
      <footer className="lines-foot small">
        <span className="quiet">
          <ShieldCheck size={14} aria-hidden="true" /> 金额、商户号、签名三项都查过；再来一笔会自动退
        </span>
      </footer>
    )}
    <Owed order={order} />
  </Card>
)

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const mayBeCollected = ({ fulfilment, state }: OrderDetail): boolean =>
  fulfilment.kind === 'pickup' && ['PAID', 'READY', 'COMPLETED'].includes(state)

const pickupWords = (order: OrderDetail, now: number): string => {
  const { pickup } = order
  if (pickup?.handedAt)
    return `${when(pickup.handedAt, now)} 取走${pickup.handedBy ? `，${whoWords(pickup.handedBy)} 交接` : ''}`
  if (pickup?.readyAt) return `${when(pickup.readyAt, now)} 备好，还没来取`
  return '还没备好'
}

/** Who bought, how it reaches them, and what they asked for. Names are masked. */
export const PersonCard = ({ order }: { order: OrderDetail }) => {
  const now = useNow()
  return (
    <Card className="person-card">
      <header>
        <i aria-hidden="true">{order.memberName.split('*')[0]}</i>
        <div>
          <b>{order.memberName}</b>
          <small>{order.phoneTail ? `手机尾号 ${order.phoneTail}` : '没有绑手机'}</small>
        </div>
      </header>
      <dl>
        <Fact name="门店">{order.storeName}</Fact>
        <Fact name="怎么拿">{fulfilmentWords(order.fulfilment)}</Fact>
        {mayBeCollected(order) && <Fact name="取货">{pickupWords(order, now)}</Fact>}
        <Fact name="缺货时">{shortageWords[order.ifShort]}</Fact>
        {order.remark && <Fact name="顾客留言">{order.remark}</Fact>}
        {order.cancelReason && <Fact name="取消原因">{order.cancelReason}</Fact>}
      </dl>
    </Card>
  )
}
