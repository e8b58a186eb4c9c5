import { Button } from 'antd'
import { Check, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router'

import { Card } from '../../ui/card.tsx'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { Bones, ErrorState, Refusal } from '../../ui/states.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { useLedgerChecks, useMayRunCheck, useRunCheck, type Ledger, type LedgerCheck } from './checks.ts'
import { amountWords, faultWords, historyWords } from './words.ts'
import './check-card.css'

const Verdict = ({ check: { accounts, wrong } }: { check: LedgerCheck }) => (
  <p className={wrong > 0 ? 'check-verdict down' : 'check-verdict up'} role="status">
    {wrong > 0 ? <TriangleAlert size={18} /> : <Check size={18} />}
    <b>
      {wrong > 0
        ? `${wrong.toLocaleString('zh-CN')} 个数和流水对不上`
        : `${accounts.toLocaleString('zh-CN')} 个账户，每一个数都等于它的流水合计`}
    </b>
  </p>
)

const Nobody = ({ memberId }: { memberId: string | undefined }) =>
  memberId === undefined ? (
    <span className="quiet">没有流水，不知是谁的</span>
  ) : (
    <Link className="go" to={`/members/${memberId}`}>
      看这位会员
    </Link>
  )

const Faults = ({ ledger, check }: { ledger: Ledger; check: LedgerCheck }) => (
  <>
    <p className="check-advice quiet">
      先别动。把这一页发给技术同事：账面和流水都原样留着，核对清楚再改，改完点「现在对一次」。
    </p>
    <table className="plain-table">
      <thead>
        <tr>
          <th>谁的</th>
          <th>哪个数</th>
          <th className="num">账面</th>
          <th className="num">流水合计</th>
          <th className="num">差</th>
        </tr>
      </thead>
      <tbody>
        {check.faults.map((fault) => (
          <tr
            key={`${fault.member?.id ?? fault.memberId}.${fault.book}.${fault.figure}.${fault.orderId ?? ''}.${fault.lastDay ?? ''}`}
          >
            <td className="nowrap">
              {fault.member ? (
                <>
                  {fault.member.name}
                  {fault.member.phoneTail && <small className="quiet"> 尾号 {fault.member.phoneTail}</small>}
                </>
              ) : (
                <Nobody memberId={fault.memberId} />
              )}
            </td>
            <td>
              {fault.orderId ? (
                <Link to={`/orders/${fault.orderId}`}>{faultWords(fault)}</Link>
              ) : (
                faultWords(fault)
              )}
            </td>
            <td className="num strong">{amountWords(ledger, fault.stands)}</td>
            <td className="num">{amountWords(ledger, fault.posted)}</td>
            <td className="num down">{amountWords(ledger, fault.stands - fault.posted)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    {check.wrong > check.faults.length && (
      <p className="check-advice quiet small">这里列出前 {check.faults.length} 个。</p>
    )}
  </>
)

/** 每夜对账: is every balance the sum of its postings? What the last check found, and the way to ask again. */
export const CheckCard = ({ ledger }: { ledger: Ledger }) => {
  const now = useNow()
  const notice = useNotice()
  const mayRun = useMayRunCheck(ledger)
  const { data, isError, error, refetch } = useLedgerChecks(ledger)
  const run = useRunCheck(ledger, ({ wrong }) => {
    if (wrong === 0) notice.success('对完了，全对上')
  })
  const [last] = data ?? []
  return (
    <Card
      title="每夜对账"
      note={
        last
          ? `${when(last.at, now)} ${last.nightly ? '自动' : `${whoWords(last.by)} `}对过`
          : '每天凌晨 3 点以后自动对'
      }
      extra={
        mayRun && (
          <Button size="small" loading={run.isPending} onClick={() => run.mutate()}>
            现在对一次
          </Button>
        )
      }
    >
      <Refusal error={run.error} />
      {!data && !isError && <Bones lines={2} />}
      {isError && !data && <ErrorState title="对账结果没取回来" error={error} retry={() => void refetch()} />}
      {data && !last && <p className="check-advice quiet">还没对过。凌晨 3 点以后自动核第一次。</p>}
      {last && <Verdict check={last} />}
      {last && last.wrong > 0 && <Faults ledger={ledger} check={last} />}
      {data && data.length > 1 && <p className="check-foot quiet small">{historyWords(data)}</p>}
    </Card>
  )
}
