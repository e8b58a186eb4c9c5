const terms = [
  '春分',
  '清明',
  '谷雨',
  '立夏',
  '小满',
  '芒种',
  '夏至',
  '小暑',
  '大暑',
  '立秋',
  '处暑',
  '白露',
  '秋分',
  '寒露',
  '霜降',
  '立冬',
  '小雪',
  '大雪',
  '冬至',
  '小寒',
  '大寒',
  '立春',
  '雨水',
  '惊蛰',
]

const rad = Math.PI / 180

/** Apparent longitude of the sun in degrees, good to about 0.01° (15 minutes of time) for this century. */
const sunLongitude = (at: number): number => {
  const centuries = (at / 86_400_000 + 2_440_587.5 - 2_451_545) / 36_525
  const mean = 280.46646 + 36_000.76983 * centuries
  const anomaly = (357.52911 + 35_999.05029 * centuries) * rad
  const centre =
    (1.914602 - 0.004817 * centuries) * Math.sin(anomaly) +
    0.019993 * Math.sin(2 * anomaly) +
    0.000289 * Math.sin(3 * anomaly)
  const node = (125.04 - 1934.136 * centuries) * rad
  return (((mean + centre - 0.00569 - 0.00478 * Math.sin(node)) % 360) + 360) % 360
}

/** The solar term that begins on this business day (`2026-11-22` is 小雪), or undefined on the other 341 days. */
export const solarTerm = (day: string): string | undefined => {
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  const from = Math.floor(sunLongitude(midnight) / 15)
  const to = Math.floor(sunLongitude(midnight + 86_400_000) / 15)
  return from === to ? undefined : terms[to]
}
