import { TriangleAlert } from 'lucide-react'

import { useScope } from '../../shell/scope.ts'
import { Card } from '../../ui/card.tsx'
import { Money } from '../../ui/money.tsx'
import { useNow } from '../../ui/now.ts'
import { when } from '../../ui/time.ts'
import type { Form, Step } from './form.ts'
import { inputOf, stepOf } from './form.ts'
import { deskOf } from './kinds/index.ts'
import { agendaOf, type Trial } from './model.ts'
import { spanWords } from './times.ts'

interface TrialProps {
  form: Form
  trial: Trial | undefined
  faults: ReadonlyMap<string, string>
  go: (step: Step) => void
}

/** Everything that speaks against it, each with the way to where it is mended. */
export const FaultList = ({ faults, go }: Pick<TrialProps, 'faults' | 'go'>) => (
  <ul className="campaign-trial-list">
    {[...faults].map(([field, words]) => (
      <li key={field}>
        <TriangleAlert size={14} className="campaign-short" aria-hidden="true" />
        <span>{words}</span>
        <button type="button" className="bare go small" onClick={() => go(stepOf(field))}>
          去改
        </button>
      </li>
    ))}
  </ul>
)

/** What would happen if it were scheduled now: faults, the goods that are there, and what it costs at most. */
export const TrialStep = ({ form, trial, faults, go }: TrialProps) => {
  const { storeWords } = useScope()
  const shelf = deskOf(form.terms.kind).goods === 'shelf'
  return (
    <Card title="试算" note="照现在的价格和库存，什么都没改">
      {faults.size > 0 && <FaultList faults={faults} go={go} />}
      {!trial && <p className="card-empty quiet">上面几项改好，就能试算。</p>}
      {trial && trial.goods.length === 0 && (
        <p className="card-empty quiet">这一种不卖商品，不占货；券的数量和预算在券上定。</p>
      )}
      {trial && trial.goods.length > 0 && (
        <>
          <table className="plain-table">
            <thead>
              <tr>
                <th>门店</th>
                <th>商品</th>
                <th className="num">{shelf ? '要留' : '预售份数'}</th>
                {shelf && <th className="num">现在留得出</th>}
                <th className="num">现在卖</th>
              </tr>
            </thead>
            <tbody>
              {trial.goods.map((row) => (
                <tr key={`${row.storeId} ${row.skuId}`}>
                  <td>{storeWords(row.storeId)}</td>
                  <td>{form.goods.find(({ skuId }) => skuId === row.skuId)?.name}</td>
                  <td className="num">{row.quota}</td>
                  {shelf && (
                    <td className={row.available < row.quota ? 'num campaign-short' : 'num'}>
                      {row.available}
                    </td>
                  )}
                  <td className="num">
                    <Money fen={row.onlineFen} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={2}>全部卖完，最多让利</td>
                <td className="num" colSpan={shelf ? 3 : 2}>
                  <Money fen={trial.costFen} size="row" />
                </td>
              </tr>
            </tfoot>
          </table>
          {!shelf && (
            <p className="live-note quiet small">货还没到，不占货架；到了货在「预售到货」里留给付清的人。</p>
          )}
          {trial.goods.some(({ available, quota }) => available < quota) && (
            <p className="campaign-warn small">
              <TriangleAlert size={14} aria-hidden="true" />
              有的店货不够：能排，到时候有多少留多少，真留出来的才卖。
            </p>
          )}
        </>
      )}
    </Card>
  )
}

/** The last step: what will happen, in order, before the button that makes it happen. */
export const ScheduleStep = ({ form, faults, go }: TrialProps) => {
  const now = useNow()
  const input = inputOf(form)
  const quota = input?.items.flatMap(({ quotas }) => quotas).reduce((sum, each) => sum + each.quota, 0) ?? 0
  return (
    <Card title="排上以后会这样" {...(input ? { note: spanWords(input.startsAt, input.endsAt) } : {})}>
      {faults.size > 0 && (
        <>
          <p className="card-empty quiet">还有 {faults.size} 处不对，改好才能排。草稿可以先存。</p>
          <FaultList faults={faults} go={go} />
        </>
      )}
      {input && (
        <ol className="campaign-agenda">
          {agendaOf(input, { quota, shelf: deskOf(form.terms.kind).goods === 'shelf', now }).map((step) => (
            <li key={step.words}>
              <time>{step.at === '现在' ? step.at : when(step.at, now)}</time>
              {step.words}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
