import { chartInk } from '../../theme.ts'
import { formatFen } from '../../ui/fen.ts'
import { hourMinute } from '../../ui/time.ts'
import { compareName, growth, shownHours, type Workbench } from './model.ts'

type Hour = Workbench['hours'][number]

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

const axis = { color: chartInk.axis, fontSize: 12 }

/** Yuan on the axis: `800`, `2k`, `3万`. */
export const axisLabel = (fen: number): string => {
  const yuan = fen / 100
  if (yuan >= 10_000) return `${yuan / 10_000}万`
  return yuan >= 1000 ? `${yuan / 1000}k` : String(yuan)
}

/** What stands on a bar: how a finished hour compares, or that it still runs. Tenfold and more says nothing useful. */
export const barLabel = (each: Hour, present: number): string => {
  if (each.paidFen === 0 || each.hour > present) return ''
  if (each.hour === present) return '进行中'
  const change = growth(each.paidFen, each.compareFen)
  if (change === undefined || Math.abs(change) >= 10_000) return ''
  return `${change < 0 ? '−' : '+'}${Math.round(Math.abs(change) / 10)}%`
}

const tooltip = (hours: readonly Hour[], before: string) => ({
  trigger: 'axis',
  axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(60,40,20,.05)' } },
  borderWidth: 0,
  textStyle: { color: '#1F1B16', fontSize: 12 },
  formatter: (points: unknown) => {
    const each = hours[(points as { dataIndex: number }[])[0]?.dataIndex ?? 0]
    if (!each) return ''
    return `${each.hour}:00–${each.hour + 1}:00<br/>今天 <b>${formatFen(each.paidFen)}</b><br/>${before} ${formatFen(each.compareFen)}`
  },
})

const beforeSeries = (hours: readonly Hour[], name: string) => ({
  name,
  type: 'bar',
  barGap: '-82%',
  barWidth: '62%',
  z: 1,
  itemStyle: { color: chartInk.before, borderRadius: [4, 4, 0, 0] },
  data: hours.map((each) => each.compareFen),
})

const nowSeries = (hours: readonly Hour[], present: number) => ({
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
    formatter: ({ dataIndex }: { dataIndex: number }) => barLabel(hours[dataIndex]!, present),
  },
  data: hours.map((each) => ({
    value: each.paidFen,
    itemStyle: {
      borderRadius: [3, 3, 0, 0],
      ...(each.hour === present ? unfinished : { color: chartInk.now }),
    },
  })),
})

/** Sand behind for the day compared with, persimmon in front for today. */
export const hoursOption = (bench: Workbench) => {
  const hours = shownHours(bench.hours)
  const present = Number(hourMinute(bench.asOf).slice(0, 2))
  const before = compareName(bench.compareDay)
  return {
    grid: { left: 44, right: 8, top: 24, bottom: 26 },
    aria: { enabled: true, decal: { show: false } },
    tooltip: tooltip(hours, before),
    xAxis: {
      type: 'category',
      data: hours.map((each) => `${each.hour}:00`),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#DCD4CA' } },
      axisLabel: { ...axis, interval: 1 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 3,
      minInterval: 100,
      axisLabel: { ...axis, formatter: axisLabel },
      splitLine: { lineStyle: { color: chartInk.hair } },
    },
    series: [beforeSeries(hours, before), nowSeries(hours, present)],
  }
}
