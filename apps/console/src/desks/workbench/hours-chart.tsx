import { useMemo, useState } from 'react'

import { chartInk } from '../../theme.ts'
import { Chart } from '../../ui/chart.tsx'
import { formatFen } from '../../ui/fen.ts'
import { hourMinute, hourMinuteSecond } from '../../ui/time.ts'
import { compareName, growth, shownHours, tenths, type Workbench } from './model.ts'

// The running hour is hatched: a bar that is not finished must not look like one that is.
const unfinished = {
  color: chartInk.now,
  decal: {
    symbol: 'rect',
    color: 'rgba(255,255,255,.45)',
    dashArrayX: [1, 0],
    dashArrayY: [3, 4],
    rotation: -Math.PI / 4,
  },
}

const axisLabel = (fen: number): string => {
  const yuan = fen / 100
  if (yuan >= 10_000) return `${yuan / 10_000}万`
  return yuan >= 1000 ? `${yuan / 1000}k` : String(yuan)
}

const optionOf = (bench: Workbench) => {
  const hours = shownHours(bench.hours)
  const present = Number(hourMinute(bench.asOf).slice(0, 2))
  const label = (each: (typeof hours)[number]): string => {
    if (each.hour === present && each.paidFen > 0) return '进行中'
    const change = each.hour < present && each.paidFen > 0 ? growth(each.paidFen, each.compareFen) : undefined
    return change === undefined ? '' : `${change < 0 ? '−' : '+'}${Math.round(Math.abs(change) / 10)}%`
  }
  return {
    grid: { left: 44, right: 8, top: 24, bottom: 26 },
    aria: { enabled: true, decal: { show: false } },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(60,40,20,.05)' } },
      borderWidth: 0,
      textStyle: { color: '#1F1B16', fontSize: 12 },
      formatter: (points: unknown) => {
        const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0
        const each = hours[at]
        if (!each) return ''
        return `${each.hour}:00–${each.hour + 1}:00<br/>今天 <b>${formatFen(each.paidFen)}</b><br/>${compareName(bench.compareDay)} ${formatFen(each.compareFen)}`
      },
    },
    xAxis: {
      type: 'category',
      data: hours.map((each) => `${each.hour}:00`),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#DCD4CA' } },
      axisLabel: { color: chartInk.axis, fontSize: 12, interval: 1 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      minInterval: 100,
      axisLabel: { color: chartInk.axis, fontSize: 12, formatter: axisLabel },
      splitLine: { lineStyle: { color: chartInk.hair } },
    },
    series: [
      {
        name: compareName(bench.compareDay),
        type: 'bar',
        barGap: '-82%',
        barWidth: '62%',
        itemStyle: { color: chartInk.before, borderRadius: [4, 4, 0, 0] },
        data: hours.map((each) => each.compareFen),
        z: 1,
      },
      {
        name: '今天',
        type: 'bar',
        barWidth: '36%',
        z: 2,
        label: {
          show: true,
          position: 'top',
          color: '#A8330A',
          fontSize: 12,
          fontWeight: 600,
          formatter: ({ dataIndex }: { dataIndex: number }) => label(hours[dataIndex]!),
        },
        data: hours.map((each) => ({
          value: each.paidFen,
          itemStyle: {
            borderRadius: [3, 3, 0, 0],
            ...(each.hour === present ? unfinished : { color: chartInk.now }),
          },
        })),
      },
    ],
  }
}

/** Paid sales by hour, today in front of the same weekday last week. */
export const HoursChart = ({ bench }: { bench: Workbench }) => {
  const [asTable, setAsTable] = useState(false)
  const option = useMemo(() => optionOf(bench), [bench])
  const hours = shownHours(bench.hours)
  const nothing = hours.every((each) => each.paidFen === 0 && each.compareFen === 0)
  const noCompare = hours.every((each) => each.compareFen === 0)
  const change = growth(bench.today.paidFen, bench.compare.paidFen)
  return (
    <div className="hours">
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
          {bench.unpaidOrders > 0 && ` · 不含待付款 ${bench.unpaidOrders} 单`} ·{' '}
          <button type="button" className="bare go" onClick={() => setAsTable(!asTable)}>
            {asTable ? '看图' : '看表格'}
          </button>
        </span>
      </div>
      {nothing && !asTable && (
        <p className="hours-empty quiet">
          今天和{compareName(bench.compareDay)}都还没有付款的订单。第一单付款后，这里会按小时长出来。
        </p>
      )}
      {!nothing && !asTable && (
        <Chart
          option={option}
          height="100%"
          label={`每小时实付：今天共 ${formatFen(bench.today.paidFen)}${change === undefined ? '，没有可比的一天' : `，比${compareName(bench.compareDay)}此时${change < 0 ? '少' : '多'} ${tenths(change)}`}`}
        />
      )}
      {asTable && <HoursTable hours={hours} compare={compareName(bench.compareDay)} />}
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
