import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'

import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { useNotice } from '../../ui/notice.ts'
import { useNow } from '../../ui/now.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Bones, EmptyState, ErrorState, Refusal } from '../../ui/states.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { when } from '../../ui/time.ts'
import { whoWords } from '../../ui/who.ts'
import { faultsIn, useChecks, type Check } from './last-check.ts'
import { StockTabs } from './tabs.tsx'
import './stock.css'
import './documents.css'

const Verdict = ({ check }: { check: Check }) => {
  const now = useNow()
  const wrong = faultsIn(check)
  return (
    <div className={wrong ? 'verdict verdict-bad' : 'verdict'}>
      <h2>{wrong ? `${wrong} 个数和流水对不上` : '每一个数都等于它的流水合计'}</h2>
      <p className="quiet">
        {when(check.at, now)} 对了 {check.levels.toLocaleString('zh-CN')} 个库存数。
        {wrong
          ? '先别改数。把这一页发给技术同事，库存数和流水都原样留着。'
          : '每天凌晨 3 点以后自动对一次，也可以现在对。'}
        {check.elsewhere > 0 && `其中 ${check.elsewhere} 个在别的店。`}
      </p>
    </div>
  )
}

const Faults = ({ check }: { check: Check }) => (
  <table className="plain-table">
    <thead>
      <tr>
        <th>商品</th>
        <th className="num">在手</th>
        <th className="num">流水合计</th>
        <th className="num">预占</th>
        <th className="num">流水合计</th>
        <th className="num">活动锁</th>
        <th className="num">流水合计</th>
      </tr>
    </thead>
    <tbody>
      {check.faults.map((fault) => (
        <tr key={`${fault.storeId}.${fault.skuId}`}>
          <td>
            <span className="entry-reason">{fault.name}</span>
            <small className="entry-ref">
              {fault.storeId} · {fault.barcode}
            </small>
          </td>
          <td className="num strong">{fault.onHand}</td>
          <td className="num">{fault.ledgerOnHand}</td>
          <td className="num strong">{fault.reserved}</td>
          <td className="num">{fault.ledgerReserved}</td>
          <td className="num strong">{fault.locked}</td>
          <td className="num">{fault.ledgerLocked}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const History = ({ checks }: { checks: readonly Check[] }) => {
  const now = useNow()
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>时间</th>
          <th>谁</th>
          <th className="num">对了几个</th>
          <th>结果</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <tr key={check.id}>
            <td className="quiet nowrap">{when(check.at, now)}</td>
            <td className="quiet">{check.nightly ? '每夜自动' : whoWords(check.by)}</td>
            <td className="num">{check.levels.toLocaleString('zh-CN')}</td>
            <td>
              <StateTag tone={faultsIn(check) ? 'alarm' : 'done'}>
                {faultsIn(check) ? `${faultsIn(check)} 个对不上` : '全对上'}
              </StateTag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** 对账: whether every level is the sum of its ledger, now and on the nights before. */
export default function ChecksPage() {
  const may = useMay('stock.adjust')
  const queries = useQueryClient()
  const notice = useNotice()
  const { data: checks, isPending, isError, error, refetch } = useChecks()
  const data = checks?.items
  const run = useMutation({
    mutationFn: () => api('POST /console/v1/stock-checks'),
    onSuccess: async (check) => {
      if (faultsIn(check) === 0) notice.success('对完了，全对上')
      await queries.invalidateQueries({ queryKey: ['stock-checks'] })
    },
  })
  const [last] = data ?? []
  return (
    <div className="list-page">
      <PageHead title="库存对账" note="在手和预占，各等于流水里每一笔的合计">
        <Refusal error={run.error} />
        {may && (
          <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
            现在对一次
          </Button>
        )}
      </PageHead>
      <section className="card list-card">
        <StockTabs />
        <div className="doc-scroll">
          {isPending && <Bones lines={6} />}
          {isError && <ErrorState title="对账结果没取回来" error={error} retry={() => void refetch()} />}
          {data && !last && (
            <EmptyState
              title="还没对过账"
              text="每天凌晨 3 点以后自动对一次。现在就想知道，点「现在对一次」。"
            />
          )}
          {last && <Verdict check={last} />}
          {last && last.faults.length > 0 && <Faults check={last} />}
          {data && data.length > 0 && <History checks={data} />}
        </div>
      </section>
    </div>
  )
}
