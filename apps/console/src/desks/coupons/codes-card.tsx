import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Progress } from 'antd'
import { useState } from 'react'

import { api, type Out } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import type { Exported, Exporting } from '../../ui/csv.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { useNow } from '../../ui/now.ts'
import { ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { type CodeBatch, codeCount, codesCsv, type Template } from './model.ts'

type Reveal = Out<'POST /console/v1/coupon-code-batches/:batchId/reveals'>

type Code = Reveal['items'][number]
/** All codes of a batch in clear, page by page; each page stands in the audit trail. */
async function readCodes(batch: CodeBatch, { told, signal }: Exporting): Promise<Exported<Code>> {
  const codes: Code[] = []
  let after: number | null = 0
  while (after !== null) {
    signal.throwIfAborted()
    const page: Reveal = await api('POST /console/v1/coupon-code-batches/:batchId/reveals', {
      params: { batchId: batch.id },
      body: { after },
    })
    codes.push(...page.items)
    told({ far: codes.length, of: batch.count })
    after = page.next
  }
  return { rows: codes, total: batch.count }
}

const Batch = ({ batch, label }: { batch: CodeBatch; label: string }) => {
  const now = useNow()
  const mayRead = useMay('coupons.write')
  const whole = batch.made === batch.count
  return (
    <li className="code-batch">
      <span className="two-lines">
        <b>{batch.count.toLocaleString('en-US')} 个码</b>
        <small>
          {when(batch.createdAt, now)} · {whoWords(batch.createdBy)}
        </small>
      </span>
      {whole ? (
        <span>
          用掉 <b className="strong">{batch.used.toLocaleString('en-US')}</b> 个
        </span>
      ) : (
        <Progress percent={Math.floor((batch.made / batch.count) * 100)} aria-label="正在生成" />
      )}
      {mayRead && (
        <CsvButton
          name={`${label} ${batch.count} 个码`}
          label="下载给印刷"
          disabled={!whole}
          rows={(exporting) => readCodes(batch, exporting)}
          text={codesCsv}
        />
      )}
    </li>
  )
}

/** Codes on paper of one kind of coupon: how many there are, how many were used, and more of them. */
export const CodesCard = ({ template }: { template: Template }) => {
  const mayMake = useMay('coupons.write') && template.endedAt === null
  const [typed, setTyped] = useState('500')
  const queries = useQueryClient()
  const key = ['coupon-templates', 'codes', template.id]
  const batches = useQuery({
    queryKey: key,
    queryFn: () =>
      api('GET /console/v1/coupon-templates/:templateId/code-batches', {
        params: { templateId: template.id },
      }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ made, count }) => made < count) ? 1000 : 60_000,
  })
  const count = codeCount(typed)
  const make = useMutation({
    mutationFn: (wanted: number) =>
      api('POST /console/v1/coupon-templates/:templateId/code-batches', {
        params: { templateId: template.id },
        body: { idempotencyKey: crypto.randomUUID(), count: wanted },
      }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: key }),
  })
  return (
    <Card title="纸上的码" note="下载给印刷的人；谁下载过，审计里都有">
      {mayMake && (
        <div className="code-make">
          <Input
            aria-label="生成多少个码"
            value={typed}
            maxLength={5}
            suffix="个"
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button
            type="primary"
            disabled={count === undefined}
            loading={make.isPending}
            onClick={() => count !== undefined && make.mutate(count)}
          >
            生成
          </Button>
          <small className="quiet">一次最多 50,000 个，加起来不超过这种券最多发的张数</small>
        </div>
      )}
      <Refusal error={make.error} />
      {batches.isError && (
        <ErrorState title="码没取回来" error={batches.error} retry={() => void batches.refetch()} />
      )}
      {batches.data?.items.length === 0 && <p className="code-none quiet">还没生成过</p>}
      <ul>
        {batches.data?.items.map((batch) => (
          <Batch key={batch.id} batch={batch} label={template.label} />
        ))}
      </ul>
    </Card>
  )
}
