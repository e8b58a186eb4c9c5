import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'

import { api } from '../../api.ts'
import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { formatFen } from '../../ui/fen.ts'
import { OrderNo } from '../../ui/order-no.tsx'
import { ErrorState, Refusal } from '../../ui/states.tsx'
import type { Debt } from './model.ts'

/** 定金另赔: of deals that the store could not keep, the deposit is owed again (民法典 587); shown while there is any. */
export const Debts = () => {
  const debts = useQuery({
    queryKey: ['presales', 'debts'],
    queryFn: () => api('GET /console/v1/presale-debts'),
  })
  if (debts.error)
    return <ErrorState title="定金另赔没取回来" error={debts.error} retry={() => void debts.refetch()} />
  if (!debts.data || debts.data.items.length === 0) return null
  return (
    <Card title="定金另赔" note="没能交货的定金单，法律要求双倍返还：一份已随退款退回，这一份要人工付给顾客">
      <table className="plain-table">
        <thead>
          <tr>
            <th>订单</th>
            <th>顾客</th>
            <th className="num">要付</th>
            <th>怎么付的</th>
          </tr>
        </thead>
        <tbody>
          {debts.data.items.map((debt) => (
            <DebtRow key={debt.orderId} debt={debt} />
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const DebtRow = ({ debt }: { debt: Debt }) => {
  const { path } = useScope()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const pay = useMutation({
    mutationFn: () =>
      api('POST /console/v1/orders/:orderId/presale-debt', {
        params: { orderId: debt.orderId },
        body: { note: note.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['presales'] }),
  })
  return (
    <tr>
      <td>
        <Link className="go" to={path(`/orders/${debt.orderId}`)}>
          <OrderNo no={debt.no} />
        </Link>
      </td>
      <td>
        {debt.customer} {debt.phoneTail && <small className="quiet">尾号 {debt.phoneTail}</small>}
      </td>
      <td className="num">{formatFen(debt.owedFen)}</td>
      <td>
        <Input
          size="small"
          aria-label="怎么付的"
          placeholder="如：微信转账，11 月 24 日"
          maxLength={60}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          style={{ width: 220 }}
        />{' '}
        <Button
          size="small"
          disabled={note.trim() === ''}
          loading={pay.isPending}
          onClick={() => pay.mutate()}
        >
          已付给顾客
        </Button>
        <Refusal error={pay.error} />
      </td>
    </tr>
  )
}
