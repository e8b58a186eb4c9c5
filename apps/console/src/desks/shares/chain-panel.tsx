import { useQuery } from '@tanstack/react-query'
import { Share2 } from 'lucide-react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { SidePanel } from '../../ui/side-panel.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, ErrorState } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { memberWords } from '../coupons/grant.ts'
import { stateTag } from '../orders/model.ts'
import { type Chain, moneyWords, type Share, subjectWords } from './model.ts'

const Step = ({ share, here, open }: { share: Share; here?: boolean; open: (id: string) => void }) => {
  const now = useNow()
  return (
    <li className={here ? 'share-step share-here' : 'share-step'}>
      <span>
        {here ? (
          <b>{memberWords(share.sharer)}</b>
        ) : (
          <button type="button" className="bare go" onClick={() => open(share.id)}>
            {memberWords(share.sharer)}
          </button>
        )}
        <small className="quiet">
          第 {share.depth + 1} 手 · {when(share.madeAt, now)}
        </small>
      </span>
      <span className="quiet small">
        打开 {share.opens} · {moneyWords(share)}
      </span>
    </li>
  )
}

const Opens = ({ opens }: Pick<Chain, 'opens'>) => {
  const now = useNow()
  const { path } = useScope()
  const strangers = opens.filter(({ member }) => member === null).length
  return (
    <ul className="share-lines">
      {opens.map(
        ({ member, openedAt, joined }) =>
          member && (
            <li key={`${member.id}.${openedAt}`}>
              <Link className="go" to={path(`/members/${member.id}`)}>
                {memberWords(member)}
              </Link>
              {joined && <StateTag tone="done">新会员</StateTag>}
              <small className="quiet">{when(openedAt, now)}</small>
            </li>
          ),
      )}
      {strangers > 0 && <li className="quiet">{strangers} 部手机打开了，还没有登录</li>}
    </ul>
  )
}

const Orders = ({ orders }: Pick<Chain, 'orders'>) => {
  const now = useNow()
  const { path } = useScope()
  return (
    <ul className="share-lines">
      {orders.map((order) => {
        const { word, tone } = stateTag(order.state)
        return (
          <li key={order.orderId}>
            <Link className="go" to={path(`/orders/${order.orderId}`)}>
              {order.orderNo}
            </Link>
            <StateTag tone={tone}>{word}</StateTag>
            <small className="quiet">
              {memberWords(order.member)} · {when(order.placedAt, now)}
            </small>
            <span className="num">
              {formatFen(order.paidFen)}
              {order.backFen > 0 && <small className="share-back"> 退 {formatFen(order.backFen)}</small>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** One share from where it came to the money that went back. */
export const ChainPanel = ({
  shareId,
  open,
  close,
}: {
  shareId: string
  open: (id: string) => void
  close: () => void
}) => {
  const chain = useQuery({
    queryKey: ['share', shareId],
    queryFn: () => api('GET /console/v1/shares/:shareId', { params: { shareId } }),
  })
  const { data } = chain
  const what = data && subjectWords(data.share)
  return (
    <SidePanel title={what ? what.name : '分享'} icon={Share2} note={what?.kind ?? ''} close={close}>
      {chain.isPending && <Bones lines={8} />}
      {chain.isError && (
        <ErrorState title="分享没取回来" error={chain.error} retry={() => void chain.refetch()} />
      )}
      {data && (
        <div className="share-chain">
          <h3>从谁到谁</h3>
          <ol className="share-steps">
            {data.from.map((share) => (
              <Step key={share.id} share={share} open={open} />
            ))}
            <Step share={data.share} here open={open} />
            {data.next.map((share) => (
              <Step key={share.id} share={share} open={open} />
            ))}
          </ol>
          <h3>归到它的订单{data.orders.length === 100 && '（最近 100 单）'}</h3>
          {data.orders.length === 0 ? <p className="quiet">还没有</p> : <Orders orders={data.orders} />}
          <h3>谁打开了{data.opens.length === 100 && '（最近 100 位）'}</h3>
          {data.opens.length === 0 ? <p className="quiet">还没有人打开</p> : <Opens opens={data.opens} />}
        </div>
      )}
    </SidePanel>
  )
}
