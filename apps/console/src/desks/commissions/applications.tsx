import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { memberWords } from '../coupons/grant.ts'
import { useTerms } from './data.ts'
import { type Application, applicationWords } from './model.ts'
import { PAGE_SIZE, Pages, usePageNo } from './pages.tsx'

/** Who wants to promote: let in at a level, or told why not. */
export const Applications = () => {
  const page = usePageNo()
  const mayWrite = useMay('commissions.write')
  const now = useNow()
  const query = { page, limit: PAGE_SIZE }
  const list = useQuery({
    queryKey: ['promoter-applications', query],
    queryFn: () => api('GET /console/v1/promoter-applications', { query }),
    refetchInterval: 60_000,
  })
  if (list.isPending) return <Bones lines={6} />
  if (list.isError)
    return <ErrorState title="申请没取回来" error={list.error} retry={() => void list.refetch()} />
  const { items, total } = list.data
  return (
    <Card title="申请" note="不收费，也不能要求先买东西">
      {items.length === 0 && (
        <EmptyState title="还没有人申请" text="规则打开后，顾客在「我的 › 推广中心」里申请。" />
      )}
      {items.length > 0 && (
        <table className="plain-table">
          <thead>
            <tr>
              <th>顾客</th>
              <th>打算在哪里推广</th>
              <th>谁邀请</th>
              <th>什么时候</th>
              <th>结果</th>
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.id}>
                <td className="nowrap">{memberWords(row.member)}</td>
                <td>{row.words}</td>
                <td className="nowrap">{row.inviter ? memberWords(row.inviter) : '–'}</td>
                <td className="quiet nowrap">{when(row.at, now)}</td>
                <td>
                  {row.state === 'APPLIED' && mayWrite ? (
                    <Answer application={row} />
                  ) : (
                    <>
                      <StateTag tone={applicationWords[row.state].tone}>
                        {applicationWords[row.state].word}
                      </StateTag>{' '}
                      <small className="quiet">
                        {[row.decidedBy && whoWords(row.decidedBy), row.reason].filter(Boolean).join(' · ')}
                      </small>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pages total={total} />
    </Card>
  )
}

const Answer = ({ application: { id, member } }: { application: Application }) => {
  const levels = useTerms().data?.items.find(({ active }) => active)?.levels ?? []
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState<string>()
  const notice = useNotice()
  const queries = useQueryClient()
  const done = (words: string) => {
    notice.success(words)
    void queries.invalidateQueries({ queryKey: ['promoter-applications'] })
    void queries.invalidateQueries({ queryKey: ['promoters'] })
  }
  const params = { applicationId: id }
  const level = chosen ?? levels[0]?.code
  const approve = useMutation({
    mutationFn: (code: string) =>
      api('POST /console/v1/promoter-applications/:applicationId/approval', {
        params,
        body: { level: code },
      }),
    onSuccess: () => done('通过了，他现在就能推广'),
  })
  const refuse = useMutation({
    mutationFn: (words: string) =>
      api('POST /console/v1/promoter-applications/:applicationId/refusal', {
        params,
        body: { reason: words },
      }),
    onSuccess: () => done('回绝了，原因他看得到'),
  })
  return (
    <div className="commission-answer">
      <Refusal error={approve.error ?? refuse.error} />
      {reason === undefined ? (
        <>
          <Select
            size="small"
            aria-label={`${member.name}的等级`}
            value={level ?? null}
            options={levels.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={setChosen}
          />
          <Button
            size="small"
            type="primary"
            loading={approve.isPending}
            disabled={level === undefined}
            onClick={() => level !== undefined && approve.mutate(level)}
          >
            通过
          </Button>
          <Button size="small" onClick={() => setReason('')}>
            回绝
          </Button>
        </>
      ) : (
        <>
          <Input
            size="small"
            aria-label="为什么回绝"
            placeholder="为什么，他看得到"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            size="small"
            danger
            loading={refuse.isPending}
            disabled={reason.trim() === ''}
            onClick={() => refuse.mutate(reason.trim())}
          >
            回绝
          </Button>
          <Button size="small" onClick={() => setReason(undefined)}>
            不了
          </Button>
        </>
      )}
    </div>
  )
}
