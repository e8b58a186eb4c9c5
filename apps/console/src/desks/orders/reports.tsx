import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useNow } from '../../ui/now.ts'
import { Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { reportWords, type OrderDetail } from './model.ts'

type Attempt = OrderDetail['payments'][number]
type Report = Attempt['reports'][number]

const Line = ({ orderId, attemptId, report }: { orderId: string; attemptId: string; report: Report }) => {
  const now = useNow()
  const mayTell = useMay('payments.resolve')
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      api('POST /console/v1/payment-attempts/:attemptId/reports/:kind', {
        params: { attemptId, kind: report.kind },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['order', orderId] }),
  })
  return (
    <small className={report.state === 'FAILED' ? 'report report-failed' : 'report quiet'}>
      {reportWords(report)}
      {report.doneAt && ` ${when(report.doneAt, now)}`}
      {report.state !== 'UPLOADED' && mayTell && (
        <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
          再报一次
        </Button>
      )}
      <Refusal error={again.error} />
    </small>
  )
}

/** What WeChat was told of the goods of a payment: shipped, and how the shopper's card stands. */
export const Reports = ({ orderId, attempt }: { orderId: string; attempt: Attempt }) =>
  attempt.reports.length > 0 && (
    <div className="reports">
      {attempt.profitSharing && <small className="report quiet">参加分账</small>}
      {attempt.reports.map((report) => (
        <Line key={report.kind} orderId={orderId} attemptId={attempt.id} report={report} />
      ))}
    </div>
  )
