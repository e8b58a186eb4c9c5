import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { type AftersaleRow, kindWords, reasonWords, stateOf } from '../aftersales/model.ts'

const Row = ({ asked }: { asked: AftersaleRow }) => {
  const { path } = useScope()
  const now = useNow()
  const { word, tone } = stateOf(asked)
  const [first] = asked.lines
  return (
    <li>
      <div>
        <Link to={path(`/aftersales/${asked.id}`)}>
          <b>
            {first?.name}
            {asked.lines.length > 1 && ` 等 ${asked.lines.length} 样`} × {asked.pieces}
          </b>
        </Link>
        <small>{when(asked.appliedAt, now, true)} 申请</small>
      </div>
      <small>
        {kindWords[asked.kind]} · {reasonWords[asked.reason]}
      </small>
      <span className="num">{asked.kind === 'exchange' ? '' : formatFen(asked.amountFen)}</span>
      <StateTag tone={tone}>{word}</StateTag>
    </li>
  )
}

const atMost = 20

/** What the shopper asked for after paying, each with the way to it. Nothing while there is none. */
export const AftersalesCard = ({ orderId }: { orderId: string }) => {
  const mayRead = useMay('aftersales.read')
  const { data } = useQuery({
    queryKey: ['aftersales', 'of-order', orderId],
    queryFn: () => api('GET /console/v1/aftersales', { query: { orderId, limit: atMost } }),
    enabled: mayRead,
    refetchInterval: 30_000,
  })
  if (!data || data.items.length === 0) return null
  return (
    <Card title="售后" note={`${data.total} 件`}>
      <ul className="attempts">
        {data.items.map((asked) => (
          <Row key={asked.id} asked={asked} />
        ))}
      </ul>
    </Card>
  )
}
