import type { Out } from '../../api.ts'
import { chartInk } from '../../theme.ts'
import { formatFen } from '../../ui/fen.ts'
import { businessDay } from '../../ui/time.ts'

type PriceRow = Out<'GET /console/v1/products/:productId/prices'>['items'][number]

/** The price a shopper paid online from each moment on, oldest first, carried on to the present. */
export const priceSteps = (newestFirst: readonly PriceRow[], now: number): { at: number; fen: number }[] => {
  const steps = newestFirst
    .map((row) => ({ at: Date.parse(row.at), fen: row.onlinePriceFen ?? row.priceFen }))
    .sort((a, b) => a.at - b.at)
  const last = steps.at(-1)
  return last ? [...steps, { at: Math.max(now, last.at), fen: last.fen }] : []
}

/** The steps as a line that stays level until the next price. A price line may start above zero. */
export const stepOption = (steps: readonly { at: number; fen: number }[]) => ({
  grid: { left: 52, right: 18, top: 14, bottom: 24 },
  tooltip: {
    trigger: 'axis',
    borderWidth: 0,
    textStyle: { color: '#1F1B16', fontSize: 12 },
    formatter: (points: unknown) => {
      const [at, fen] = (points as { value: [number, number] }[])[0]?.value ?? [0, 0]
      return `${businessDay(at)} 起 <b>${formatFen(fen)}</b>`
    },
  },
  xAxis: {
    type: 'time',
    axisLine: { lineStyle: { color: '#DCD4CA' } },
    axisTick: { show: false },
    axisLabel: {
      color: chartInk.axis,
      fontSize: 12,
      formatter: (at: number) => businessDay(at).slice(5),
      hideOverlap: true,
    },
  },
  yAxis: {
    type: 'value',
    scale: true,
    splitNumber: 3,
    axisLabel: { color: chartInk.axis, fontSize: 12, formatter: (fen: number) => (fen / 100).toFixed(1) },
    splitLine: { lineStyle: { color: chartInk.hair } },
  },
  series: [
    {
      type: 'line',
      step: 'end',
      showSymbol: false,
      lineStyle: { color: chartInk.navy, width: 2 },
      itemStyle: { color: chartInk.navy },
      data: steps.map((each) => [each.at, each.fen]),
    },
  ],
})
