import { useMemo, useState, type ReactNode } from 'react'

import { Chart } from '../../ui/chart.tsx'
import { formatFen } from '../../ui/fen.ts'
import { hourMinuteSecond } from '../../ui/time.ts'
import { hoursOption } from './hours-option.ts'
import { compareName, growth, shownHours, tenths, type Workbench } from './model.ts'

const Head = ({
  bench,
  noCompare,
  children,
}: {
  bench: Workbench
  noCompare: boolean
  children: ReactNode
}) => (
  <div className="hours-head">
    <b>每小时实付</b>
    <span>
      <i className="key key-now" /> 今天
    </span>
    {!noCompare && (
      <span>
        <i className="key key-before" /> {compareName(bench.compareDay)} {bench.compareDay.slice(5)}
      </span>
    )}
    <span className="quiet hours-note">
      截至 {hourMinuteSecond(bench.asOf)}
      {bench.unpaidOrders > 0 && ` · 不含待付款 ${bench.unpaidOrders} 单`} · {children}
    </span>
  </div>
)

// The chart in one sentence, for people who do not see it.
const sentence = ({ today, compare, compareDay }: Workbench): string => {
  const change = growth(today.paidFen, compare.paidFen)
  const compared =
    change === undefined
      ? '没有可比的一天'
      : `比${compareName(compareDay)}此时${change < 0 ? '少' : '多'} ${tenths(change)}`
  return `每小时实付：今天共 ${formatFen(today.paidFen)}，${compared}`
}

/** Paid sales by hour, today in front of the same weekday last week. */
export const HoursChart = ({ bench }: { bench: Workbench }) => {
  const [asTable, setAsTable] = useState(false)
  const option = useMemo(() => hoursOption(bench), [bench])
  const hours = shownHours(bench.hours)
  const noCompare = hours.every((each) => each.compareFen === 0)
  const nothing = noCompare && hours.every((each) => each.paidFen === 0)
  const week = compareName(bench.compareDay)
  return (
    <div className="hours">
      <Head bench={bench} noCompare={noCompare}>
        <button type="button" className="bare go" onClick={() => setAsTable(!asTable)}>
          {asTable ? '看图' : '看表格'}
        </button>
      </Head>
      {asTable && <HoursTable hours={hours} compare={week} />}
      {!asTable && nothing && (
        <p className="hours-empty quiet">
          今天和{week}都还没有付款的订单。第一单付款后，这里会按小时长出来。
        </p>
      )}
      {!asTable && !nothing && <Chart option={option} height="100%" label={sentence(bench)} />}
    </div>
  )
}

const HoursTable = ({ hours, compare }: { hours: Workbench['hours']; compare: string }) => (
  <div className="hours-table">
    <table className="plain-table">
      <thead>
        <tr>
          <th>小时</th>
          <th className="num">今天</th>
          <th className="num">{compare}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map((each) => (
          <tr key={each.hour}>
            <td>{each.hour}:00</td>
            <td className="num">{formatFen(each.paidFen)}</td>
            <td className="num">{formatFen(each.compareFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
