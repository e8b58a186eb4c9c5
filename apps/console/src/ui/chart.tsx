import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

// Only what the console draws; the whole library would triple the page.
use([BarChart, LineChart, GridComponent, TooltipComponent, MarkLineComponent, SVGRenderer])

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

const fontFamily = getComputedStyle(document.documentElement).getPropertyValue('--system')

interface ChartProps {
  option: EChartsCoreOption
  height: number | string
  /** The chart in one sentence, for people who do not see it. */
  label: string
}

/** An ECharts drawing that follows its box. The card around it offers the same figures as a real table. */
export const Chart = ({ option, height, label }: ChartProps) => {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  useEffect(() => {
    const drawn = init(box.current, undefined, { renderer: 'svg' })
    chart.current = drawn
    const watcher = new ResizeObserver(() => drawn.resize())
    if (box.current) watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(
      { textStyle: { fontFamily }, ...option, animation: !still(), animationDuration: 200 },
      { notMerge: true },
    )
  }, [option])
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <div ref={box} aria-hidden="true" style={{ height: '100%' }} />
    </div>
  )
}
