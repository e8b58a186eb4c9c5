import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { formatFen } from '../../ui/fen.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { ownerWords, taxText } from './model.ts'

/** What was paid out and withheld in a month, person by person, for whoever declares it. */
export const Taxes = ({ month }: { month: string }) => {
  const mayReveal = useMay('members.reveal')
  const list = useQuery({
    queryKey: ['commission-taxes', month],
    queryFn: () => api('GET /console/v1/commission-taxes/:month', { params: { month } }),
  })
  if (list.isPending) return <Bones lines={4} />
  if (list.isError)
    return <ErrorState title="个税没取回来" error={list.error} retry={() => void list.refetch()} />
  const { items, amountFen, taxFen } = list.data
  if (items.length === 0) return <EmptyState title="这个月没有到账的提现" text="到账一笔，就有一行。" />
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>谁</th>
          <th className="num">次数</th>
          <th className="num">收入</th>
          <th className="num">代扣</th>
          <th className="num">到账</th>
          <th>身份证尾号</th>
          <th aria-label="查看" />
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.owner.accountId}>
            <td className="nowrap">{ownerWords(row.owner)}</td>
            <td className="num">{row.times}</td>
            <td className="num">{formatFen(row.amountFen)}</td>
            <td className="num strong">{formatFen(row.taxFen)}</td>
            <td className="num">{formatFen(row.netFen)}</td>
            <td>{row.documentTail ?? '–'}</td>
            <td>
              {mayReveal && row.documentTail !== null && (
                <Reveal accountId={row.owner.accountId} month={month} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>合计</td>
          <td />
          <td className="num">{formatFen(amountFen)}</td>
          <td className="num strong">{formatFen(taxFen)}</td>
          <td className="num">{formatFen(amountFen - taxFen)}</td>
          <td />
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

/** 劳务报酬清单: who was paid what in a month, as the tax office asks for it. Names and numbers go into the file and into nothing else. */
export const TaxFile = ({ month }: { month: string }) => {
  const mayReveal = useMay('members.reveal')
  if (!mayReveal) return null
  const rows = async () => {
    const { items } = await api('POST /console/v1/commission-taxes/:month/declarations', {
      params: { month },
      body: { reason: `导出 ${month} 劳务报酬清单` },
    })
    return { rows: items, total: items.length }
  }
  return (
    <CsvButton
      name={`推广员劳务报酬 ${month}`}
      label="导出报税清单（记入操作记录）"
      rows={rows}
      text={(items) => taxText(month, items)}
    />
  )
}

/** Name and number at one press, and the press in the trail. */
const Reveal = ({ accountId, month }: { accountId: string; month: string }) => {
  const [shown, setShown] = useState<{ name: string; document: string }>()
  const reveal = useMutation({
    mutationFn: () =>
      api('POST /console/v1/commission-accounts/:accountId/identity-reveals', {
        params: { accountId },
        body: { reason: `申报 ${month} 个税` },
      }),
    onSuccess: setShown,
  })
  if (shown) return <span className="nowrap">{`${shown.name} ${shown.document}`}</span>
  return (
    <>
      <Refusal error={reveal.error} />
      <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate()}>
        看全（记入操作记录）
      </Button>
    </>
  )
}
