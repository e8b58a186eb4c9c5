// Code 128, set C: pairs of digits, the densest bars that any till reads. Widths of bars and gaps in turn, by value (ISO/IEC 15417).
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 ' +
  '123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 ' +
  '131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 ' +
  '213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 ' +
  '141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 ' +
  '124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 ' +
  '411131 211412 211214 211232 2331112'
).split(' ')
const START_C = 105
const STOP = 106
/** Modules of blank on either side; the standard wants ten. */
const QUIET_ZONE = 10

/** The values of digits in set C: start, pairs, check, stop. Digits must be even in number. */
export function code128Values(digits: string): number[] {
  if (!/^(\d{2})+$/.test(digits)) throw new RangeError('an even number of digits')
  const pairs = Array.from({ length: digits.length / 2 }, (_, i) => Number(digits.slice(2 * i, 2 * i + 2)))
  const check = pairs.reduce((sum, pair, i) => sum + pair * (i + 1), START_C) % 103
  return [START_C, ...pairs, check, STOP]
}

/** Bars as SVG text, black on white, `share` times as high as wide. */
export function code128Svg(digits: string, share: number): string {
  let at = QUIET_ZONE
  const bars: [from: number, width: number][] = []
  for (const value of code128Values(digits))
    (WIDTHS[value] ?? '').split('').forEach((width, i) => {
      if (i % 2 === 0) bars.push([at, Number(width)])
      at += Number(width)
    })
  const wide = at + QUIET_ZONE
  const high = Math.round(wide * share)
  const path = bars.map(([from, width]) => `M${from} 0h${width}v${high}h${-width}z`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${wide}v${high}H0z"/><path fill="#000" d="${path}"/></svg>`
  )
}
