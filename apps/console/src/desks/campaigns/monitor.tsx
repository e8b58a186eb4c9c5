import { useQuery } from '@tanstack/react-query'

import { api } from '../../api.ts'
import { chartInk } from '../../theme.ts'
import { Chart } from '../../ui/chart.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { hourMinute, hourMinuteSecond } from '../../ui/time.ts'
import type { Campaign } from './model.ts'
import { gateSteps, type Monitor, msWords, refusalsOf, refusedSum, slowest } from './monitor-model.ts'
import { Funnel } from './progress.tsx'

/** How a flash sale goes on at its gate, over all servers; asked again while it runs. */
export const useMonitor = ({ id: campaignId, state }: Pick<Campaign, 'id' | 'state'>) =>
  useQuery({
    queryKey: ['campaigns', 'monitor', campaignId],
    queryFn: () => api('GET /console/v1/campaigns/:campaignId/monitor', { params: { campaignId } }),
    refetchInterval: state === 'LIVE' ? 5_000 : false,
  })

const count = (number: number): string => number.toLocaleString('en-US')

/** Who came how far, each member once. */
export const Gate = ({ monitor }: { monitor: Monitor }) => {
  const { funnel, waiting, nextBackAt, asked } = monitor
  return (
    <section className="live-part">
      <header>
        <h3>漏斗</h3>
        <span className="quiet small">人数 · 比上一步</span>
      </header>
      <Funnel steps={gateSteps(funnel)} got={3} />
      <p className="live-note quiet small">
        {count(funnel.tried)} 人一共点了 {count(asked)} 次。
        {waiting > 0 &&
          `抢到的有 ${waiting} 单还没付${nextBackAt ? `，最早 ${hourMinuteSecond(nextBackAt)} 放回` : ''}。`}
      </p>
    </section>
  )
}

/** Why people got none, in words of theirs. */
export const Refusals = ({ monitor }: { monitor: Monitor }) => {
  const rows = refusalsOf(monitor.refused)
  const most = Math.max(1, ...rows.map((row) => row.count))
  return (
    <>
      <header className="live-refusals-head">
        <h3>没抢到的原因</h3>
        <span className="quiet small">{count(refusedSum(monitor.refused))} 次</span>
      </header>
      {rows.length === 0 && <p className="live-note quiet small">还没有人被拦下。</p>}
      <ul className="live-refusals">
        {rows.map((row) => (
          <li key={row.code}>
            <span className="clip">{row.words}</span>
            <i aria-hidden="true">
              <i style={{ width: `${(row.count / most) * 100}%` }} />
            </i>
            <b>{count(row.count)}</b>
          </li>
        ))}
      </ul>
    </>
  )
}

const optionOf = (minutes: Monitor['minutes']) => ({
  grid: { left: 40, right: 40, top: 12, bottom: 24 },
  tooltip: { trigger: 'axis' },
  xAxis: {
    type: 'category',
    data: minutes.map(({ at }) => hourMinute(at)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: chartInk.hair } },
    axisLabel: { color: chartInk.axis, fontSize: 12, hideOverlap: true },
  },
  yAxis: [
    {
      type: 'value',
      splitNumber: 3,
      splitLine: { lineStyle: { color: chartInk.hair } },
      axisLabel: { color: chartInk.axis, fontSize: 12 },
    },
    {
      type: 'value',
      splitNumber: 3,
      minInterval: 1,
      splitLine: { show: false },
      axisLabel: { color: chartInk.axis, fontSize: 12 },
    },
  ],
  series: [
    {
      name: '每分钟请求',
      type: 'bar',
      yAxisIndex: 1,
      data: minutes.map(({ asked }) => asked),
      itemStyle: { color: chartInk.before },
      barMaxWidth: 14,
    },
    {
      name: 'p99 毫秒',
      type: 'line',
      data: minutes.map(({ p99Ms }) => p99Ms),
      symbolSize: 4,
      lineStyle: { color: chartInk.now, width: 2 },
      itemStyle: { color: chartInk.now },
    },
  ],
})

/** How long answers took, minute by minute over all servers, beside how many asked. */
export const Speed = ({ monitor }: { monitor: Monitor }) => (
  <section className="live-part">
    <header>
      <h3>下单快慢</h3>
      <Freshness at={monitor.asOf} />
    </header>
    <dl className="live-speed">
      <div>
        <dd>{msWords(monitor.p50Ms)}</dd>
        <dt>一半人不超过</dt>
      </div>
      <div>
        <dd>{msWords(monitor.p99Ms)}</dd>
        <dt>99% 不超过</dt>
      </div>
      <div>
        <dd>{msWords(slowest(monitor))}</dd>
        <dt>最慢那分钟</dt>
      </div>
    </dl>
    {monitor.minutes.length > 0 ? (
      <Chart
        option={optionOf(monitor.minutes)}
        height={230}
        label={`从 ${hourMinute(monitor.minutes[0]?.at ?? monitor.asOf)} 起每分钟多少人来、99% 的回答不超过多久；最慢 ${msWords(slowest(monitor))}`}
      />
    ) : (
      <p className="live-note quiet small">还没有人来过，没有快慢可说。</p>
    )}
    <p className="live-note quiet small">橙线是 99% 的回答不超过多少毫秒，灰柱是每分钟多少次请求。</p>
  </section>
)
